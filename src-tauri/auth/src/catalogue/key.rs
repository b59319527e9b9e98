//! Under which key an error's cause stands.

use std::borrow::Cow;

use crate::{
    error::{
        Cause, KeptCause, KeyCause, KeyFileCause, OtherToken, PastedCause, SettingsCause, Unreachable, VaultCause,
    },
    mistake::Mistake,
};

/// The key of a cause; one that a service named may have no entry of its own.
pub(crate) fn key(cause: &Cause) -> Cow<'static, str> {
    match cause {
        Cause::Unreachable { why, .. } => unreachable(*why).into(),
        Cause::Passing { status, .. } => format!("http.{status}").into(),
        Cause::Refused { status } => format!("refused.{status}").into(),
        Cause::InnerToken => "answer.inner_token".into(),
        Cause::Unreadable(_) => "answer.unreadable".into(),
        Cause::SignInExpired { error } | Cause::Setup { error, mistake: None } => format!("oauth.{error}").into(),
        Cause::NoRefreshToken => "oauth.no_refresh_token".into(),
        Cause::Account { xerr, .. } => format!("xbox.{}", xerr.0).into(),
        Cause::Setup { mistake: Some(mistake), .. } => of_mistake(*mistake).into(),
        Cause::NotAGuid => "app.not_a_guid".into(),
        Cause::RedirectNotAllowed => "app.redirect_not_allowed".into(),
        Cause::NothingFound => "app.nothing_found".into(),
        Cause::NoClientId => "app.no_client_id".into(),
        Cause::Pasted(cause) => of_pasted(cause).into(),
        Cause::NoApp => "app.none".into(),
        Cause::PageRefused { error } => format!("page.{error}").into(),
        Cause::PageNotLoaded => "page.not_loaded".into(),
        Cause::PageSilent => "page.silent".into(),
        Cause::LedAway { .. } => "page.led_away".into(),
        Cause::ForeignState => "page.foreign".into(),
        Cause::Cancelled => "page.cancelled".into(),
        Cause::NotThePage => "page.not_the_address".into(),
        Cause::NoPort { port: Some(_) } => "port.taken".into(),
        Cause::NoPort { port: None } => "port.none".into(),
        Cause::CodeExpired => "code.expired".into(),
        Cause::NotThisWay => "way.not_allowed".into(),
        Cause::OtherAccount { .. } => "account.another".into(),
        Cause::NotSignedIn => "account.none".into(),
        Cause::Unnamed => "account.unnamed".into(),
        Cause::NoClearance => "account.no_clearance".into(),
        Cause::SessionOnly => "account.session_only".into(),
        Cause::Busy => "account.busy".into(),
        Cause::Key(cause) => of_key(*cause).into(),
        Cause::KeyFile { why, .. } => of_key_file(why).into(),
        Cause::OtherOwner { .. } => "vault.other_owner".into(),
        Cause::Vault(cause) => of_vault(cause).into(),
        Cause::Settings(cause) => of_settings(cause).into(),
        Cause::Kept(cause) => of_kept(cause).into(),
    }
}

const fn of_pasted(cause: &PastedCause) -> &'static str {
    match cause {
        PastedCause::Nothing => "pasted.nothing",
        PastedCause::Comments => "pasted.comments",
        PastedCause::NotARefreshToken(OtherToken::Spartan) => "pasted.spartan_token",
        PastedCause::NotARefreshToken(OtherToken::Xbox) => "pasted.xbox_token",
        PastedCause::NotARefreshToken(OtherToken::Access) => "pasted.access_token",
        PastedCause::NotARefreshToken(OtherToken::Foreign) => "pasted.foreign_token",
        PastedCause::Several { .. } => "pasted.several",
    }
}

const fn unreachable(why: Unreachable) -> &'static str {
    match why {
        Unreachable::Connect => "network.connect",
        Unreachable::Tls => "network.tls",
        Unreachable::TimedOut => "network.timed_out",
        Unreachable::Broken => "network.broken",
    }
}

pub(crate) const fn of_mistake(mistake: Mistake) -> &'static str {
    match mistake {
        Mistake::UnknownApp => "app.unknown",
        Mistake::NotPersonal => "app.not_personal",
        Mistake::PublicFlowsOff => "app.public_flows_off",
        Mistake::SecretWrong => "app.secret_wrong",
        Mistake::SecretId => "app.secret_id",
        Mistake::SecretExpired => "app.secret_expired",
        Mistake::SecretUnasked => "app.secret_unasked",
        Mistake::SecretMissing => "app.secret_missing",
        Mistake::RedirectMismatch => "app.redirect_mismatch",
    }
}

