//! What the session publishes. Everything shown is a function of the last status, which contains no secret.
//!
//! A problem is an [`Error`] here. The parameter `P` is for whoever shows a status and puts problems into words.

pub mod app_line;
pub mod clock_check;
pub mod leg_status;
pub mod run;
pub mod time_left;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use spartan_auth::{clock::Moment, sign_in_method::SignInMethod};
use spartan_vault::account::{Account, AccountId};
use url::Url;
use uuid::Uuid;

pub use crate::status::{
    app_line::AppLine,
    leg_status::{LegProgress, LegStatus},
};
use crate::{
    error::{Cause, Error},
    status::run::Run,
};

/// Everything that a session publishes, as of one moment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Snapshot {
    /// The status to show.
    pub shown: Status,
    /// Every account in the person's order. The first is the default.
    pub accounts: Vec<AccountLine>,
}

/// The status of a session.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS), ts(concrete(P = Error)))]
#[serde(tag = "state", rename_all = "snake_case")]
#[allow(clippy::large_enum_variant, reason = "there's one status at a time, and it's usually the large one")]
pub enum Status<P = Error> {
    /// The vault is being opened.
    Opening,
    /// The vault is being opened because a person asked for it; the keyring may ask them.
    Unlocking,
    /// The vault or its key can't be opened; nothing is known about any sign-in.
    Shut {
        /// The error.
        problem: P,
    },
    /// Nobody is signed in.
    SignedOut {
        /// The reason.
        why: SignedOut<P>,
    },
    /// A person is at Microsoft's page, or the chain runs for the first time.
    SigningIn {
        /// The way.
        method: SignInMethod,
        /// Its progress.
        stage: SigningIn<P>,
        /// The chain so far.
        legs: Vec<LegStatus>,
        /// All ways that the app allows, including this one.
        methods: Vec<SignInMethod>,
        /// The app, as it must be registered.
        app: AppLine,
        /// The name of the account whose person is to sign in again.
        again: Option<String>,
        /// Where the account will be kept.
        storage: Storage,
    },
    /// Somebody is signed in, with valid tokens or not.
    SignedIn(SignedIn<P>),
}

/// Why nobody is signed in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS), ts(concrete(P = Error)))]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum SignedOut<P = Error> {
    /// Nobody has signed in yet.
    Never,
    /// The person cancelled the sign-in.
    Cancelled,
    /// The person signed out.
    ByPerson {
        /// Until when copied tokens still work, by the services' clock.
        #[serde(with = "jiff::fmt::serde::timestamp::millisecond::optional")]
        #[cfg_attr(feature = "ts", ts(type = "number | null"))]
        copied_until: Option<Timestamp>,
        /// How far this computer's clock is ahead of the services', in milliseconds.
        clock_error_ms: i64,
    },
    /// The sign-in failed.
    Failed {
        /// The error.
        problem: P,
    },
}

/// The progress of a sign-in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS), ts(concrete(P = Error)))]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum SigningIn<P = Error> {
    /// Vault and network are checked; the keyring may ask the person.
    Preparing,
    /// A person is at Microsoft's page.
    AtPage {
        /// The problem of a page that can't be loaded or hasn't redirected for long, although it still may.
        problem: Option<Box<P>>,
    },
    /// A person must enter a code on another device.
    Code {
        /// The code.
        user_code: String,
        /// Where to enter it.
        page: Url,
        /// When it expires, by the services' clock; a new one comes earlier.
        #[serde(with = "jiff::fmt::serde::timestamp::millisecond::required")]
        #[cfg_attr(feature = "ts", ts(type = "number"))]
        expires_at: Timestamp,
        /// How far this computer's clock is ahead of the services', in milliseconds.
        clock_error_ms: i64,
    },
    /// The chain runs.
    Chain,
}

/// Where an account is kept.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
#[serde(rename_all = "snake_case")]
pub enum Storage {
    /// In the vault.
    #[default]
    Vault,
    /// In this program's memory, until the program ends.
    Memory,
}

/// An account that is signed in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS), ts(concrete(P = Error)))]
pub struct SignedIn<P = Error> {
    /// Our own ID of the account.
    pub account: AccountId,
    /// The person's own name for it.
    pub name: Option<String>,
    /// The gamertag, once known.
    pub gamertag: Option<String>,
    /// The XUID, once known.
    pub xuid: Option<String>,
    /// How the person signed in.
    pub method: SignInMethod,
    /// Where it's kept.
    pub storage: Storage,
    /// The app through which its person signs in.
    pub app: AppLine,
    /// The state of its renewals.
    pub renewal: Renewal<P>,
    /// Why the last sign-in, to this account or another, failed.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "ts", ts(optional))]
    pub sign_in_problem: Option<Box<P>>,
    /// Why one of its token files isn't fresh.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "ts", ts(optional))]
    pub keep_problem: Option<Box<P>>,
    /// The chain, in the order of [`Leg::ALL`](spartan_auth::leg::Leg::ALL).
    pub legs: Vec<LegStatus>,
    /// How far this computer's clock is ahead of the services', in milliseconds.
    pub clock_error_ms: i64,
    /// The problem with this computer's clock that a person should know about: it's far off or unconfirmed.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "ts", ts(optional))]
    pub clock_problem: Option<Box<P>>,
}

