//! All that the stand-ins share.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use jiff::Timestamp;

use crate::{Account, App, Endpoint, Kind, Lives, Setup, ledger::Ledger, random, traffic::Traffic};

/// What every stand-in can see.
pub(crate) struct World {
    pub apps: Vec<App>,
    pub accounts: Vec<Arc<Account>>,
    pub lives: Lives,
    /// The clearance that is active today.
    pub clearance: String,
    clock_ahead: jiff::SignedDuration,
    ledger: Mutex<Ledger>,
    traffic: Mutex<Traffic>,
}

impl World {
    pub fn new(setup: Setup) -> Self {
        let mut ledger = Ledger::default();
        setup.apps.iter().filter_map(|app| app.secret.as_deref()).for_each(|s| ledger.learn(Kind::ClientSecret, s));
        Self {
            apps: setup.apps,
            accounts: setup.accounts.into_iter().map(Arc::new).collect(),
            lives: setup.lives,
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
        self.apps.iter().find(|app| app.client_id.eq_ignore_ascii_case(client_id))
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

    pub fn ledger(&self) -> MutexGuard<'_, Ledger> {
        self.ledger.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub fn traffic(&self) -> MutexGuard<'_, Traffic> {
        self.traffic.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
