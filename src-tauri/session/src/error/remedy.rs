//! The remedy for an error.

use std::time::Duration;

use serde::Serialize;
use spartan_auth::error::{self as auth, AppMisconfiguration, Cause as AuthCause};
use spartan_vault::error as vault;
use url::Url;

use super::Cause;

/// The remedy for an error.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Remedy {
    /// Wait: the operation is retried automatically, but not before `after` if the service asked for a wait.
    Retry {
        /// The wait that the service asked for.
        #[serde(skip)]
        after: Option<Duration>,
    },
    /// The user must sign in again.
    SignIn,
    /// A setting of the Azure app must change.
    ChangeApp,
    /// Use another sign-in method.
    OtherWay,
    /// Keep the account that signed in instead of the expected one.
    AddOther,
    /// The user must visit a page of Microsoft's or Xbox's first.
    Visit {
        /// The page.
        page: Url,
    },
    /// The keyring must be unlocked.
    Unlock,
    /// Try again after changing something on this computer.
    TryAgain,
    /// Create a new vault beside the old one, which no key opens.
    StartAfresh,
    /// Nothing in this program; the message says what to do.
    Tell,
}

impl Cause {
    pub(super) fn remedy(&self) -> Remedy {
        match self {
            // The device code needs that setting; the other methods don't.
            Cause::Auth(AuthCause::Setup { mistake: Some(AppMisconfiguration::PublicFlowsOff), .. }) => {
                Remedy::OtherWay
            }
            Cause::Auth(AuthCause::Account { xerr, link: None }) if xerr.is_about_sandbox() => Remedy::TryAgain,
            Cause::Auth(cause) => cause.remedy().into(),
            Cause::Unnamed | Cause::NoClearance => Remedy::Retry { after: None },
            Cause::NotAccepted | Cause::NotSignedIn => Remedy::SignIn,
            Cause::NoApp => Remedy::ChangeApp,
            Cause::PageNotLoaded | Cause::PageSilent | Cause::NoPort { .. } | Cause::NotThisWay => Remedy::OtherWay,
            Cause::OtherAccount { .. } => Remedy::AddOther,
            Cause::Key(cause) => cause.remedy().into(),
            Cause::KeyFile { why, .. } => why.remedy().into(),
            Cause::Vault(cause) => cause.remedy().into(),
            Cause::Settings(cause) => cause.remedy().into(),
            Cause::Busy | Cause::SessionOnly | Cause::NotThePage | Cause::TokenFile(_) => Remedy::Tell,
            Cause::OtherOwner { .. } | Cause::AskedToWait { .. } | Cause::SignedOutElsewhere { .. } => Remedy::Tell,
            Cause::ClockOff { .. } | Cause::ClockUnconfirmed | Cause::ClockBehind => Remedy::Tell,
        }
    }
}

impl From<auth::Remedy> for Remedy {
    fn from(remedy: auth::Remedy) -> Remedy {
        match remedy {
            auth::Remedy::Retry { after } => Remedy::Retry { after },
            auth::Remedy::SignIn => Remedy::SignIn,
            auth::Remedy::FixApp => Remedy::ChangeApp,
            auth::Remedy::Visit { page } => Remedy::Visit { page },
            auth::Remedy::Tell => Remedy::Tell,
        }
    }
}

impl From<vault::Remedy> for Remedy {
    fn from(remedy: vault::Remedy) -> Remedy {
        match remedy {
            vault::Remedy::Unlock => Remedy::Unlock,
            vault::Remedy::TryAgain => Remedy::TryAgain,
            vault::Remedy::StartAfresh => Remedy::StartAfresh,
            vault::Remedy::Tell => Remedy::Tell,
        }
    }
}

#[cfg(test)]
mod tests {
    use spartan_auth::{
        error::{Unreachable, Unreadable},
        leg::Leg,
    };

    use super::*;
    use crate::error::{Error, Step};

    fn at(cause: AuthCause) -> Remedy {
        Error::new(Step::Leg(Leg::Microsoft), Cause::Auth(cause)).remedy()
    }

    #[test]
    fn only_invalid_grant_and_its_kin_ask_a_signed_in_person_to_sign_in_again() {
        assert_eq!(at(AuthCause::SignInExpired { error: "invalid_grant".into() }), Remedy::SignIn);
        assert_eq!(at(AuthCause::NoRefreshToken), Remedy::SignIn);
        for status in [408, 429, 500, 503] {
            assert_eq!(at(AuthCause::Passing { status, retry_after: None }), Remedy::Retry { after: None }, "{status}");
        }
        for why in [Unreachable::Connect, Unreachable::Tls, Unreachable::TimedOut, Unreachable::Broken] {
            let cause = AuthCause::Unreachable { host: "login.microsoftonline.com".into(), why };
            assert_eq!(at(cause), Remedy::Retry { after: None }, "{why:?}");
        }
        assert_eq!(at(AuthCause::Unreadable(Unreadable::Empty)), Remedy::Retry { after: None });
    }

    #[test]
    fn what_ended_a_sign_in_is_remedied_by_another() {
        let cause = Cause::Auth(AuthCause::Passing { status: 503, retry_after: None });
        let error = Error::new(Step::Leg(Leg::XboxUser), cause);
        assert_eq!(error.remedy(), Remedy::Retry { after: None });
        assert_eq!(error.of_sign_in().remedy(), Remedy::SignIn);
    }
}
