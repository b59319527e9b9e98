//! Errors: the step that failed, the cause, and the remedy.

mod app_misconfiguration;
mod code;
mod entry_flaw;
mod io_kind;
mod key;
mod key_file;
mod open_to;
mod pasted;
mod remedy;
mod settings;
mod token_file;
mod vault;
mod xerr;

use std::{borrow::Cow, fmt, path::PathBuf, time::Duration};

use jiff::SignedDuration;
use serde::{Deserialize, Serialize};
use url::Url;

pub use self::{
    app_misconfiguration::AppMisconfiguration,
    entry_flaw::EntryFlaw,
    key::KeyCause,
    key_file::KeyFileCause,
    open_to::OpenTo,
    pasted::{OtherToken, PastedCause, PastedGroup},
    remedy::Remedy,
    settings::SettingsCause,
    token_file::TokenFileCause,
    vault::VaultCause,
    xerr::XErr,
};
use crate::leg::Leg;

/// A failed step, its cause, and the response headers that help support.
///
/// ```
/// use spartan_auth::{
///     error::{Cause, Error, Remedy, Step},
///     leg::Leg,
/// };
///
/// # let wait = std::time::Duration::from_secs(15);
/// # let error = Error::new(Step::Leg(Leg::XboxUser), Cause::Passing { status: 429, retry_after: Some(wait) });
/// match error.remedy() {
///     Remedy::Retry { after } => println!("{error} It is tried again after {after:?}; every token stays."),
///     Remedy::SignIn => println!("{error} Somebody must sign in again."),
///     Remedy::Visit { page } => println!("{error} See {page}."),
///     _ => println!("{error}"),
/// }
/// # assert_eq!(error.remedy(), Remedy::Retry { after: Some(wait) });
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Error {
    /// The step that failed.
    pub step: Step,
    /// The cause.
    pub cause: Cause,
    /// Response headers for diagnosis; never a token.
    pub trail: Option<Box<Trail>>,
    /// Whether the error ended a sign-in. If so, there's nothing to renew or open, and retrying means signing in again.
    #[serde(default)]
    pub ended_sign_in: bool,
}

/// The step in which an error happened.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
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

/// Why a step failed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Cause {
    /// No response arrived.
    Unreachable {
        /// The host that was contacted.
        host: String,
        /// How it was unreachable.
        why: Unreachable,
    },
    /// A transient service failure: HTTP 408, 429, 5xx, or an equivalent service-specific error.
    Passing {
        /// The HTTP status.
        status: u16,
        /// The wait that the service asked for.
        retry_after: Option<Duration>,
    },
    /// OAuth's `invalid_grant` or an equivalent error: the user must sign in again.
    SignInExpired {
        /// The `error` value.
        error: String,
    },
    /// OAuth refused the Azure app itself because one of its settings is wrong.
    Setup {
        /// The `error` value.
        error: String,
        /// The misconfiguration, if the response indicates a known one.
        mistake: Option<AppMisconfiguration>,
    },
    /// Xbox refused the account.
    Account {
        /// The Xbox error code.
        xerr: XErr,
        /// The page to which the service sends the user, if it's an HTTPS page of Microsoft's or Xbox's.
        link: Option<Url>,
    },
    /// The service refused the token that was sent with the request; a new one helps.
    InnerToken,
    /// Any other refusal.
    Refused {
        /// The HTTP status.
        status: u16,
    },
    /// The response isn't in the expected format.
    Unreadable(Cow<'static, str>),
    /// Microsoft refused the authorization code or refresh token of a sign-in because it has expired or was already
    /// used.
    NotAccepted,
    /// No refresh token is available for renewal.
    NoRefreshToken,
    /// No app was specified, and none was used before.
    NoApp,
    /// Microsoft's page navigated to an address that is neither a page nor the app's redirect URI.
    LedAway {
        /// Scheme and host of that address.
        to: String,
    },
    /// A sign-in or renewal is already in progress.
    Busy,
    /// Nobody is signed in, or the account was signed out in the meantime.
    NotSignedIn,
    /// Xbox hasn't yet reported which account it is.
    Unnamed,
    /// Halo hasn't issued a clearance yet.
    NoClearance,
    /// The account is only in memory, where no other program can find it.
    SessionOnly,
    /// The redirect has no `state`, or that of another sign-in.
    ForeignState,
    /// The user declined on Microsoft's page, or closed it.
    Cancelled,
    /// Microsoft's page takes too long to render, or can't be loaded.
    PageNotLoaded,
    /// Microsoft's page didn't redirect back, as happens if the client ID or redirect URI isn't registered.
    PageSilent,
    /// Microsoft's page returned an `error` other than cancellation.
    PageRefused {
        /// The `error` value.
        error: String,
    },
    /// The device code expired before the user entered it.
    CodeExpired,
    /// The text isn't an address, or isn't one at which a sign-in ends.
    NotThePage,
    /// No local port is free for the browser's redirect; if the app specifies a port, that one isn't free.
    NoPort {
        /// The port in the app's redirect URI.
        port: Option<u16>,
    },
    /// The app doesn't support the chosen sign-in method.
    NotThisWay,
    /// The client ID isn't a GUID.
    NotAGuid,
    /// This program can't receive the redirect URI.
    RedirectNotAllowed,
    /// No client ID, app or refresh token was found in the text.
    NothingFound,
    /// A refresh token was found, but not the client ID of the app that it was issued to.
    NoClientId,
    /// Pasted text isn't a sign-in.
    Pasted(PastedCause),
    /// The user signed in with a different Xbox account than the one that had to sign in again.
    OtherAccount {
        /// The expected account.
        expected: String,
        /// The account that signed in.
        came: String,
    },
    /// The key is unavailable.
    Key(KeyCause),
    /// The key file that the user chose can't be used.
    KeyFile {
        /// The key file.
        path: PathBuf,
        /// Why it can't be used.
        why: KeyFileCause,
    },
    /// The program's files belong to a different user than the one running it.
    OtherOwner {
        /// The file or folder.
        path: PathBuf,
    },
    /// The vault file can't be opened or written.
    Vault(VaultCause),
    /// The settings file can't be used.
    Settings(SettingsCause),
    /// A token file can't be kept fresh.
    TokenFile(TokenFileCause),
    /// This computer's clock is far off.
    ClockOff {
        /// Seconds by which the clock is ahead of the services' time; negative if it's behind.
        ahead: i64,
    },
    /// No service has confirmed this computer's clock since the computer was restarted.
    ClockUnconfirmed,
    /// A service asked for a wait before the next request.
    AskedToWait {
        /// The rest of that wait.
        left: Duration,
        /// The error with which the service asked for it.
        because: Box<Cause>,
    },
}

/// How a service was unreachable.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Unreachable {
    /// The connection failed: no network, unknown host name, or connection refused.
    Connect,
    /// The certificate isn't trusted, or TLS failed for another reason.
    Tls,
    /// The request timed out.
    TimedOut,
    /// The connection was closed in the middle of a response.
    Broken,
}

/// Response headers for diagnosis.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Trail {
    /// The HTTP status.
    pub status: Option<u16>,
    /// Names and values of correlation headers.
    pub ids: Vec<(Cow<'static, str>, String)>,
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
            Cause::SignInExpired { error } if error == "invalid_grant" => Cause::NotAccepted,
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
        self.cause == Cause::Cancelled
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

/// Returns a third party's error code, made safe for a line of a log.
pub(crate) fn plain(code: &str) -> String {
    code.chars().filter(char::is_ascii_graphic).take(64).collect()
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
            Step::TokenFile => "kept file",
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

#[cfg(test)]
mod tests;
