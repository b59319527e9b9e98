//! What can go wrong: at which step, from which cause, and what helps.

mod app_misconfiguration;
mod code;
mod entry_flaw;
mod io_kind;
mod kept;
mod key_file;
mod open_to;
mod pasted;
mod remedy;
mod settings;
mod xerr;

use std::{borrow::Cow, fmt, path::PathBuf, time::Duration};

use jiff::SignedDuration;
use serde::{Deserialize, Serialize};
use url::Url;

pub use self::{
    app_misconfiguration::AppMisconfiguration,
    entry_flaw::EntryFlaw,
    kept::KeptCause,
    key_file::KeyFileCause,
    open_to::OpenTo,
    pasted::{OtherToken, PastedCause, PastedGroup},
    remedy::Remedy,
    settings::SettingsCause,
    xerr::XErr,
};
use crate::leg::Leg;

/// A step that did not succeed, why, and what the services said of it for a support thread.
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
    /// Where it happened.
    pub step: Step,
    /// Why.
    pub cause: Cause,
    /// What the answer's headers say for a diagnosis; never a token.
    pub trail: Option<Box<Trail>>,
    /// Whether it ended a sign-in: then there's nothing to renew or to open, and trying again means signing in again.
    #[serde(default)]
    pub ended_sign_in: bool,
}

/// Where an error happened.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Step {
    /// The person's own Azure app, before anything was sent.
    App,
    /// Microsoft's sign-in page and its redirect.
    Page,
    /// A request of the chain.
    Leg(Leg),
    /// The key that opens the vault.
    Key,
    /// The sealed file or its lock.
    Vault,
    /// The settings file.
    Settings,
    /// A file that is kept fresh for a person's programs.
    Keep,
    /// This computer's clock.
    Clock,
}

/// Why a step did not succeed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Cause {
    /// No answer came.
    Unreachable {
        /// The host that was asked.
        host: String,
        /// What was seen.
        why: Unreachable,
    },
    /// The service has a passing problem: 408, 429, 5xx or an error of its own that means as much.
    Passing {
        /// The HTTP status.
        status: u16,
        /// How long the service asks to wait.
        retry_after: Option<Duration>,
    },
    /// OAuth's `invalid_grant` and its kin: a person must sign in again.
    SignInExpired {
        /// The `error` value.
        error: String,
    },
    /// OAuth refused the Azure app itself: a setting of it is wrong.
    Setup {
        /// The `error` value.
        error: String,
        /// Which setting, where the answer hints at one that is known.
        mistake: Option<AppMisconfiguration>,
    },
    /// Xbox refused the account.
    Account {
        /// The catalogue's entry.
        xerr: XErr,
        /// Where the service sends the person, when it is an https page of Microsoft's or Xbox's.
        link: Option<Url>,
    },
    /// The service refused the token that the leg was made with; a new one helps.
    InnerToken,
    /// Any other refusal.
    Refused {
        /// The HTTP status.
        status: u16,
    },
    /// The answer was not what the service sends.
    Unreadable(Cow<'static, str>),
    /// Microsoft did not accept what a sign-in brought: an authorization code or a refresh token that is too old or used up.
    NotAccepted,
    /// No refresh token is left to renew with.
    NoRefreshToken,
    /// No app was named, and none was used before.
    NoApp,
    /// Microsoft's page led to an address that is neither a page nor the app's redirect.
    LedAway {
        /// Scheme and host of that address.
        to: String,
    },
    /// A sign-in or a renewal is under way already.
    Busy,
    /// Nobody is signed in, or the account was signed out meanwhile.
    NotSignedIn,
    /// Xbox has not told yet whose account it is.
    Unnamed,
    /// Halo has given no clearance yet.
    NoClearance,
    /// The account is in memory alone, where no other program finds it.
    SessionOnly,
    /// The redirect carried no `state`, or one of another sign-in.
    ForeignState,
    /// The person said no at Microsoft's page, or closed it.
    Cancelled,
    /// Microsoft's page is not drawn for longer than usual, or cannot be loaded.
    PageNotLoaded,
    /// Nothing came back from Microsoft's page: so it ends where the client id or the redirect URI is not registered.
    PageSilent,
    /// Microsoft's page ended with an `error` other than a cancel.
    PageRefused {
        /// The `error` value.
        error: String,
    },
    /// The code for another device was not typed in in time.
    CodeExpired,
    /// The text is no address, or not one at which a sign-in ends.
    NotThePage,
    /// No port of this computer is free for the browser's answer; where the app names one, it is that.
    NoPort {
        /// The port that the app's redirect URI names.
        port: Option<u16>,
    },
    /// The app does not allow the way that was chosen.
    NotThisWay,
    /// The client id is not a GUID.
    NotAGuid,
    /// The redirect URI is none that this program can receive.
    RedirectNotAllowed,
    /// No client id, app or refresh token was found in the text.
    NothingFound,
    /// A refresh token was found, but not through which app it was issued.
    NoClientId,
    /// Pasted text isn't a sign-in.
    Pasted(PastedCause),
    /// Another Xbox account came back than the one that was to sign in again.
    OtherAccount {
        /// Who was expected.
        expected: String,
        /// Who came back.
        came: String,
    },
    /// The key cannot be had.
    Key(KeyCause),
    /// The file that a person chose for the key cannot be used.
    KeyFile {
        /// The file.
        path: PathBuf,
        /// Why.
        why: KeyFileCause,
    },
    /// The program's files belong to another user than the one who runs it.
    OtherOwner {
        /// The file or folder.
        path: PathBuf,
    },
    /// The sealed file cannot be opened or written.
    Vault(VaultCause),
    /// The settings file cannot be used.
    Settings(SettingsCause),
    /// A file that is to be kept fresh cannot be.
    Kept(KeptCause),
    /// This computer's clock is far off.
    ClockOff {
        /// How many seconds it is ahead of the services' time; negative if it is behind.
        ahead: i64,
    },
    /// A service asked not to be asked again for a while.
    AskedToWait {
        /// How much of that time is left.
        left: Duration,
        /// The error with which it asked.
        because: Box<Cause>,
    },
}

