//! Errors of everything that keeps an account signed in: the step that failed, the cause, and the remedy.
//!
//! It adds to the errors of the wire ([`spartan_auth::error`]) and of what's kept on this computer
//! ([`spartan_vault::error`]) what only a session knows.

mod cause;
mod entry_flaw;
mod remedy;
mod token_file;
#[cfg(feature = "ts")]
mod ts;

use std::{fmt, time::Duration};

use jiff::SignedDuration;
use spartan_auth::{
    chain,
    error::{self as auth, Cause as AuthCause},
    leg::Leg,
};
use spartan_vault::error as vault;

pub use self::{cause::Cause, entry_flaw::EntryFlaw, remedy::Remedy, token_file::TokenFileCause};
pub use spartan_auth::error::{
    AppMisconfiguration, OtherToken, PastedCause, PastedGroup, Trail, Unreachable, Unreadable, XErr,
};
pub use spartan_vault::error::{KeyCause, KeyFileCause, OpenTo, SettingsCause, SettingsFlaw, VaultCause};

/// A failed step, its cause, and the response headers that help support.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Error {
    /// The step that failed.
    pub step: Step,
    /// The cause.
    pub cause: Cause,
    /// Response headers for diagnosis; never a token.
    pub trail: Option<Box<Trail>>,
    /// Whether the error ended a sign-in. If so, there's nothing to renew or open, and retrying means signing in again.
    pub ended_sign_in: bool,
}

/// The step in which an error happened.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// The user's own Azure app, before any request was sent.
    App,
    /// Microsoft's sign-in page and its redirect.
    Page,
    /// A request of the chain.
    Leg(Leg),
    /// The key that opens the vault.
    Key,
    /// The encrypted vault file or its lock.
    Vault,
    /// The settings file.
    Settings,
    /// A token file.
    TokenFile,
    /// This computer's clock.
    Clock,
}

impl Error {
    /// Returns an error without response headers.
    #[must_use]
    pub const fn new(step: Step, cause: Cause) -> Error {
        Error { step, cause, trail: None, ended_sign_in: false }
    }

    /// Returns the remedy. For a signed-in user, only `invalid_grant` and its equivalents mean *sign in again*.
    #[must_use]
    pub fn remedy(&self) -> Remedy {
        match self.cause.remedy() {
            Remedy::Retry { .. } | Remedy::TryAgain | Remedy::Unlock if self.ended_sign_in => Remedy::SignIn,
            remedy => remedy,
        }
    }

    /// Returns the same error, marked as having ended a sign-in.
    #[must_use]
    pub fn of_sign_in(self) -> Error {
        let cause = match self.cause {
            // There is no sign-in yet that could have expired.
            Cause::Auth(AuthCause::SignInExpired { error }) if error == "invalid_grant" => Cause::NotAccepted,
            cause => cause,
        };
        Error { cause, ended_sign_in: true, ..self }
    }

    /// Returns an error if this computer's clock differs from the services' time by more than two minutes. `ahead` is
    /// negative if the clock is behind.
    #[must_use]
    pub fn of_clock(ahead: SignedDuration) -> Option<Error> {
        let is_off = ahead.abs() > SignedDuration::from_mins(2);
        is_off.then(|| Error::new(Step::Clock, Cause::ClockOff { ahead: ahead.as_secs() }))
    }

    /// Returns the error that another program signed out the account with this name.
    #[must_use]
    pub const fn signed_out_elsewhere(account: Option<String>) -> Error {
        Error::new(Step::Vault, Cause::SignedOutElsewhere { account })
    }

    /// Whether another program signed the account out.
    pub(crate) const fn is_signed_out_elsewhere(&self) -> bool {
        matches!(self.cause, Cause::SignedOutElsewhere { .. })
    }

    /// Returns the same error with the wait that a service asked for; until then, no user action helps.
    #[must_use]
    pub fn until(self, left: Duration) -> Error {
        let because = match self.cause {
            Cause::AskedToWait { because, .. } => because,
            cause => Box::new(cause),
        };
        Error { cause: Cause::AskedToWait { left, because }, ..self }
    }

    /// Whether the user cancelled what they asked for, which isn't an error to report.
    #[must_use]
    pub fn is_cancel(&self) -> bool {
        self.cause == Cause::Auth(AuthCause::Cancelled)
    }

    /// Whether only unlocking the keyring helps.
    #[must_use]
    pub fn asks_to_unlock(&self) -> bool {
        self.remedy() == Remedy::Unlock
    }

    /// Whether only signing in again helps.
    #[must_use]
    pub fn asks_to_sign_in(&self) -> bool {
        self.remedy() == Remedy::SignIn
    }

    /// Returns the wait that the service asked for, if any.
    #[must_use]
    pub fn asked_to_wait(&self) -> Option<Duration> {
        match self.cause.remedy() {
            Remedy::Retry { after } => after,
            _ => None,
        }
    }

    /// Whether the error may resolve with time alone.
    #[must_use]
    pub fn passes(&self) -> bool {
        matches!(self.cause.remedy(), Remedy::Retry { .. })
    }
}

impl From<auth::Error> for Error {
    fn from(error: auth::Error) -> Error {
        let step = match error.step {
            auth::Step::App => Step::App,
            auth::Step::Page => Step::Page,
            auth::Step::Leg(leg) => Step::Leg(leg),
        };
        Error { step, cause: Cause::Auth(error.cause), trail: error.trail, ended_sign_in: false }
    }
}

impl From<vault::Error> for Error {
    fn from(error: vault::Error) -> Error {
        let (step, cause) = match error {
            vault::Error::Key(cause) => (Step::Key, Cause::Key(cause)),
            vault::Error::KeyFile { path, why } => (Step::Key, Cause::KeyFile { path, why }),
            vault::Error::OtherOwner { path } => (Step::Vault, Cause::OtherOwner { path }),
            vault::Error::Vault(cause) => (Step::Vault, Cause::Vault(cause)),
            vault::Error::Settings(cause) => (Step::Settings, Cause::Settings(cause)),
        };
        Error::new(step, cause)
    }
}

impl From<chain::Failure<Error>> for Error {
    fn from(failure: chain::Failure<Error>) -> Error {
        match failure {
            chain::Failure::Leg(error) => error.into(),
            chain::Failure::Save(error) => error,
        }
    }
}

impl From<KeyCause> for Error {
    fn from(cause: KeyCause) -> Error {
        vault::Error::from(cause).into()
    }
}

impl From<VaultCause> for Error {
    fn from(cause: VaultCause) -> Error {
        vault::Error::from(cause).into()
    }
}

impl From<SettingsCause> for Error {
    fn from(cause: SettingsCause) -> Error {
        vault::Error::from(cause).into()
    }
}

impl From<TokenFileCause> for Error {
    fn from(cause: TokenFileCause) -> Error {
        Error::new(Step::TokenFile, Cause::TokenFile(cause))
    }
}

impl fmt::Display for Step {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Step::App => "Azure app",
            Step::Page => "sign-in page",
            Step::Leg(leg) => leg.name(),
            Step::Key => "key",
            Step::Vault => "vault",
            Step::Settings => "settings",
            Step::TokenFile => "token file",
            Step::Clock => "clock",
        })
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.step, self.cause)
    }
}

impl std::error::Error for Error {}
