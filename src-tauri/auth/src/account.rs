//! An account: a person's Xbox identity, signed in through one Azure app.

#[cfg(feature = "vault")]
mod copies;

use std::{collections::BTreeMap, time::Duration};

use jiff::{SignedDuration, Timestamp};
#[cfg(feature = "vault")]
use secrecy::SecretString;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::{
    azure_app::AzureApp,
    clock::Moment,
    clock_error::ClockError,
    error::Error,
    leg::Leg,
    plain,
    token::{Life, SpartanToken, Tokens},
    wait::Wait,
    way::Way,
};

/// Our own id of an account, from the first moment on: the XUID is known only once the chain has run.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct AccountId(pub Uuid);

/// All that the vault keeps of one account.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Account {
    /// Our own id.
    pub id: AccountId,
    /// The app that issued the refresh token, its secret included: an account renews with no other.
    pub app: AzureApp,
    /// What the person has made of the app since: for their next sign-in, or once Microsoft refuses the other.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub edited: Option<AzureApp>,
    /// How the person signed in.
    #[serde(default)]
    pub way: Way,
    /// The person's own name for it.
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "plain::optional_name")]
    pub name: Option<String>,
    /// Who it is, once the chain has told.
    pub person: Option<Person>,
    /// The tokens of the chain.
    pub tokens: Tokens,
    /// How often they were saved. Shows which of two copies of an account is newer, independent of any clock.
    #[serde(default)]
    pub revision: u64,
    /// The refresh token that the vault still has while a newer one could not be saved. Never written anywhere.
    #[cfg(feature = "vault")]
    #[serde(skip)]
    pub unsaved_over: Option<SecretString>,
    /// What stopped the last renewal, for programs that look without having renewed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub last_error: Option<Error>,
    /// When its chain last ran, successfully or not.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub tried: Option<Moment>,
    /// For how long a service asked not to be asked again.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub wait: Option<Wait>,
    /// How long each leg took when it last ran, in milliseconds.
    #[serde(default)]
    pub leg_ms: BTreeMap<Leg, u64>,
    /// The error of this computer's clock when the services last answered.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub clock_error: Option<ClockError>,
}

/// Who an account is on Xbox.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Person {
    /// The gamertag, if Xbox returned it.
    #[serde(default, deserialize_with = "plain::optional_name")]
    pub gamertag: Option<String>,
    /// The XUID, a decimal number as text: who it is.
    pub xuid: String,
}

/// What the sealed file holds.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Contents {
    /// Every account, in the person's order.
    pub accounts: Vec<Account>,
}

impl Account {
    /// A new account, before the chain has told who it is.
    #[must_use]
    pub fn new(id: AccountId, app: AzureApp, tokens: Tokens) -> Account {
        Account {
            id,
            app,
            edited: None,
            way: Way::default(),
            name: None,
            person: None,
            tokens,
            revision: 0,
            #[cfg(feature = "vault")]
            unsaved_over: None,
            last_error: None,
            tried: None,
            wait: None,
            leg_ms: BTreeMap::new(),
            clock_error: None,
        }
    }

    /// The app through which its person signs in next.
    #[must_use]
    pub fn next_app(&self) -> &AzureApp {
        self.edited.as_ref().unwrap_or(&self.app)
    }

    /// Returns the best estimate of the services' time at `now`; it never makes a token look younger than it is.
    #[must_use]
    pub fn services_time(&self, now: Moment) -> Timestamp {
        self.clock_error.map_or(now.wall, |error| error.services_time(now))
    }

    /// Returns how far the clock is assumed to be ahead of the services' at `now`, in milliseconds.
    #[must_use]
    pub fn clock_error_ms(&self, now: Moment) -> i64 {
        let ahead = now.wall.duration_since(self.services_time(now));
        let is_exact = self.clock_error.is_none_or(|error| error.holds(now));
        // Two clocks that drift apart would be another status each time.
        let shown = if is_exact { ahead } else { SignedDuration::from_secs(ahead.as_secs()) };
        i64::try_from(shown.as_millis()).unwrap_or_default()
    }

    /// Returns how long a service has asked us to wait from `now` on; `None` if none has.
    #[must_use]
    pub fn must_wait(&self, now: Moment) -> Option<Duration> {
        self.wait.map(|wait| wait.left(now)).filter(|left| !left.is_zero())
    }