/// An account in a list: enough to choose it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS), ts(concrete(P = Error)))]
pub struct AccountLine<P = Error> {
    /// Our own ID.
    pub id: AccountId,
    /// The person's own name for it.
    pub name: Option<String>,
    /// The gamertag, once known.
    pub gamertag: Option<String>,
    /// The XUID, once known.
    pub xuid: Option<String>,
    /// The state of its renewals.
    pub renewal: Renewal<P>,
    /// When the Spartan token expires, by the services' clock.
    #[serde(with = "jiff::fmt::serde::timestamp::millisecond::optional")]
    #[cfg_attr(feature = "ts", ts(type = "number | null"))]
    pub expires_at: Option<Timestamp>,
    /// How the person signed in.
    pub method: SignInMethod,
    /// Where it's kept.
    pub storage: Storage,
    /// The app through which its person signs in.
    pub client_id: Uuid,
    /// Whether it's the shown one.
    pub is_shown: bool,
    /// Why one of its token files isn't fresh.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "ts", ts(optional))]
    pub keep_problem: Option<Box<P>>,
    /// How far this computer's clock is ahead of the services', in milliseconds. The page has it from the status.
    #[serde(skip)]
    pub clock_error_ms: i64,
    /// The problem with this computer's clock, as in the account's status. The page has it from there.
    #[serde(skip)]
    pub clock_problem: Option<Box<P>>,
}

/// The state of an account's renewals.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS), ts(concrete(P = Error)))]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Renewal<P = Error> {
    /// Its tokens are valid.
    Fresh {
        /// When it renews by itself, by the services' clock.
        #[serde(with = "jiff::fmt::serde::timestamp::millisecond::required")]
        #[cfg_attr(feature = "ts", ts(type = "number"))]
        renews_at: Timestamp,
    },
    /// It's renewing.
    Renewing,
    /// The last renewal failed with a passing problem.
    Stale {
        /// The problem.
        problem: P,
        /// When it tries again by itself, by the services' clock.
        #[serde(with = "jiff::fmt::serde::timestamp::millisecond::required")]
        #[cfg_attr(feature = "ts", ts(type = "number"))]
        tries_at: Timestamp,
    },
    /// A person must do something.
    NeedsAction {
        /// The reason.
        problem: P,
    },
}

impl<P> Status<P> {
    /// Returns the shown account, if somebody is signed in.
    #[must_use]
    pub const fn signed_in(&self) -> Option<&SignedIn<P>> {
        match self {
            Status::SignedIn(signed_in) => Some(signed_in),
            Status::Opening | Status::Unlocking | Status::Shut { .. } => None,
            Status::SignedOut { .. } | Status::SigningIn { .. } => None,
        }
    }

    /// Returns the problem that the status shows, if there is one.
    #[must_use]
    pub fn problem(&self) -> Option<&P> {
        match self {
            Status::Shut { problem } | Status::SignedOut { why: SignedOut::Failed { problem } } => Some(problem),
            Status::SignedIn(SignedIn { sign_in_problem: Some(problem), .. }) => Some(problem),
            Status::SignedIn(SignedIn {
                renewal: Renewal::Stale { problem, .. } | Renewal::NeedsAction { problem },
                ..
            }) => Some(problem),
            Status::SignedIn(SignedIn { renewal: Renewal::Fresh { .. } | Renewal::Renewing, .. })
            | Status::Opening
            | Status::Unlocking
            | Status::SignedOut { why: SignedOut::Never | SignedOut::Cancelled | SignedOut::ByPerson { .. } }
            | Status::SigningIn { .. } => None,
        }
    }
}

impl Renewal {
    /// Returns the problem with this computer's clock at `now`, as it's shown beside the account. While the account renews,
    /// the services are about to confirm the clock.
    pub(crate) fn clock_problem(&self, account: &Account, now: Moment) -> Option<Box<Error>> {
        let is_near = matches!(self, Renewal::Fresh { .. } | Renewal::Renewing);
        let problem = clock_check::problem(account, now);
        problem.filter(|problem| !is_near || problem.cause != Cause::ClockUnconfirmed).map(Box::new)
    }
}

impl AccountLine {
    /// Returns the line of a vault's account that isn't shown, on a computer whose clock is right.
    #[must_use]
    pub fn new(account: &Account, renewal: Renewal) -> AccountLine {
        let person = account.person.as_ref();
        let spartan = account.tokens.spartan.as_ref().filter(|spartan| !spartan.is_refused());
        AccountLine {
            id: account.id,
            name: account.name.clone(),
            gamertag: account.gamertag().map(str::to_owned),
            xuid: person.map(|person| person.xuid.clone()),
            renewal,
            // A token that a service has refused isn't good until any time.
            expires_at: spartan.map(|spartan| spartan.life.expires_at),
            method: account.method,
            storage: Storage::Vault,
            client_id: account.next_app().client_id,
            is_shown: false,
            keep_problem: None,
            clock_error_ms: 0,
            clock_problem: None,
        }
    }
}

impl SignedIn {
    /// Returns a vault's account as it's shown at `now`; `running` is the progress of a run's legs.
    #[must_use]
    pub fn new(account: &Account, renewal: Renewal, running: &Run, now: Moment) -> SignedIn {
        let person = account.person.as_ref();
        let clock_problem = renewal.clock_problem(account, now);
        SignedIn {
            account: account.id,
            name: account.name.clone(),
            gamertag: account.gamertag().map(str::to_owned),
            xuid: person.map(|person| person.xuid.clone()),
            method: account.method,
            storage: Storage::Vault,
            app: AppLine::from(account.next_app()),
            renewal,
            sign_in_problem: None,
            keep_problem: None,
            legs: running.legs(Some(account)),
            clock_error_ms: account.clock_error_ms(now),
            clock_problem,
        }
    }
}
