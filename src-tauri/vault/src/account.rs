//! An account: a user's Xbox identity, signed in through one Azure app.

pub mod choice;
mod copies;

use std::{collections::BTreeMap, time::Duration};

use jiff::{SignedDuration, Timestamp};
use secrecy::SecretString;
use serde::{Deserialize, Deserializer, Serialize};
use spartan_auth::{
    azure_app::AzureApp,
    clock::Moment,
    clock_error::ClockError,
    error::Error,
    leg::Leg,
    plain,
    sign_in_method::SignInMethod,
    token::{SpartanToken, Tokens, Validity},
};
use uuid::Uuid;

use crate::wait::Wait;

/// Whoever gets a token with less time left has none by the time that it's used. Clocks are known to a few seconds only.
const TOO_LITTLE: SignedDuration = SignedDuration::from_secs(5);

/// This program's own account ID. It exists from the start, whereas the XUID is known only after the chain has run.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub struct AccountId(pub Uuid);

/// An account as the vault stores it.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Account {
    /// The account ID.
    pub id: AccountId,
    /// The app that the refresh token was issued to, including its secret. No other app can renew the account.
    pub app: AzureApp,
    /// The app as the user has edited it since, for the next sign-in or once Microsoft refuses the other.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub edited: Option<AzureApp>,
    /// The sign-in method.
    #[serde(default, rename = "way")]
    pub method: SignInMethod,
    /// The user's own name for the account.
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "plain::optional_name")]
    pub name: Option<String>,
    /// The Xbox identity, once the chain has returned it.
    pub person: Option<Person>,
    /// The tokens of the chain.
    pub tokens: Tokens,
    /// How often the tokens were saved. Shows which of two copies of an account is newer, independent of any clock.
    #[serde(default)]
    pub revision: u64,
    /// The refresh token in the vault while a newer one couldn't be saved. Never stored.
    #[serde(skip)]
    pub unsaved_over: Option<SecretString>,
    /// The error of the last renewal, for programs that didn't run it themselves.
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "known")]
    pub last_error: Option<Error>,
    /// When the chain last ran, successfully or not.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub tried: Option<Moment>,
    /// The wait that a service asked for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub wait: Option<Wait>,
    /// The duration of each leg's last run, in milliseconds.
    #[serde(default)]
    pub leg_ms: BTreeMap<Leg, u64>,
    /// This computer's clock error at the services' last response.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub clock_error: Option<ClockError>,
}

/// An account's identity on Xbox.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Person {
    /// The gamertag, if Xbox returned it.
    #[serde(default, deserialize_with = "plain::optional_name")]
    pub gamertag: Option<String>,
    /// The XUID, a decimal number as text; it identifies the account.
    pub xuid: String,
}

/// The vault's decrypted contents.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Contents {
    /// The accounts, in the user's order.
    pub accounts: Vec<Account>,
}

/// Reads an error; one that this version doesn't know is forgotten.
fn known<'de, D: Deserializer<'de>>(from: D) -> Result<Option<Error>, D::Error> {
    let value = serde_json::Value::deserialize(from)?;
    Ok(serde_json::from_value(value).ok())
}

impl Account {
    /// Returns a new account whose identity isn't known yet.
    #[must_use]
    pub fn new(id: AccountId, app: AzureApp, tokens: Tokens) -> Account {
        Account {
            id,
            app,
            edited: None,
            method: SignInMethod::default(),
            name: None,
            person: None,
            tokens,
            revision: 0,
            unsaved_over: None,
            last_error: None,
            tried: None,
            wait: None,
            leg_ms: BTreeMap::new(),
            clock_error: None,
        }
    }

    /// The app for the account's next sign-in.
    #[must_use]
    pub fn next_app(&self) -> &AzureApp {
        self.edited.as_ref().unwrap_or(&self.app)
    }

    /// Returns the best estimate of the services' time at `now`. It never makes a token look younger than it is.
    #[must_use]
    pub fn services_time(&self, now: Moment) -> Timestamp {
        self.clock_error.map_or(now.wall, |error| error.services_time(now))
    }

    /// Returns by how much the clock is assumed to be ahead of the services' at `now`, in milliseconds.
    #[must_use]
    pub fn clock_error_ms(&self, now: Moment) -> i64 {
        let ahead = now.wall.duration_since(self.services_time(now));
        let is_exact = self.clock_error.is_none_or(|error| error.holds(now));
        // Otherwise, two clocks that drift apart would change the status each time.
        let shown = if is_exact { ahead } else { SignedDuration::from_secs(ahead.as_secs()) };
        i64::try_from(shown.as_millis()).unwrap_or_default()
    }

    /// Returns the remaining wait at `now` that a service asked for; `None` if none did.
    #[must_use]
    pub fn must_wait(&self, now: Moment) -> Option<Duration> {
        self.wait.map(|wait| wait.left(now)).filter(|left| !left.is_zero())
    }

    /// Adopts another program's or account's measurement of this computer's clock error, if it's better.
    pub fn learn(&mut self, measured: Option<ClockError>, now: Moment) {
        let known = self.clock_error.into_iter().chain(measured);
        self.clock_error = known.reduce(|known, measured| known.best(measured, now));
    }

    /// Whether a service has refused the account's Spartan or Xbox token, and there's no new one yet.
    #[must_use]
    pub fn is_refused(&self) -> bool {
        self.tokens.spartan.as_ref().is_some_and(SpartanToken::is_refused)
            || self.tokens.xsts_xbox.as_ref().is_some_and(|xsts| xsts.life.is_refused())
    }

