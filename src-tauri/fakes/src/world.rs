//! The state that the mock services share.

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

/// The state that every mock service can access.
pub(crate) struct World {
    pub addresses: Addresses,
    /// The certificate revocation list, as DER.
    pub revoked: Vec<u8>,
    pub accounts: Vec<Arc<Account>>,
    pub lives: Lives,
    /// The minimum interval between two device code polls.
    pub poll_interval: Duration,
    /// The round trip to every host.
    pub round_trip: Duration,
    /// Notified when every connection to a host must close.
    pub hang_up: Notify,
    /// Whether the hosts listen.
    pub open: watch::Sender<bool>,
    /// The active clearance.
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

    /// Returns the time according to the services.
    pub fn now(&self) -> Timestamp {
        Timestamp::now() + self.clock_ahead
    }

    pub fn app(&self, client_id: &str) -> Option<&App> {
        self.addresses.apps.iter().find(|app| app.client_id.eq_ignore_ascii_case(client_id))
    }

    pub fn account(&self, email: &str) -> Option<&Arc<Account>> {
        self.accounts.iter().find(|account| account.email == email)
    }

    /// Expires everything that an endpoint has issued, except refresh tokens.
    pub fn expire(&self, endpoint: Endpoint) {
        self.ledger().expire(self.now(), |kind| kind.is_issued_by(endpoint));
    }

    /// Returns a refresh token as if the person had signed in with another program; `None` if the app or the account is
    /// unknown.
    pub fn seed_refresh_token(&self, client_id: &str, email: &str) -> Option<String> {
        let (app, account) = (self.app(client_id)?, self.account(email)?);
        Some(self.ledger().issue_refresh(&app.client_id, account, None))
    }

    /// Records a person's decision about a device's short code. Returns false if no device waits with it, or if the
    /// account doesn't exist.
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
