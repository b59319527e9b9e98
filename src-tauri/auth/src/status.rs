//! What is published: everything shown is a function of the last status. It holds no secret.
//!
//! A problem is an [`Error`] here; whoever shows a status puts it into words, which is what the parameter `P` is for.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use url::Url;
use uuid::Uuid;

use crate::{
    account::{Account, AccountId},
    azure_app::{AzureApp, Platform},
    clock::Moment,
    clock_error::ClockError,
    error::Error,
    leg::Leg,
    run::Run,
    sign_in_method::SignInMethod,
};

/// How things stand with the account.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(tag = "state", rename_all = "snake_case")]
#[allow(clippy::large_enum_variant, reason = "there is one status at a time, and it is mostly the large one")]
pub enum Status<P = Error> {
    /// The vault is being opened.
    Opening,
    /// The vault is being opened because a person asked for it: the keyring may ask its question.
    Unlocking,
    /// The vault or its key cannot be opened; nothing is known of any sign-in.
    Shut {
        /// Why, and what helps.
        problem: P,
    },
    /// Nobody is signed in.
    SignedOut {
        /// Why.
        why: SignedOut<P>,
    },
    /// A person is at Microsoft's page, or the chain runs for the first time.
    SigningIn {
        /// How.
        way: SignInMethod,
        /// How far it is.
        stage: SigningIn<P>,
        /// The chain so far.
        legs: Vec<LegStatus>,
        /// All ways that the app allows, this one among them.
        ways: Vec<SignInMethod>,
        /// The app, as it is to be registered.
        app: AppLine,
        /// The name of the account whose person is to sign in again.
        again: Option<String>,
        /// Where the account will be kept.
        kept: Storage,
    },
    /// Somebody is signed in, with tokens that are good or not.
    SignedIn(SignedIn<P>),
}

/// Why nobody is signed in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum SignedOut<P = Error> {
    /// Nobody was yet.
    Never,
    /// The person cancelled the sign-in.
    Cancelled,
    /// The person signed out.
    ByPerson {
        /// Until when copied tokens work all the same, by the services' clock.
        #[serde(with = "jiff::fmt::serde::timestamp::millisecond::optional")]
        copied_until: Option<Timestamp>,
        /// How far this computer's clock is ahead of the services', in milliseconds.
        clock_error_ms: i64,
    },
    /// The sign-in did not succeed.
    Failed {
        /// Why, and what helps.
        problem: P,
    },
}

/// How far a sign-in is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum SigningIn<P = Error> {
    /// Vault and network are looked at; the keyring may ask its question.
    Preparing,
    /// A person is at Microsoft's page.
    AtPage {
        /// What is told of a page that is not there, or from which nothing has come back for long; it may come all the same.
        problem: Option<Box<P>>,
    },
    /// A person is to type a code in on another device.
    Code {
        /// The code.
        user_code: String,
        /// Where to type it in.
        page: Url,
        /// When it stops working, by the services' clock; a new one comes before.
        #[serde(with = "jiff::fmt::serde::timestamp::millisecond::required")]
        expires_at: Timestamp,
        /// How far this computer's clock is ahead of the services', in milliseconds.
        clock_error_ms: i64,
    },
    /// The chain runs.
    Chain,
}

/// Where an account is kept.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Storage {
    /// In the vault.
    #[default]
    Vault,
    /// In this program's memory: it is gone when the program ends.
    Memory,
}

/// An Azure app, without its secret.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct AppLine {
    /// *Application (client) ID*.
    pub client_id: Uuid,
    /// Where Microsoft sends the code.
    pub redirect_uri: String,
    /// Which of Microsoft's hosts signs in.
    pub platform: Platform,
    /// Whether it has a secret.
    pub has_secret: bool,
}

/// An account that is signed in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct SignedIn<P = Error> {
    /// Our own id of the account.
    pub account: AccountId,
    /// The person's own name for it.
    pub name: Option<String>,
    /// The gamertag, once known.
    pub gamertag: Option<String>,
    /// The XUID, once known.
    pub xuid: Option<String>,
    /// How the person signed in.
    pub way: SignInMethod,
    /// Where it is kept.
    pub kept: Storage,
    /// The app that its person signs in through.
    pub app: AppLine,
    /// How renewing stands.
    pub renewal: Renewal<P>,
    /// What ended the last sign-in beside it, or to it again, without success.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sign_in_problem: Option<Box<P>>,
    /// Why a file of the person's in which its tokens are kept fresh is not fresh.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub keep_problem: Option<Box<P>>,
    /// The chain, in the order of [`Leg::ALL`].
    pub legs: Vec<LegStatus>,
    /// How far this computer's clock is ahead of the services', in milliseconds.
    pub clock_error_ms: i64,
    /// What is told of this computer's clock, where it is so far off that its person should know.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub clock_problem: Option<Box<P>>,
}

