//! Every cause has an entry, and every entry has a cause.

use std::{io::ErrorKind, path::PathBuf};

use spartan_auth::error::Cause as AuthCause;
use spartan_session::error::{
    AppMisconfiguration, Cause, EntryFlaw, KeyCause, KeyFileCause, OpenTo, OtherToken, PastedCause, SettingsCause,
    SettingsFlaw, TokenFileCause, Unreachable, Unreadable, VaultCause, XErr,
};

use super::*;

/// Returns one of each cause, with known codes if a service supplies the code.
fn causes() -> Vec<Cause> {
    let mut causes: Vec<Cause> = of_requests().into_iter().map(Cause::Auth).collect();
    causes.extend(pasted().map(|cause| Cause::Auth(AuthCause::Pasted(cause))));
    causes.extend(of_session());
    causes.extend(of_files());
    causes.extend(kept());
    causes
}

fn of_requests() -> Vec<AuthCause> {
    use Unreachable::{Broken, Connect, TimedOut, Tls};
    let mut causes = vec![
        AuthCause::InnerToken,
        AuthCause::Unreadable(Unreadable::Empty),
        AuthCause::NoRefreshToken,
        AuthCause::Account { xerr: XErr(2_148_916_238), link: None },
        AuthCause::NotAGuid,
        AuthCause::RedirectNotAllowed,
        AuthCause::NothingFound,
        AuthCause::NoClientId,
        AuthCause::LedAway { to: "http://localhost".into() },
        AuthCause::ForeignState,
        AuthCause::Cancelled,
        AuthCause::CodeExpired,
    ];
    causes.extend([Connect, Tls, TimedOut, Broken].map(|why| AuthCause::Unreachable { host: "xbox.com".into(), why }));
    causes.extend([408, 429, 500, 502, 503, 504].map(|status| AuthCause::Passing { status, retry_after: None }));
    causes.extend([401, 403, 404].map(|status| AuthCause::Refused { status }));
    let expired = ["invalid_grant", "interaction_required", "login_required", "consent_required"];
    causes.extend(expired.map(|error| AuthCause::SignInExpired { error: error.into() }));
    let setup = ["invalid_client", "unauthorized_client", "invalid_request", "invalid_scope", "unsupported_grant_type"];
    causes.extend(setup.map(|error| AuthCause::Setup { error: error.into(), mistake: None }));
    let mistakes = AppMisconfiguration::ALL;
    causes.extend(mistakes.map(|mistake| AuthCause::Setup { error: String::new(), mistake: Some(mistake) }));
    let page = [
        "server_error",
        "temporarily_unavailable",
        "invalid_request",
        "unauthorized_client",
        "invalid_scope",
        "unsupported_response_type",
        "consent_required",
        "interaction_required",
        "login_required",
        "no_code",
    ];
    causes.extend(page.map(|error| AuthCause::PageRefused { error: error.into() }));
    causes
}

fn of_session() -> [Cause; 19] {
    [
        Cause::NotAccepted,
        Cause::ClockOff { ahead: 420 },
        Cause::ClockUnconfirmed,
        Cause::ClockBehind,
        Cause::NoApp,
        Cause::PageNotLoaded,
        Cause::PageSilent,
        Cause::NotThePage,
        Cause::NoPort { port: Some(1) },
        Cause::NoPort { port: None },
        Cause::NotThisWay,
        Cause::OtherAccount { expected: "A".into(), came: "B".into() },
        Cause::NotSignedIn,
        Cause::SignedOutElsewhere { account: Some("A".into()) },
        Cause::SignedOutElsewhere { account: None },
        Cause::Unnamed,
        Cause::NoClearance,
        Cause::SessionOnly,
        Cause::Busy,
    ]
}

