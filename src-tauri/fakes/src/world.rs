//! All that the stand-ins share.

use std::{
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::Duration,
};

use jiff::Timestamp;
use tokio::sync::{Notify, watch};

use crate::{
    Account, Addresses, App, Endpoint, Kind, Lives, Pick, Setup, ledger::Ledger, microsoft::device_code::Decision,
    random, traffic::Traffic,
};

/// What every stand-in can see.
pub(crate) struct World {
    pub addresses: Addresses,
    /// Which certificates are no longer good, as DER.
    pub revoked: Vec<u8>,
    pub accounts: Vec<Arc<Account>>,
    pub lives: Lives,
    /// How long a device must wait between two polls.
    pub poll_interval: Duration,
    /// How long the line to every host is.
    pub round_trip: Duration,
    /// Told when every connection to a host is to end.
    pub hang_up: Notify,
    /// Whether the hosts listen at all.
    pub open: watch::Sender<bool>,
    /// The clearance that is active today.
    pub clearance: String,
    clock_ahead: jiff::SignedDuration,
    ledger: Mutex<Ledger>,
    traffic: Mutex<Traffic>,
}

impl World {
    pub fn new(setup: Setup, addresses: Addresses, revoked: Vec<u8>) -> Self {
        let mut ledger = Ledger::default();
        setup
            .apps
            .iter()
            .flat_map(|app| app.secret.iter().chain(&app.expired_secret))
            .for_each(|s| ledger.learn(Kind::ClientSecret, s));
        Self {
            addresses,
            revoked,
            accounts: setup.accounts.into_iter().map(Arc::new).collect(),
            lives: setup.lives,
            poll_interval: setup.poll_interval,
            round_trip: setup.round_trip,
            hang_up: Notify::new(),
            open: watch::Sender::new(true),
            clearance: random::guid(),
            clock_ahead: setup.clock_ahead,
            ledger: Mutex::new(ledger),
            traffic: Mutex::default(),
        }
    }

    /// The time as the services see it.
    pub fn now(&self) -> Timestamp {
        Timestamp::now() + self.clock_ahead
    }

    pub fn app(&self, client_id: &str) -> Option<&App> {
        self.addresses.apps.iter().find(|app| app.client_id.eq_ignore_ascii_case(client_id))
    }

    pub fn account(&self, email: &str) -> Option<&Arc<Account>> {
        self.accounts.iter().find(|account| account.email == email)
    }

    /// Ends everything that an endpoint has issued, but for refresh tokens.
    pub fn expire(&self, endpoint: Endpoint) {
        self.ledger().expire(self.now(), |kind| kind.is_issued_by(endpoint));
    }

    /// A refresh token as if the person had signed in with another program; none for strangers.
    pub fn seed_refresh_token(&self, client_id: &str, email: &str) -> Option<String> {
        let (app, account) = (self.app(client_id)?, self.account(email)?);
        Some(self.ledger().issue_refresh(&app.client_id, account, None))
    }

    /// What a person decides about a device's short code; false if no device waits with it, or nobody has the account.
    pub fn decide(&self, user_code: &str, pick: &Pick) -> bool {
        let decision = match pick {
            Pick::Account(email) => self.account(email).cloned().map(Decision::Approved),
            Pick::Cancel => Some(Decision::Declined),
        };
        decision.is_some_and(|decision| self.ledger().decide(user_code, self.now(), decision))
    }

    pub fn ledger(&self) -> MutexGuard<'_, Ledger> {
        self.ledger.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub fn traffic(&self) -> MutexGuard<'_, Traffic> {
        self.traffic.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