const fn of_key(cause: KeyCause) -> &'static str {
    match cause {
        KeyCause::Locked => "keyring.locked",
        KeyCause::Dismissed => "keyring.dismissed",
        KeyCause::NoKeyring => "keyring.none",
        KeyCause::Silent => "keyring.silent",
        KeyCause::Missing => "keyring.key_missing",
        KeyCause::Garbled => "keyring.key_garbled",
        KeyCause::Failed => "keyring.failed",
    }
}

const fn of_key_file(cause: &KeyFileCause) -> &'static str {
    match cause {
        KeyFileCause::Relative => "key_file.relative",
        KeyFileCause::NotMade => "key_file.not_made",
        KeyFileCause::Missing => "key_file.missing",
        KeyFileCause::Garbled => "key_file.garbled",
        KeyFileCause::OtherOwner => "key_file.other_owner",
        KeyFileCause::OthersCanRead { .. } => "key_file.others_can_read",
        KeyFileCause::FolderOpen { .. } => "key_file.folder_open",
        KeyFileCause::FolderShared { .. } => "key_file.folder_shared",
        KeyFileCause::OtherKey => "key_file.other_key",
        KeyFileCause::Io { .. } => "key_file.files",
    }
}

const fn of_vault(cause: &VaultCause) -> &'static str {
    match cause {
        VaultCause::Truncated => "vault.truncated",
        VaultCause::Foreign => "vault.foreign",
        VaultCause::LaterVersion { .. } => "vault.later_version",
        VaultCause::OtherKey => "vault.other_key",
        VaultCause::Unreadable => "vault.unreadable",
        VaultCause::Busy => "vault.busy",
        VaultCause::Io { .. } => "vault.files",
    }
}

const fn of_settings(cause: &SettingsCause) -> &'static str {
    match cause {
        SettingsCause::NotUnderstood { .. } => "settings.not_understood",
        SettingsCause::Unnameable => "settings.unnameable",
        SettingsCause::Io { .. } => "settings.files",
    }
}

const fn of_kept(cause: &KeptCause) -> &'static str {
    match cause {
        KeptCause::LinkChanged { .. } => "kept.link_changed",
        KeptCause::OthersCanWrite { .. } => "kept.others_can_write",
        KeptCause::OurFolder { .. } => "kept.our_folder",
        KeptCause::NoFolder { .. } => "kept.no_folder",
        KeptCause::NotAFile { .. } => "kept.not_a_file",
        KeptCause::OfAnotherUser { .. } => "kept.of_another_user",
        KeptCause::Foreign { .. } => "kept.foreign",
        KeptCause::NotText { .. } => "kept.not_text",
        KeptCause::Unnameable { .. } => "kept.unnameable",
        KeptCause::NotThisFormat { .. } => "kept.not_this_format",
        KeptCause::NotKept { .. } => "kept.not_kept",
        KeptCause::Left { .. } => "kept.left",
        KeptCause::Unclear { file: Some(_), .. } => "kept.unclear",
        KeptCause::Unclear { file: None, .. } => "kept.unclear_file",
        KeptCause::Unlisted { .. } => "kept.unlisted",
        KeptCause::Busy => "kept.busy",
        KeptCause::Io { .. } => "kept.files",
    }
}

#[cfg(test)]
mod tests {
    use std::{io::ErrorKind, path::PathBuf};

    use super::*;
    use crate::{
        catalogue,
        error::{EntryFlaw, OpenTo},
        xerr::XErr,
    };

