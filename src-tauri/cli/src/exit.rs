//! The codes that the program ends with: a contract with scripts.

use std::process::ExitCode;

use spartan_auth::{
    catalogue::{self, Help},
    trouble::Trouble,
};

/// How the program ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Exit {
    /// 0: it did what was asked.
    Done,
    /// 1: it failed, and may succeed later.
    Failed,
    /// 2: the command line, or what was given to it, is not understood.
    Usage,
    /// 3: somebody must sign in.
    SignIn,
    /// 4: the keyring or the vault cannot be opened.
    Vault,
    /// 5: the account is not known, or several are called that.
    Account,
    /// 6: Microsoft, Xbox or Halo refused.
    Refused,
    /// 126: the command was found and could not be started.
    NotStarted,
    /// 127: the command was not found.
    NotFound,
    /// 130: interrupted.
    Interrupted,
    /// 143: told to end.
    Ended,
}

/// Where an entry of the catalogue leads, by its key or the beginning of it; the longest counts.
const CODES: [(&str, Exit); 42] = [
    ("", Exit::Failed),
    ("refused.", Exit::Refused),
    ("xbox.", Exit::Refused),
    ("oauth.", Exit::Refused),
    ("app.", Exit::Refused),
    ("app.not_a_guid", Exit::Usage),
    ("app.redirect_not_allowed", Exit::Usage),
    ("app.nothing_found", Exit::Usage),
    ("app.no_client_id", Exit::Usage),
    ("app.none", Exit::Usage),
    ("pasted.", Exit::Usage),
    ("way.", Exit::Usage),
    ("page.not_the_address", Exit::Usage),
    ("page.", Exit::Refused),
    ("page.not_loaded", Exit::Failed),
    ("page.silent", Exit::Failed),
    ("page.server_error", Exit::Failed),
    ("page.temporarily_unavailable", Exit::Failed),
    ("page.cancelled", Exit::SignIn),
    ("page.foreign", Exit::SignIn),
    ("page.not_accepted", Exit::SignIn),
    ("page.interaction_required", Exit::SignIn),
    ("page.login_required", Exit::SignIn),
    ("page.consent_required", Exit::SignIn),
    ("oauth.invalid_grant", Exit::SignIn),
    ("oauth.login_required", Exit::SignIn),
    ("oauth.interaction_required", Exit::SignIn),
    ("oauth.consent_required", Exit::SignIn),
    ("oauth.no_refresh_token", Exit::SignIn),
    ("code.", Exit::SignIn),
    ("account.none", Exit::SignIn),
    ("account.another", Exit::Account),
    ("kept.", Exit::Usage),
    ("kept.left", Exit::Failed),
    ("kept.busy", Exit::Failed),
    ("kept.files", Exit::Failed),
    ("kept.unlisted", Exit::Failed),
    ("kept.unclear", Exit::Failed),
    ("settings.not_understood", Exit::Vault),
    ("keyring.", Exit::Vault),
    ("key_file.", Exit::Vault),
    ("vault.", Exit::Vault),
];

impl Exit {
    /// What a trouble ends with.
    pub fn of(trouble: &Trouble) -> Exit {
        match trouble.key.as_str() {
            // One that an earlier version kept.
            "" if trouble.asks_to_sign_in() => Exit::SignIn,
            key => Exit::of_key(key),
        }
    }

    fn of_key(key: &str) -> Exit {
        // Of Xbox's own codes some are outages.
        if key.starts_with("xbox.") && catalogue::find(key).help == Help::Time {
            return Exit::Failed;
        }
        let fitting = CODES.iter().filter(|(beginning, _)| key.starts_with(beginning));
        fitting.max_by_key(|(beginning, _)| beginning.len()).map_or(Exit::Failed, |(_, exit)| *exit)
    }

    const fn code(self) -> u8 {
        match self {
            Exit::Done => 0,
            Exit::Failed => 1,
            Exit::Usage => 2,
            Exit::SignIn => 3,
            Exit::Vault => 4,
            Exit::Account => 5,
            Exit::Refused => 6,
            Exit::NotStarted => 126,
            Exit::NotFound => 127,
            Exit::Interrupted => 130,
            Exit::Ended => 143,
        }
    }
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> ExitCode {
        exit.code().into()
    }
}

