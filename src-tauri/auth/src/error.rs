//! Errors: the step that failed, the cause, and the remedy.

mod app_misconfiguration;
mod code;
mod pasted;
mod remedy;
mod unreadable;
mod xerr;

use std::{borrow::Cow, fmt, time::Duration};

use serde::{Deserialize, Serialize};
use url::Url;

pub use self::{
    app_misconfiguration::AppMisconfiguration,
    pasted::{OtherToken, PastedCause, PastedGroup},
    remedy::Remedy,
    unreadable::Unreadable,
    xerr::XErr,
};
use crate::model::leg::Leg;

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
    Unreadable(Unreadable),
    /// No refresh token is available for renewal.
    NoRefreshToken,
    /// The redirect has no `state`, or that of another sign-in.
    ForeignState,
    /// The user declined on Microsoft's page, or closed it.
    Cancelled,
    /// Microsoft's page returned an `error` other than cancellation.
    PageRefused {
        /// The `error` value.
        error: String,
    },
    /// Microsoft's page navigated to an address that is neither a page nor the app's redirect URI.
    LedAway {
        /// Scheme and host of that address.
        to: String,
    },
    /// The device code expired before the user entered it.
    CodeExpired,
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
        Error { step, cause, trail: None }
    }

    /// Returns the remedy. For a signed-in user, only `invalid_grant` and its equivalents mean *sign in again*.
    #[must_use]
    pub fn remedy(&self) -> Remedy {
        self.cause.remedy()
    }

    /// Whether the user cancelled what they asked for, which isn't an error to report.
    #[must_use]
    pub fn is_cancel(&self) -> bool {
        self.cause == Cause::Cancelled
    }

    /// Whether only signing in again helps.
    #[must_use]
    pub fn asks_to_sign_in(&self) -> bool {
        self.remedy() == Remedy::SignIn
    }

    /// Returns the wait that the service asked for, if any.
    #[must_use]
    pub fn asked_to_wait(&self) -> Option<Duration> {
        match self.remedy() {
            Remedy::Retry { after } => after,
            _ => None,
        }
    }

    /// Whether the error may resolve with time alone.
    #[must_use]
    pub fn passes(&self) -> bool {
        matches!(self.remedy(), Remedy::Retry { .. })
    }
}

impl fmt::Display for Step {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Step::App => "Azure app",
            Step::Page => "sign-in page",
            Step::Leg(leg) => leg.name(),
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