    /// One of each cause, with codes that are known where a service names one.
    fn causes() -> Vec<Cause> {
        use Unreachable::{Broken, Connect, TimedOut, Tls};
        let mut causes = vec![
            Cause::InnerToken,
            Cause::Unreadable("odd"),
            Cause::NoRefreshToken,
            Cause::Account { xerr: XErr(2_148_916_238), link: None },
            Cause::NotAGuid,
            Cause::RedirectNotAllowed,
            Cause::NothingFound,
            Cause::NoClientId,
            Cause::NoApp,
            Cause::PageNotLoaded,
            Cause::PageSilent,
            Cause::LedAway { to: "http://localhost".into() },
            Cause::ForeignState,
            Cause::Cancelled,
            Cause::NotThePage,
            Cause::NoPort { port: Some(1) },
            Cause::NoPort { port: None },
            Cause::CodeExpired,
            Cause::NotThisWay,
            Cause::OtherAccount { expected: "A".into(), came: "B".into() },
            Cause::NotSignedIn,
            Cause::Unnamed,
            Cause::NoClearance,
            Cause::SessionOnly,
            Cause::Busy,
            Cause::OtherOwner { path: "/home/curtis".into() },
            Cause::Settings(SettingsCause::NotUnderstood { file: "/settings.toml".into(), why: "odd".into() }),
            Cause::Settings(SettingsCause::Unnameable),
            Cause::Settings(SettingsCause::Io { kind: ErrorKind::StorageFull }),
        ];
        causes.extend([Connect, Tls, TimedOut, Broken].map(|why| Cause::Unreachable { host: "xbox.com".into(), why }));
        causes.extend([408, 429, 500, 502, 503, 504].map(|status| Cause::Passing { status, retry_after: None }));
        causes.extend([401, 403, 404].map(|status| Cause::Refused { status }));
        let expired = ["invalid_grant", "interaction_required", "login_required", "consent_required"];
        causes.extend(expired.map(|error| Cause::SignInExpired { error: error.into() }));
        let setup =
            ["invalid_client", "unauthorized_client", "invalid_request", "invalid_scope", "unsupported_grant_type"];
        causes.extend(setup.map(|error| Cause::Setup { error: error.into(), mistake: None }));
        causes.extend(Mistake::ALL.map(|mistake| Cause::Setup { error: String::new(), mistake: Some(mistake) }));
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
        causes.extend(page.map(|error| Cause::PageRefused { error: error.into() }));
        causes.extend(
            [
                KeyCause::Locked,
                KeyCause::Dismissed,
                KeyCause::NoKeyring,
                KeyCause::Silent,
                KeyCause::Missing,
                KeyCause::Garbled,
                KeyCause::Failed,
            ]
            .map(Cause::Key),
        );
        causes.extend(
            [
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
            ]
            .map(|why| Cause::KeyFile { path: "/keys/spartan".into(), why }),
        );
        causes.extend(
            [
                VaultCause::Truncated,
                VaultCause::Foreign,
                VaultCause::LaterVersion { version: 2 },
                VaultCause::OtherKey,
                VaultCause::Unreadable,
                VaultCause::Busy,
                VaultCause::Io { kind: ErrorKind::StorageFull },
            ]
            .map(Cause::Vault),
        );
        causes.extend(kept());
        causes.extend(pasted().map(Cause::Pasted));
        causes
    }

    fn pasted() -> [PastedCause; 7] {
        use OtherToken::{Access, Foreign, Spartan, Xbox};
        let [spartan, xbox, access, foreign] = [Spartan, Xbox, Access, Foreign].map(PastedCause::NotARefreshToken);
        let several = PastedCause::Several { groups: Vec::new() };
        [PastedCause::Nothing, PastedCause::Comments, spartan, xbox, access, foreign, several]
    }

    fn kept() -> [Cause; 17] {
        let (file, folder) = (PathBuf::from("/f/.env"), PathBuf::from("/f"));
        [
            KeptCause::LinkChanged { file: file.clone() },
            KeptCause::OthersCanWrite { folder: folder.clone(), to: OpenTo::Owner },
            KeptCause::OurFolder { folder: folder.clone() },
            KeptCause::NoFolder { folder },
            KeptCause::NotAFile { file: file.clone() },
            KeptCause::OfAnotherUser { file: file.clone() },
            KeptCause::Foreign { file: file.clone() },
            KeptCause::NotText { file: file.clone() },
            KeptCause::Unnameable { file: file.clone() },
            KeptCause::NotThisFormat { format: "xuid" },
            KeptCause::NotKept { file: file.clone() },
            KeptCause::Left { file: file.clone(), why: Box::new(KeptCause::Busy) },
            KeptCause::Unclear { place: "[[keep]] 1".into(), flaw: EntryFlaw::Format, file: Some(file.clone()) },
            KeptCause::Unclear { place: "keep".into(), flaw: EntryFlaw::NoEntry, file: None },
            KeptCause::Unlisted { why: "odd".into() },
            KeptCause::Busy,
            KeptCause::Io { file, kind: ErrorKind::StorageFull },
        ]
        .map(Cause::Kept)
    }

    #[test]
    fn every_cause_and_every_code_of_microsofts_has_an_entry_of_its_own() {
        for cause in causes() {
            let key = key(&cause);
            assert!(catalogue::known(&key).is_some(), "{key}");
        }
    }

    #[test]
    fn every_entry_can_be_met() {
        let met: Vec<_> = causes().iter().map(key).collect();
        let elsewhere = |key: &str| {
            let outside = ["clock.off", "http.wait", "page.not_accepted"];
            key.ends_with("unknown") || key.starts_with("xbox.") || key.starts_with("check.") || outside.contains(&key)
        };
        for entry in catalogue::AREAS.into_iter().flatten() {
            assert!(met.iter().any(|key| key == entry.key) || elsewhere(entry.key), "{}", entry.key);
        }
    }
}