fn of_files() -> Vec<Cause> {
    let mut causes = vec![
        Cause::OtherOwner { path: "/home/curtis".into() },
        Cause::Settings(SettingsCause::NotUnderstood { file: "/settings.toml".into(), why: SettingsFlaw::NotText }),
        Cause::Settings(SettingsCause::Unnameable),
        Cause::Settings(SettingsCause::Io { kind: ErrorKind::StorageFull }),
    ];
    let of_key = [
        KeyCause::Locked,
        KeyCause::Dismissed,
        KeyCause::NoKeyring,
        KeyCause::Silent,
        KeyCause::Missing,
        KeyCause::Garbled,
        KeyCause::Failed,
    ];
    causes.extend(of_key.map(Cause::Key));
    let of_key_file = [
        KeyFileCause::Relative,
        KeyFileCause::NotMade,
        KeyFileCause::Missing,
        KeyFileCause::Garbled,
        KeyFileCause::OtherOwner,
        KeyFileCause::OthersCanRead { to: OpenTo::Mode(0o644) },
        KeyFileCause::FolderOpen { folder: "/keys".into(), to: OpenTo::Mode(0o777) },
        KeyFileCause::FolderShared { folder: "/tmp".into() },
        KeyFileCause::OtherKey,
        KeyFileCause::Io { kind: ErrorKind::StorageFull },
    ];
    causes.extend(of_key_file.map(|why| Cause::KeyFile { path: "/keys/spartan".into(), why }));
    let of_vault = [
        VaultCause::Truncated,
        VaultCause::Foreign,
        VaultCause::LaterVersion { version: 2 },
        VaultCause::OtherKey,
        VaultCause::Unreadable,
        VaultCause::Busy,
        VaultCause::Io { kind: ErrorKind::StorageFull },
    ];
    causes.extend(of_vault.map(Cause::Vault));
    causes
}

fn pasted() -> [PastedCause; 7] {
    use OtherToken::{Access, Foreign, Spartan, Xbox};
    let [spartan, xbox, access, foreign] = [Spartan, Xbox, Access, Foreign].map(PastedCause::NotARefreshToken);
    let several = PastedCause::Several { groups: Vec::new() };
    [PastedCause::Nothing, PastedCause::Comments, spartan, xbox, access, foreign, several]
}

fn kept() -> [Cause; 19] {
    let (file, folder) = (PathBuf::from("/f/.env"), PathBuf::from("/f"));
    [
        TokenFileCause::LinkChanged { file: file.clone() },
        TokenFileCause::OthersCanWrite { folder: folder.clone(), to: OpenTo::Owner },
        TokenFileCause::OurFolder { folder: folder.clone() },
        TokenFileCause::NoFolder { folder },
        TokenFileCause::NotAFile { file: file.clone() },
        TokenFileCause::OfAnotherUser { file: file.clone() },
        TokenFileCause::Foreign { file: file.clone() },
        TokenFileCause::NoLongerOurs { file: file.clone() },
        TokenFileCause::NotText { file: file.clone() },
        TokenFileCause::Unnameable { file: file.clone() },
        TokenFileCause::NotThisFormat { format: "xuid".into() },
        TokenFileCause::NotKept { file: file.clone() },
        TokenFileCause::Left { file: file.clone(), why: Box::new(TokenFileCause::Busy) },
        TokenFileCause::Unclear { place: "[[keep]] 1".into(), flaw: EntryFlaw::Format, file: Some(file.clone()) },
        TokenFileCause::Unclear { place: "keep".into(), flaw: EntryFlaw::NoEntry, file: None },
        TokenFileCause::Unlisted { why: SettingsFlaw::NotText },
        TokenFileCause::NoList,
        TokenFileCause::Busy,
        TokenFileCause::Io { file, kind: ErrorKind::StorageFull },
    ]
    .map(Cause::TokenFile)
}

#[test]
fn every_cause_and_every_code_of_microsofts_has_an_entry_of_its_own() {
    for cause in causes() {
        let key = cause.code();
        assert!(known(&key).is_some(), "{key}");
    }
}

#[test]
fn every_entry_can_be_met() {
    let met: Vec<_> = causes().iter().map(Cause::code).collect();
    let elsewhere = |key: &str| {
        key.ends_with("unknown") || key.starts_with("xbox.") || key.starts_with("check.") || key == "http.wait"
    };
    for entry in AREAS.into_iter().flatten() {
        assert!(met.iter().any(|key| key == entry.key) || elsewhere(entry.key), "{}", entry.key);
    }
}

#[test]
fn every_number_that_microsoft_names_has_an_entry_of_its_own() {
    /// Unused numbers between the known ones.
    const NAMELESS: [u32; 15] = [223, 231, 245, 253, 254, 264, 265, 266, 267, 268, 269, 270, 271, 272, 275];
    for code in 222..=275 {
        let xerr = XErr(2_148_916_000 + code);
        assert_eq!(known(&format!("xbox.{}", xerr.0)).is_some(), !NAMELESS.contains(&code), "{xerr}");
    }
}