#[cfg(test)]
mod tests {
    use spartan_auth::{
        error::{
            Cause, EntryFlaw, Error, KeptCause, KeyCause, PastedCause, SettingsCause, Step, Unreachable, VaultCause,
        },
        leg::Leg,
        mistake::Mistake,
        xerr::XErr,
    };

    use super::*;

    fn exit(cause: Cause) -> Exit {
        Exit::of(&Trouble::from(&Error::new(Step::Leg(Leg::Spartan), cause)))
    }

    /// The causes that end with each code. A new cause does not compile before it has a place here.
    const fn expected(cause: &Cause) -> Exit {
        match cause {
            Cause::Unreachable { .. } | Cause::Passing { .. } | Cause::InnerToken | Cause::Unreadable(_) => {
                Exit::Failed
            }
            Cause::Busy | Cause::PageSilent | Cause::NoPort { .. } => Exit::Failed,
            Cause::Settings(SettingsCause::NotUnderstood { .. }) => Exit::Vault,
            Cause::Settings(SettingsCause::Unnameable | SettingsCause::Io { .. }) => Exit::Failed,
            Cause::PageNotLoaded | Cause::Unnamed | Cause::NoClearance | Cause::SessionOnly => Exit::Failed,
            Cause::NotAGuid | Cause::RedirectNotAllowed | Cause::NothingFound | Cause::NoClientId => Exit::Usage,
            Cause::NoApp | Cause::NotThisWay | Cause::NotThePage => Exit::Usage,
            Cause::SignInExpired { .. } | Cause::NoRefreshToken | Cause::NotSignedIn => Exit::SignIn,
            Cause::ForeignState | Cause::Cancelled | Cause::CodeExpired => Exit::SignIn,
            Cause::Key(_) | Cause::KeyFile { .. } | Cause::Vault(_) | Cause::OtherOwner { .. } => Exit::Vault,
            Cause::Kept(
                KeptCause::Left { .. }
                | KeptCause::Unclear { .. }
                | KeptCause::Unlisted { .. }
                | KeptCause::Busy
                | KeptCause::Io { .. },
            ) => Exit::Failed,
            Cause::Kept(_) | Cause::Pasted(_) => Exit::Usage,
            Cause::OtherAccount { .. } => Exit::Account,
            Cause::Setup { .. } | Cause::Account { .. } | Cause::Refused { .. } => Exit::Refused,
            Cause::LedAway { .. } | Cause::PageRefused { .. } => Exit::Refused,
        }
    }