    /// Whether the computer was restarted after its clock error was measured. If so, token lifetimes at `now` are
    /// uncertain until the services respond again.
    #[must_use]
    pub fn is_clock_in_doubt(&self, now: Moment) -> bool {
        self.clock_error.is_some_and(|error| error.is_in_doubt(now))
    }

    /// Whether a token with this lifetime is valid at `now` and stays so long enough to be used, as far as is known;
    /// `false` if the clock is certainly behind.
    #[must_use]
    pub fn is_valid(&self, life: Validity, now: Moment) -> bool {
        !self.is_clock_behind(now) && life.left(self.services_time(now)) > TOO_LITTLE
    }

    /// Whether this computer's clock is certainly behind at `now`. If so, only a response from the services can show
    /// whether a token is valid.
    #[must_use]
    pub fn is_clock_behind(&self, now: Moment) -> bool {
        self.clock_error.is_some_and(|error| error.is_clock_behind(now))
    }

    /// The display name: the user's own name for the account, or the gamertag.
    #[must_use]
    pub fn called(&self) -> Option<&str> {
        self.name.as_deref().or_else(|| self.gamertag())
    }

    /// The gamertag, once known.
    #[must_use]
    pub fn gamertag(&self) -> Option<&str> {
        self.person.as_ref()?.gamertag.as_deref()
    }

    /// Whether both are known to be the same Xbox account.
    #[must_use]
    pub fn is_same_person(&self, other: &Account) -> bool {
        let both = self.person.as_ref().zip(other.person.as_ref());
        both.is_some_and(|(mine, theirs)| mine.xuid == theirs.xuid)
    }

    /// Replaces another entry of the same Xbox account: takes over its ID, the user's own name for it, its gamertag if
    /// Xbox didn't return one this time, and its Halo tokens if they haven't been renewed yet.
    pub fn takes_place_of(&mut self, known: &Account) {
        if self.is_same_person(known) {
            // A sign-in that's held up at Xbox or Halo keeps the tokens that are still valid.
            let (here, known) = (&mut self.tokens, &known.tokens);
            here.xsts_halo = here.xsts_halo.take().or_else(|| known.xsts_halo.clone());
            here.spartan = here.spartan.take().or_else(|| known.spartan.clone());
            here.clearance = here.clearance.take().or_else(|| known.clearance.clone());
        }
        self.id = known.id;
        self.revision = self.revision.max(known.revision) + 1;
        self.name = self.name.take().or_else(|| known.name.clone());
        if let Some(person) = &mut self.person {
            person.gamertag = person.gamertag.take().or_else(|| known.gamertag().map(str::to_owned));
        }
    }

    /// Returns when the refresh token was last used or issued, by the services' clock.
    fn used_at(&self) -> Option<Timestamp> {
        self.tokens.access.as_ref().map(|access| access.life.issued_at)
    }
}

impl Person {
    /// The display name if the user hasn't chosen one.
    #[must_use]
    pub fn called(&self) -> &str {
        self.gamertag.as_deref().unwrap_or(&self.xuid)
    }
}

impl Contents {
    /// Sets every account's clock error to the best measurement of this computer's clock error that any of them has.
    pub fn share_clock_error(&mut self, now: Moment) {
        let known = self.accounts.iter().filter_map(|account| account.clock_error);
        let best = known.reduce(|known, other| known.best(other, now));
        self.accounts.iter_mut().for_each(|account| account.learn(best, now));
    }

    /// Merges entries of the same Xbox account, such as a crash during a sign-in can leave. The entry that signed in
    /// last replaces the other, under the other's ID and in its position.
    pub fn merge(&mut self) {
        let mut merged: Vec<Account> = Vec::new();
        for account in std::mem::take(&mut self.accounts) {
            match merged.iter_mut().find(|known| known.is_same_person(&account)) {
                Some(known) if account.used_at() > known.used_at() => {
                    let mut account = account;
                    account.takes_place_of(known);
                    *known = account;
                }
                Some(_) => {}
                None => merged.push(account),
            }
        }
        self.accounts = merged;
    }

    /// Returns the account with this ID.
    #[must_use]
    pub fn account(&self, id: AccountId) -> Option<&Account> {
        self.accounts.iter().find(|account| account.id == id)
    }

    /// Returns the ID of another entry, not `but`, of the same Xbox account.
    #[must_use]
    pub fn same_person(&self, account: &Account, but: AccountId) -> Option<AccountId> {
        let others = self.accounts.iter().filter(|other| other.id != but);
        others.into_iter().find(|other| other.is_same_person(account)).map(|other| other.id)
    }

    /// Replaces the account with the same ID, or appends the account.
    pub fn put(&mut self, account: Account) {
        match self.accounts.iter_mut().find(|known| known.id == account.id) {
            Some(known) => *known = account,
            None => self.accounts.push(account),
        }
    }

    /// Moves an account behind the last account of `before` that exists, or to the front. Returns whether the account
    /// exists.
    pub fn move_behind(&mut self, id: AccountId, before: &[AccountId]) -> bool {
        let Some(at) = self.place(id) else { return false };
        let account = self.accounts.remove(at);
        let place = before.iter().rev().find_map(|before| self.place(*before)).map_or(0, |before| before + 1);
        self.accounts.insert(place, account);
        true
    }

    fn place(&self, id: AccountId) -> Option<usize> {
        self.accounts.iter().position(|account| account.id == id)
    }

    /// Removes the account with this ID.
    pub fn remove(&mut self, id: AccountId) {
        self.accounts.retain(|account| account.id != id);
    }

    /// Whether there are no accounts.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.accounts.is_empty()
    }
}
