//! The program's exit codes, which are a contract with scripts.

use std::process::ExitCode;

use spartan_auth::error::Cause as AuthCause;
use spartan_session::error::{Cause, Error, SettingsCause, TokenFileCause};

/// How the program ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Exit {
    /// 0: it did what was asked.
    Done,
    /// 1: it failed, and may succeed later.
    Failed,
    /// 2: the command line, or its input, isn't valid.
    Usage,
    /// 3: sign-in needed.
    SignIn,
    /// 4: the keyring or the vault can't be opened.
    Vault,
    /// 5: the account is unknown or ambiguous.
    Account,
    /// 6: Microsoft, Xbox or Halo refused.
    Refused,
    /// 126: the command was found but couldn't be started.
    NotStarted,
    /// 127: the command was not found.
    NotFound,
    /// 130: interrupted.
    Interrupted,
    /// 143: terminated.
    Ended,
}

impl Exit {
    /// Returns the exit code of an error.
    pub fn of(error: &Error) -> Exit {
        Exit::of_cause(&error.cause)
    }

    /// A new cause doesn't compile until it's listed here.
    fn of_cause(cause: &Cause) -> Exit {
        match cause {
            Cause::Auth(
                AuthCause::Unreachable { .. }
                | AuthCause::Passing { .. }
                | AuthCause::InnerToken
                | AuthCause::Unreadable(_),
            ) => Exit::Failed,
            Cause::Busy | Cause::PageSilent | Cause::NoPort { .. } => Exit::Failed,
            Cause::Settings(SettingsCause::NotUnderstood { .. }) => Exit::Vault,
            Cause::Settings(SettingsCause::Unnameable | SettingsCause::Io { .. }) => Exit::Failed,
            Cause::PageNotLoaded | Cause::Unnamed | Cause::NoClearance | Cause::SessionOnly => Exit::Failed,
            Cause::Auth(
                AuthCause::NotAGuid | AuthCause::RedirectNotAllowed | AuthCause::NothingFound | AuthCause::NoClientId,
            ) => Exit::Usage,
            Cause::NoApp | Cause::NotThisWay | Cause::NotThePage => Exit::Usage,
            Cause::Auth(AuthCause::SignInExpired { .. } | AuthCause::NoRefreshToken)
            | Cause::NotAccepted
            | Cause::NotSignedIn
            | Cause::SignedOutElsewhere { .. } => Exit::SignIn,
            Cause::Auth(AuthCause::ForeignState | AuthCause::Cancelled | AuthCause::CodeExpired) => Exit::SignIn,
            Cause::Key(_) | Cause::KeyFile { .. } | Cause::Vault(_) | Cause::OtherOwner { .. } => Exit::Vault,
            Cause::TokenFile(
                TokenFileCause::Left { .. }
                | TokenFileCause::NoLongerOurs { .. }
                | TokenFileCause::Unclear { .. }
                | TokenFileCause::Unlisted { .. }
                | TokenFileCause::NoList
                | TokenFileCause::Busy
                | TokenFileCause::Io { .. },
            ) => Exit::Failed,
            Cause::TokenFile(_) | Cause::Auth(AuthCause::Pasted(_)) => Exit::Usage,
            Cause::OtherAccount { .. } => Exit::Account,
            // Some of Xbox's own codes are outages.
            Cause::Auth(AuthCause::Account { xerr, .. }) if xerr.passes() => Exit::Failed,
            Cause::Auth(
                AuthCause::Setup { .. }
                | AuthCause::Account { .. }
                | AuthCause::Refused { .. }
                | AuthCause::LedAway { .. },
            ) => Exit::Refused,
            Cause::Auth(AuthCause::PageRefused { error }) => of_page(error),
            Cause::ClockOff { .. } | Cause::ClockUnconfirmed | Cause::ClockBehind => Exit::Failed,
            Cause::AskedToWait { because, .. } => Exit::of_cause(because),
        }
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

/// Errors of the page (RFC 6749, section 4.1.2.1, and `OpenID` Connect).
fn of_page(error: &str) -> Exit {
    match error {
        "server_error" | "temporarily_unavailable" => Exit::Failed,
        "interaction_required" | "login_required" | "consent_required" => Exit::SignIn,
        _ => Exit::Refused,
    }
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> ExitCode {
        exit.code().into()
    }
}

#[cfg(test)]
pub(crate) mod tests {
    use spartan_auth::leg::Leg;
    use spartan_session::error::{
        AppMisconfiguration, EntryFlaw, KeyCause, KeyFileCause, PastedCause, SettingsFlaw, Step, Unreachable,
        VaultCause, XErr,
    };

    use super::*;

    fn exit(cause: Cause) -> Exit {
        Exit::of(&Error::new(Step::Leg(Leg::Spartan), cause))
    }

    /// One of each cause, or nearly so.
    pub(crate) fn causes() -> Vec<Cause> {
        use KeyCause::{Dismissed, Failed, Garbled, Locked, Missing, NoKeyring, Silent};
        use Unreachable::{Broken, Connect, TimedOut, Tls};
        use VaultCause::{Busy, Foreign, LaterVersion, OtherKey, Truncated, Unreadable};
        let mut causes = vec![
            Cause::Auth(AuthCause::InnerToken),
            Cause::Auth(AuthCause::Unreadable(spartan_session::error::Unreadable::Empty)),
            Cause::Busy,
            Cause::PageSilent,
            Cause::PageNotLoaded,
            Cause::Unnamed,
            Cause::NoClearance,
            Cause::SessionOnly,
            Cause::NoPort { port: None },
            Cause::NoPort { port: Some(1) },
            Cause::Settings(SettingsCause::NotUnderstood { file: "/f".into(), why: SettingsFlaw::NotText }),
            Cause::Settings(SettingsCause::Unnameable),
            Cause::Settings(SettingsCause::Io { kind: std::io::ErrorKind::StorageFull }),
            Cause::Auth(AuthCause::NotAGuid),
            Cause::Auth(AuthCause::RedirectNotAllowed),
            Cause::Auth(AuthCause::NothingFound),
            Cause::Auth(AuthCause::NoClientId),
            Cause::NoApp,
            Cause::NotThisWay,
            Cause::NotThePage,
            Cause::Auth(AuthCause::NoRefreshToken),
            Cause::NotAccepted,
            Cause::ClockOff { ahead: 420 },
            Cause::ClockUnconfirmed,
            Cause::ClockBehind,
            Cause::OtherOwner { path: "/home/curtis".into() },
            Cause::NotSignedIn,
            Cause::SignedOutElsewhere { account: None },
            Cause::Auth(AuthCause::ForeignState),
            Cause::Auth(AuthCause::Cancelled),
            Cause::Auth(AuthCause::CodeExpired),
            Cause::OtherAccount { expected: "Anna".into(), came: "Bert".into() },
            Cause::Auth(AuthCause::LedAway { to: "http://localhost".into() }),
            Cause::Auth(AuthCause::PageRefused { error: "brand_new".into() }),
            Cause::Auth(AuthCause::Account { xerr: XErr(2_148_916_238), link: None }),
            Cause::Auth(AuthCause::Account { xerr: XErr(1), link: None }),
        ];
        let host = || "xbox.com".to_owned();
        causes.extend(
            [Connect, Tls, TimedOut, Broken].map(|why| Cause::Auth(AuthCause::Unreachable { host: host(), why })),
        );
        causes.extend([408, 429, 500, 599].map(|status| Cause::Auth(AuthCause::Passing { status, retry_after: None })));
        causes.extend([400, 401, 403, 404, 418].map(|status| Cause::Auth(AuthCause::Refused { status })));
        let expired = ["invalid_grant", "login_required", "interaction_required", "consent_required"];
        causes.extend(expired.map(|error| Cause::Auth(AuthCause::SignInExpired { error: error.into() })));
        let setup = ["invalid_client", "unauthorized_client", "brand_new"];
        causes.extend(setup.map(|error| Cause::Auth(AuthCause::Setup { error: error.into(), mistake: None })));
        let mistaken =
            |mistake| Cause::Auth(AuthCause::Setup { error: "invalid_client".into(), mistake: Some(mistake) });
        causes.extend(AppMisconfiguration::ALL.map(mistaken));
        let pasted = [PastedCause::Nothing, PastedCause::Comments, PastedCause::Several { groups: Vec::new() }];
        causes.extend(pasted.map(|cause| Cause::Auth(AuthCause::Pasted(cause))));
        causes.extend([Locked, Dismissed, NoKeyring, Silent, Missing, Garbled, Failed].map(Cause::Key));
        let io = VaultCause::Io { kind: std::io::ErrorKind::StorageFull };
        causes.extend(
            [Truncated, Foreign, LaterVersion { version: 2 }, OtherKey, Unreadable, Busy, io].map(Cause::Vault),
        );
        let lost = [KeyFileCause::Missing, KeyFileCause::Garbled, KeyFileCause::OtherKey];
        causes.extend(lost.map(|why| Cause::KeyFile { path: "/f".into(), why }));
        let io = TokenFileCause::Io { file: "/f".into(), kind: std::io::ErrorKind::StorageFull };
        let unlisted = TokenFileCause::Unlisted { why: SettingsFlaw::NotText };
        let unclear = |file| TokenFileCause::Unclear { place: "keep".into(), flaw: EntryFlaw::NoEntry, file };
        let left = TokenFileCause::Left { file: "/f".into(), why: Box::new(io.clone()) };
        let storage =
            [TokenFileCause::Foreign { file: "/f".into() }, TokenFileCause::NotThisFormat { format: "xuid".into() }];
        causes.extend(
            storage
                .into_iter()
                .chain([TokenFileCause::Busy, io, left, unlisted, unclear(None), unclear(Some("/f".into()))])
                .map(Cause::TokenFile),
        );
        causes
    }

    #[test]
    fn an_outage_of_xbox_and_a_page_that_is_busy_pass() {
        assert_eq!(exit(Cause::Auth(AuthCause::Account { xerr: XErr(2_148_916_273), link: None })), Exit::Failed);
        assert_eq!(exit(Cause::Auth(AuthCause::PageRefused { error: "server_error".into() })), Exit::Failed);
        assert_eq!(exit(Cause::Auth(AuthCause::PageRefused { error: "consent_required".into() })), Exit::SignIn);
        assert_eq!(exit(Cause::NotAccepted), Exit::SignIn);
    }

    #[test]
    fn what_passes_by_itself_never_asks_a_person_to_sign_in_and_what_asks_for_that_ends_with_3() {
        for cause in causes() {
            let error = Error::new(Step::Leg(Leg::Microsoft), cause);
            let exit = Exit::of(&error);
            if error.passes() {
                assert!(matches!(exit, Exit::Failed | Exit::Refused), "{error}: {exit:?}");
            }
            let is_about_a_page = matches!(error.cause, Cause::Auth(AuthCause::PageRefused { .. }));
            if error.asks_to_sign_in() && !is_about_a_page {
                assert_eq!(exit, Exit::SignIn, "{error}");
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