/// How a service was out of reach.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Unreachable {
    /// No connection: no network, no such name, nobody listening.
    Connect,
    /// The certificate was not trusted, or TLS failed otherwise.
    Tls,
    /// Nothing came in time.
    TimedOut,
    /// The connection ended in the middle of an answer.
    Broken,
}

/// Why the key cannot be had.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum KeyCause {
    /// The keyring is locked, and nobody asked to unlock it.
    Locked,
    /// The person dismissed the keyring's own question.
    Dismissed,
    /// This system has no keyring, or none that runs.
    NoKeyring,
    /// The keyring did not answer in time.
    Silent,
    /// The keyring works, but the key is not in it.
    Missing,
    /// What the keyring holds is no key.
    Garbled,
    /// The keyring answered with a failure.
    Failed,
}

/// Why the sealed file cannot be opened or written.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum VaultCause {
    /// Its end is missing.
    Truncated,
    /// It is no vault at all.
    Foreign,
    /// A later version of this program wrote it.
    LaterVersion {
        /// The version that it names.
        version: u8,
    },
    /// The key in the keyring does not open it, or its bytes were changed.
    OtherKey,
    /// It opened, but what it holds is not understood.
    Unreadable,
    /// Another process held the lock for too long.
    Busy,
    /// The system refused to read or write it.
    Io {
        /// What kind of refusal.
        #[serde(with = "io_kind")]
        kind: std::io::ErrorKind,
    },
}

/// What an answer's headers say for a diagnosis.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Trail {
    /// The HTTP status.
    pub status: Option<u16>,
    /// Names and values of correlation headers.
    pub ids: Vec<(Cow<'static, str>, String)>,
}

impl Error {
    /// An error without an answer's trail.
    #[must_use]
    pub const fn new(step: Step, cause: Cause) -> Error {
        Error { step, cause, trail: None, ended_sign_in: false }
    }

    /// Returns what helps. Only `invalid_grant` and its kin mean *sign in again* to somebody who is signed in.
    #[must_use]
    pub fn remedy(&self) -> Remedy {
        match self.cause.remedy() {
            Remedy::Retry { .. } | Remedy::TryAgain | Remedy::Unlock if self.ended_sign_in => Remedy::SignIn,
            remedy => remedy,
        }
    }

    /// Returns the same error as what ended a sign-in.
    #[must_use]
    pub fn of_sign_in(self) -> Error {
        let cause = match self.cause {
            // There is no sign-in yet that could have expired.
            Cause::SignInExpired { error } if error == "invalid_grant" => Cause::NotAccepted,
            cause => cause,
        };
        Error { cause, ended_sign_in: true, ..self }
    }

    /// Returns what's wrong with this computer's clock if it is `ahead` of the services' time by more than two minutes, in
    /// either direction.
    #[must_use]
    pub fn of_clock(ahead: SignedDuration) -> Option<Error> {
        let is_off = ahead.abs() > SignedDuration::from_mins(2);
        is_off.then(|| Error::new(Step::Clock, Cause::ClockOff { ahead: ahead.as_secs() }))
    }

    /// Returns the same error with the wait that a service asked for: until then, nothing that a person does helps.
    #[must_use]
    pub fn until(self, left: Duration) -> Error {
        let because = match self.cause {
            Cause::AskedToWait { because, .. } => because,
            cause => Box::new(cause),
        };
        Error { cause: Cause::AskedToWait { left, because }, ..self }
    }

    /// Whether it is no error to anybody: the person cancelled what they asked for.
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

    /// Returns how long the service that refused has asked us to wait, if it said so.
    #[must_use]
    pub fn asked_to_wait(&self) -> Option<Duration> {
        match self.cause.remedy() {
            Remedy::Retry { after } => after,
            _ => None,
        }
    }

    /// Whether time alone may help.
    #[must_use]
    pub fn passes(&self) -> bool {
        matches!(self.cause.remedy(), Remedy::Retry { .. })
    }
}

/// A code that somebody else wrote, fit for a line of a log.
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
            Step::Keep => "kept file",
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

impl From<KeyCause> for Error {
    fn from(cause: KeyCause) -> Error {
        Error::new(Step::Key, Cause::Key(cause))
    }
}

impl From<VaultCause> for Error {
    fn from(cause: VaultCause) -> Error {
        Error::new(Step::Vault, Cause::Vault(cause))
    }
}

impl From<std::io::Error> for VaultCause {
    fn from(error: std::io::Error) -> VaultCause {
        VaultCause::Io { kind: error.kind() }
    }
}

#[cfg(test)]
mod tests;