    /// Adopts what another program or account has measured of this computer's clock.
    #[cfg(feature = "vault")]
    pub(crate) fn learn(&mut self, measured: Option<ClockError>, now: Moment) {
        let known = self.clock_error.into_iter().chain(measured);
        self.clock_error = known.reduce(|known, measured| known.best(measured, now));
    }

    /// Whether a service has refused its Spartan token or its token for Xbox, and it has no new one yet.
    #[must_use]
    pub fn is_refused(&self) -> bool {
        self.tokens.spartan.as_ref().is_some_and(SpartanToken::is_refused)
            || self.tokens.xsts_xbox.as_ref().is_some_and(|xsts| xsts.life.is_refused())
    }

    /// Whether the computer was restarted since its clock's error was measured: what its tokens are worth at `now` is known for
    /// sure only once the services have answered again.
    #[must_use]
    pub fn is_clock_in_doubt(&self, now: Moment) -> bool {
        self.clock_error.is_some_and(|error| error.is_in_doubt(now))
    }

    /// Whether a token with this life is valid at `now`, as far as is known. If the clock is certainly behind, nothing is.
    #[must_use]
    pub fn is_valid(&self, life: Life, now: Moment) -> bool {
        !self.is_clock_behind(now) && life.is_valid(self.services_time(now))
    }

    /// Whether this computer's clock is certainly behind at `now`: only an answer of the services tells what its tokens are
    /// worth.
    #[must_use]
    pub fn is_clock_behind(&self, now: Moment) -> bool {
        self.clock_error.is_some_and(|error| error.is_clock_behind(now))
    }

    /// What to call it: the person's own name for it, or the gamertag.
    #[must_use]
    pub fn called(&self) -> Option<&str> {
        self.name.as_deref().or_else(|| self.gamertag())
    }

    /// The gamertag, once known.
    #[must_use]
    pub fn gamertag(&self) -> Option<&str> {
        self.person.as_ref()?.gamertag.as_deref()
    }

    /// Whether both are known to be of one person.
    #[must_use]
    pub fn is_same_person(&self, other: &Account) -> bool {
        let both = self.person.as_ref().zip(other.person.as_ref());
        both.is_some_and(|(mine, theirs)| mine.xuid == theirs.xuid)
    }

    /// Takes the place of an account of the same person: its id, the person's own name for it, a gamertag that is not
    /// told this time, and the tokens for Halo that have not come yet.
    pub(crate) fn takes_place_of(&mut self, known: &Account) {
        if self.is_same_person(known) {
            // A sign-in that stops at Xbox or Halo for a while leaves what is still valid.
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

    /// When the refresh token was last used or given, by the services' clock.
    fn used_at(&self) -> Option<Timestamp> {
        self.tokens.access.as_ref().map(|access| access.life.issued_at)
    }
}

impl Person {
    /// What to call who it is where there is no name.
    #[must_use]
    pub fn called(&self) -> &str {
        self.gamertag.as_deref().unwrap_or(&self.xuid)
    }
}

impl Contents {
    /// Lets every account know the best measurement of this computer's clock that any of them has.
    #[cfg(feature = "vault")]
    pub fn share_clock_error(&mut self, now: Moment) {
        let known = self.accounts.iter().filter_map(|account| account.clock_error);
        let best = known.reduce(|known, other| known.best(other, now));
        self.accounts.iter_mut().for_each(|account| account.learn(best, now));
    }

    /// Leaves one account to a person: of two, as a crash in a sign-in may leave them, the one that signed in last, under
    /// the other's id and in its place.
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

    /// The account of that id.
    #[must_use]
    pub fn account(&self, id: AccountId) -> Option<&Account> {
        self.accounts.iter().find(|account| account.id == id)
    }

    /// The other account, beside the one of id `but`, that is of the same person.
    #[must_use]
    pub fn same_person(&self, account: &Account, but: AccountId) -> Option<AccountId> {
        let others = self.accounts.iter().filter(|other| other.id != but);
        others.into_iter().find(|other| other.is_same_person(account)).map(|other| other.id)
    }

    /// Puts an account in the place of the one with its id, or at the end.
    pub fn put(&mut self, account: Account) {
        match self.accounts.iter_mut().find(|known| known.id == account.id) {
            Some(known) => *known = account,
            None => self.accounts.push(account),
        }
    }

    /// Moves an account behind the last one of `before` that exists, or to the front. Returns whether the account exists.
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

    /// Takes the account of that id out.
    pub fn remove(&mut self, id: AccountId) {
        self.accounts.retain(|account| account.id != id);
    }

    /// Whether nothing is left to keep.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.accounts.is_empty()
    }
}