    fn causes() -> Vec<Cause> {
        use KeyCause::{Dismissed, Failed, Garbled, Locked, Missing, NoKeyring, Silent};
        use Unreachable::{Broken, Connect, TimedOut, Tls};
        use VaultCause::{Busy, Foreign, LaterVersion, OtherKey, Truncated, Unreadable};
        let mut causes = vec![
            Cause::InnerToken,
            Cause::Unreadable("odd"),
            Cause::Busy,
            Cause::PageSilent,
            Cause::PageNotLoaded,
            Cause::Unnamed,
            Cause::NoClearance,
            Cause::SessionOnly,
            Cause::NoPort { port: None },
            Cause::NoPort { port: Some(1) },
            Cause::Settings(SettingsCause::NotUnderstood { file: "/f".into(), why: "odd".into() }),
            Cause::Settings(SettingsCause::Unnameable),
            Cause::Settings(SettingsCause::Io { kind: std::io::ErrorKind::StorageFull }),
            Cause::NotAGuid,
            Cause::RedirectNotAllowed,
            Cause::NothingFound,
            Cause::NoClientId,
            Cause::NoApp,
            Cause::NotThisWay,
            Cause::NotThePage,
            Cause::NoRefreshToken,
            Cause::NotSignedIn,
            Cause::ForeignState,
            Cause::Cancelled,
            Cause::CodeExpired,
            Cause::OtherAccount { expected: "Anna".into(), came: "Bert".into() },
            Cause::LedAway { to: "http://localhost".into() },
            Cause::PageRefused { error: "brand_new".into() },
            Cause::Account { xerr: XErr(2_148_916_238), link: None },
            Cause::Account { xerr: XErr(1), link: None },
        ];
        let host = || "xbox.com".to_owned();
        causes.extend([Connect, Tls, TimedOut, Broken].map(|why| Cause::Unreachable { host: host(), why }));
        causes.extend([408, 429, 500, 599].map(|status| Cause::Passing { status, retry_after: None }));
        causes.extend([400, 401, 403, 404, 418].map(|status| Cause::Refused { status }));
        let expired = ["invalid_grant", "login_required", "interaction_required", "consent_required"];
        causes.extend(expired.map(|error| Cause::SignInExpired { error: error.into() }));
        let setup = ["invalid_client", "unauthorized_client", "brand_new"];
        causes.extend(setup.map(|error| Cause::Setup { error: error.into(), mistake: None }));
        let mistaken = |mistake| Cause::Setup { error: "invalid_client".into(), mistake: Some(mistake) };
        causes.extend(Mistake::ALL.map(mistaken));
        let pasted = [PastedCause::Nothing, PastedCause::Comments, PastedCause::Several { groups: Vec::new() }];
        causes.extend(pasted.map(Cause::Pasted));
        causes.extend([Locked, Dismissed, NoKeyring, Silent, Missing, Garbled, Failed].map(Cause::Key));
        let io = VaultCause::Io { kind: std::io::ErrorKind::StorageFull };
        causes.extend(
            [Truncated, Foreign, LaterVersion { version: 2 }, OtherKey, Unreadable, Busy, io].map(Cause::Vault),
        );
        let io = KeptCause::Io { file: "/f".into(), kind: std::io::ErrorKind::StorageFull };
        let unlisted = KeptCause::Unlisted { why: "odd".into() };
        let unclear = |file| KeptCause::Unclear { place: "keep".into(), flaw: EntryFlaw::NoEntry, file };
        let left = KeptCause::Left { file: "/f".into(), why: Box::new(io.clone()) };
        let kept = [KeptCause::Foreign { file: "/f".into() }, KeptCause::NotThisFormat { format: "xuid" }];
        causes.extend(
            kept.into_iter()
                .chain([KeptCause::Busy, io, left, unlisted, unclear(None), unclear(Some("/f".into()))])
                .map(Cause::Kept),
        );
        causes
    }

    #[test]
    fn every_cause_ends_with_its_code() {
        for cause in causes() {
            assert_eq!(exit(cause.clone()), expected(&cause), "{cause:?}");
        }
    }

    #[test]
    fn an_outage_of_xbox_and_a_page_that_is_busy_pass() {
        assert_eq!(exit(Cause::Account { xerr: XErr(2_148_916_273), link: None }), Exit::Failed);
        assert_eq!(exit(Cause::PageRefused { error: "server_error".into() }), Exit::Failed);
        assert_eq!(exit(Cause::PageRefused { error: "consent_required".into() }), Exit::SignIn);
        assert_eq!(Exit::of_key("page.not_accepted"), Exit::SignIn);
    }

    #[test]
    fn what_passes_by_itself_never_asks_a_person_to_sign_in_and_what_asks_for_that_ends_with_3() {
        for entry in catalogue::AREAS.into_iter().flatten() {
            let exit = Exit::of_key(entry.key);
            if entry.passes() {
                assert!(matches!(exit, Exit::Failed | Exit::Refused), "{}: {exit:?}", entry.key);
            }
            if entry.key.starts_with("oauth.") && entry.help == Help::SignIn {
                assert_eq!(exit, Exit::SignIn, "{}", entry.key);
            }
        }
    }

    #[test]
    fn the_codes_are_those_that_scripts_know() {
        use Exit::{Account, Done, Ended, Failed, Interrupted, NotFound, NotStarted, Refused, SignIn, Usage, Vault};
        let all = [Done, Failed, Usage, SignIn, Vault, Account, Refused, NotStarted, NotFound, Interrupted, Ended];
        assert_eq!(all.map(Exit::code), [0, 1, 2, 3, 4, 5, 6, 126, 127, 130, 143]);
    }
}