/// An account among others: enough to choose it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct AccountLine<P = Error> {
    /// Our own id.
    pub id: AccountId,
    /// The person's own name for it.
    pub name: Option<String>,
    /// The gamertag, once known.
    pub gamertag: Option<String>,
    /// The XUID, once known.
    pub xuid: Option<String>,
    /// How renewing stands.
    pub renewal: Renewal<P>,
    /// When the Spartan token stops working, by the services' clock.
    #[serde(with = "jiff::fmt::serde::timestamp::millisecond::optional")]
    pub expires_at: Option<Timestamp>,
    /// How the person signed in.
    pub way: SignInMethod,
    /// Where it is kept.
    pub kept: Storage,
    /// The app that its person signs in through.
    pub client_id: Uuid,
    /// Whether it is the one that is shown.
    pub is_shown: bool,
    /// Why a file of the person's in which its tokens are kept fresh is not fresh.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub keep_problem: Option<Box<P>>,
}

/// How renewing stands.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Renewal<P = Error> {
    /// All is well.
    Fresh {
        /// When it renews by itself, by the services' clock.
        #[serde(with = "jiff::fmt::serde::timestamp::millisecond::required")]
        renews_at: Timestamp,
    },
    /// It renews now.
    Renewing,
    /// The last renewal met a passing problem.
    Stale {
        /// Which.
        problem: P,
        /// When it tries again by itself, by the services' clock.
        #[serde(with = "jiff::fmt::serde::timestamp::millisecond::required")]
        tries_at: Timestamp,
    },
    /// Only a person can go on.
    NeedsAction {
        /// Why.
        problem: P,
    },
}

/// One hop of the chain.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct LegStatus {
    /// Which.
    pub leg: Leg,
    /// How far it is.
    pub progress: LegProgress,
    /// When its token was issued.
    #[serde(with = "jiff::fmt::serde::timestamp::millisecond::optional")]
    pub issued_at: Option<Timestamp>,
    /// When its token stops working; a clearance has no such time.
    #[serde(with = "jiff::fmt::serde::timestamp::millisecond::optional")]
    pub expires_at: Option<Timestamp>,
    /// A clearance's id, shortened.
    pub note: Option<String>,
}

/// How far a leg is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum LegProgress {
    /// Its turn has not come.
    Waiting,
    /// It was sent.
    Running,
    /// It has an answer.
    Done {
        /// How long that took, in milliseconds, where it is known.
        ms: Option<u64>,
    },
    /// It was refused, or no answer came.
    Failed,
}

impl<P> Status<P> {
    /// Whether somebody is signed in.
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

impl AccountLine {
    /// The line of an account that is in the vault and not shown.
    #[must_use]
    pub fn new(account: &Account, renewal: Renewal) -> AccountLine {
        let person = account.person.as_ref();
        AccountLine {
            id: account.id,
            name: account.name.clone(),
            gamertag: account.gamertag().map(str::to_owned),
            xuid: person.map(|person| person.xuid.clone()),
            renewal,
            expires_at: account.tokens.spartan.as_ref().map(|spartan| spartan.life.expires_at),
            way: account.way,
            kept: Storage::Vault,
            client_id: account.next_app().client_id,
            is_shown: false,
            keep_problem: None,
        }
    }
}

impl SignedIn {
    /// Returns a vault's account as it's shown at `now`; `running` is the progress of a run's legs.
    #[must_use]
    pub fn new(account: &Account, renewal: Renewal, running: &Run, now: Moment) -> SignedIn {
        let person = account.person.as_ref();
        let measured = account.clock_error.filter(|error| error.holds(now)).map(ClockError::ahead);
        SignedIn {
            account: account.id,
            name: account.name.clone(),
            gamertag: account.gamertag().map(str::to_owned),
            xuid: person.map(|person| person.xuid.clone()),
            way: account.way,
            kept: Storage::Vault,
            app: AppLine::from(account.next_app()),
            renewal,
            sign_in_problem: None,
            keep_problem: None,
            legs: running.legs(Some(account)),
            clock_error_ms: account.clock_error_ms(now),
            clock_problem: measured.and_then(Error::of_clock).map(Box::new),
        }
    }
}

impl From<&AzureApp> for AppLine {
    fn from(app: &AzureApp) -> AppLine {
        AppLine {
            client_id: app.client_id,
            redirect_uri: app.redirect_uri.as_str().to_owned(),
            platform: app.platform,
            has_secret: app.secret.is_some(),
        }
    }
}
