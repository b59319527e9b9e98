//! What is published: everything shown is a function of the last status. It holds no secret.

use jiff::Timestamp;
use serde::Serialize;

use crate::{
    account::{Account, AccountId, Person},
    leg::Leg,
    run::Run,
    trouble::Trouble,
};

/// How things stand with the account.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(tag = "state", rename_all = "snake_case")]
pub enum Status {
    /// The vault is being opened.
    Opening,
    /// The vault or its key cannot be opened; nothing is known of any sign-in.
    Shut {
        /// Why, and what helps.
        trouble: Trouble,
    },
    /// Nobody is signed in.
    SignedOut {
        /// Why.
        why: SignedOut,
    },
    /// A person is at Microsoft's page, or the chain runs for the first time.
    SigningIn {
        /// How.
        way: Way,
        /// How far it is.
        stage: SigningIn,
        /// The chain so far.
        legs: Vec<LegStatus>,
    },
    /// Somebody is signed in, with tokens that are good or not.
    SignedIn(SignedIn),
}

/// Why nobody is signed in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum SignedOut {
    /// Nobody was yet.
    Never,
    /// The person cancelled the sign-in.
    Cancelled,
    /// The person signed out.
    ByPerson {
        /// Until when copied tokens work all the same.
        #[serde(with = "jiff::fmt::serde::timestamp::millisecond::optional")]
        copied_until: Option<Timestamp>,
    },
    /// The sign-in did not succeed.
    Failed {
        /// Why, and what helps.
        trouble: Trouble,
    },
}

/// How far a sign-in is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum SigningIn {
    /// Vault and network are looked at; the keyring may ask its question.
    Preparing,
    /// A person is at Microsoft's page.
    AtPage,
    /// The chain runs.
    Chain,
}

/// How a person signs in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Way {
    /// At Microsoft's page, in a window of this program.
    Window,
    /// With a refresh token that was brought along.
    Import,
}

/// An account that is signed in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct SignedIn {
    /// The gamertag, once known.
    pub gamertag: Option<String>,
    /// The XUID, once known.
    pub xuid: Option<String>,
    /// How renewing stands.
    pub renewal: Renewal,
    /// What ended the last sign-in beside it, or to it again, without success.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sign_in_trouble: Option<Box<Trouble>>,
    /// The chain, in the order of [`Leg::ALL`].
    pub legs: Vec<LegStatus>,
    /// How far this computer's clock is ahead of the services', in milliseconds.
    pub clock_error_ms: i64,
}

/// An account among others: enough to choose it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct AccountLine {
    /// Our own id.
    pub id: AccountId,
    /// The gamertag, once known.
    pub gamertag: Option<String>,
    /// How renewing stands.
    pub renewal: Renewal,
    /// When the Spartan token stops working, by the services' clock.
    #[serde(with = "jiff::fmt::serde::timestamp::millisecond::optional")]
    pub expires_at: Option<Timestamp>,
}

/// How renewing stands.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Renewal {
    /// All is well.
    Fresh {
        /// When it renews by itself, by the services' clock.
        #[serde(with = "jiff::fmt::serde::timestamp::millisecond::required")]
        renews_at: Timestamp,
    },
    /// It renews now.
    Renewing,
    /// The last renewal met a passing trouble.
    Stale {
        /// Which.
        trouble: Trouble,
        /// When it tries again by itself, by the services' clock.
        #[serde(with = "jiff::fmt::serde::timestamp::millisecond::required")]
        tries_at: Timestamp,
    },
    /// Only a person can go on.
    NeedsSignIn {
        /// Why.
        trouble: Trouble,
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

impl Status {
    /// Whether somebody is signed in.
    #[must_use]
    pub const fn signed_in(&self) -> Option<&SignedIn> {
        match self {
            Status::SignedIn(signed_in) => Some(signed_in),
            Status::Opening | Status::Shut { .. } | Status::SignedOut { .. } | Status::SigningIn { .. } => None,
        }
    }

    /// The trouble that the status shows, where it shows one.
    #[must_use]
    pub fn trouble(&self) -> Option<&Trouble> {
        match self {
            Status::Shut { trouble } | Status::SignedOut { why: SignedOut::Failed { trouble } } => Some(trouble),
            Status::SignedIn(SignedIn { sign_in_trouble: Some(trouble), .. }) => Some(trouble),
            Status::SignedIn(SignedIn {
                renewal: Renewal::Stale { trouble, .. } | Renewal::NeedsSignIn { trouble },
                ..
            }) => Some(trouble),
            Status::SignedIn(SignedIn { renewal: Renewal::Fresh { .. } | Renewal::Renewing, .. })
            | Status::Opening
            | Status::SignedOut { why: SignedOut::Never | SignedOut::Cancelled | SignedOut::ByPerson { .. } }
            | Status::SigningIn { .. } => None,
        }
    }
}

impl AccountLine {
    /// The line of an account.
    #[must_use]
    pub fn new(account: &Account, renewal: Renewal) -> AccountLine {
        AccountLine {
            id: account.id,
            gamertag: account.person.as_ref().map(|person| person.gamertag.clone()),
            renewal,
            expires_at: account.tokens.spartan.as_ref().map(|spartan| spartan.life.expires_at),
        }
    }
}

impl SignedIn {
    /// An account as it is shown; `running` says how far the legs of a run are.
    #[must_use]
    pub fn new(account: &Account, renewal: Renewal, running: &Run) -> SignedIn {
        let Person { gamertag, xuid } = match &account.person {
            Some(person) => person.clone(),
            None => return SignedIn::unnamed(account, renewal, running),
        };
        SignedIn { gamertag: Some(gamertag), xuid: Some(xuid), ..SignedIn::unnamed(account, renewal, running) }
    }

    fn unnamed(account: &Account, renewal: Renewal, running: &Run) -> SignedIn {
        SignedIn {
            gamertag: None,
            xuid: None,
            renewal,
            sign_in_trouble: None,
            legs: running.legs(Some(account)),
            clock_error_ms: account.clock_error_ms,
        }
    }
}
