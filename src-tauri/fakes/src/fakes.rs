//! The mock services as a test uses them.

use std::{collections::BTreeMap, io, sync::Arc};

use tempfile::TempDir;
use tokio::task::JoinSet;
use tokio_rustls::TlsAcceptor;

use crate::{
    Addresses, Endpoint, Fault, Kind, Pick, Secret, Setup, Times, authority::Authority, control, doors, person,
    serve::accept, site::Site, world::World,
};

/// Running mock services; they stop when this value is dropped.
pub struct Fakes {
    world: Arc<World>,
    ca_pem: String,
    _tasks: JoinSet<()>,
    _folder: TempDir,
}

impl Fakes {
    /// Starts all mock services.
    ///
    /// # Panics
    /// If the machine provides no port, folder or randomness; [`Fakes::try_start`] returns the error instead.
    pub async fn start(setup: Setup) -> Self {
        Self::try_start(setup).await.unwrap_or_else(|error| panic!("the stand-ins cannot start: {error}"))
    }

    /// Starts all mock services. Fails if the machine provides no port, folder or randomness.
    pub async fn try_start(setup: Setup) -> io::Result<Self> {
        let names = ["127.0.0.1", "localhost"].into_iter().chain(Site::ALL.map(Site::name)).map(Into::into);
        let control = doors::open_control().await?;
        let authority = Authority::new(names.collect(), format!("{}{}", control.1, control::REVOKED))?;
        let folder = tempfile::Builder::new().prefix("spartan-fakes-").tempdir()?;
        let ca_file = folder.path().join("ca.pem");
        std::fs::write(&ca_file, &authority.pem)?;

        let (doors, origins) = doors::open_all(control, setup.listen, &TlsAcceptor::from(authority.tls)).await?;
        let addresses = Addresses::new(&origins, ca_file, setup.apps.clone());
        let world = Arc::new(World::new(setup, addresses, authority.revoked));
        let mut tasks = JoinSet::new();
        for (listener, door) in doors.0 {
            tasks.spawn(accept(listener, door, world.clone()));
        }
        Ok(Self { world, ca_pem: authority.pem, _tasks: tasks, _folder: folder })
    }

    /// Returns the address of every service.
    #[must_use]
    pub fn addresses(&self) -> &Addresses {
        &self.world.addresses
    }

    /// Returns the certificate authority to trust, as PEM.
    #[must_use]
    pub fn ca_pem(&self) -> &str {
        &self.ca_pem
    }

    /// Returns the number of requests that an endpoint has received.
    #[must_use]
    pub fn count(&self, endpoint: Endpoint) -> u32 {
        self.world.traffic().count(endpoint)
    }

    /// Returns the number of requests that each endpoint has received, including zeros.
    #[must_use]
    pub fn counts(&self) -> BTreeMap<Endpoint, u32> {
        self.world.traffic().counts()
    }

    /// Returns the number of connections to the endpoint's host, or to both of Microsoft's hosts if the endpoint is on
    /// both. A connection counts before its TLS handshake is answered; connections to the plain pages of
    /// [`Listen::Loopback`](crate::Listen) don't count.
    #[must_use]
    pub fn connections(&self, endpoint: Endpoint) -> u32 {
        sum(&self.world.traffic().connections(), endpoint)
    }

    /// Returns the number of all requests over those connections, including requests that belong to no endpoint.
    #[must_use]
    pub fn requests(&self, endpoint: Endpoint) -> u32 {
        sum(&self.world.traffic().requests(), endpoint)
    }

    /// Makes an endpoint fail, after the faults that were ordered earlier.
    pub fn fail(&self, endpoint: Endpoint, fault: Fault, times: Times) {
        self.world.traffic().order(endpoint, fault, times);
    }

    /// Removes every fault of an endpoint.
    pub fn heal(&self, endpoint: Endpoint) {
        self.world.traffic().heal(endpoint);
    }

    /// Closes every open connection to a host, as a service does with connections that have long been idle.
    pub fn hang_up(&self) {
        self.world.hang_up.notify_waiters();
    }

    /// Stops listening on every host and closes its connections: clients are refused, as if the network were down. The
    /// control address stays available.
    pub fn close(&self) {
        self.world.open.send_replace(false);
    }

    /// Listens again, on the same addresses.
    pub fn reopen(&self) {
        self.world.open.send_replace(true);
    }

    /// Revokes every sign-in: all refresh tokens are refused with `invalid_grant`.
    pub fn revoke(&self) {
        self.world.ledger().revoke();
    }

    /// Expires everything that an endpoint has issued, except refresh tokens.
    pub fn expire(&self, endpoint: Endpoint) {
        self.world.expire(endpoint);
    }

    /// Returns every secret that was issued or received so far, oldest first.
    #[must_use]
    pub fn issued(&self) -> Vec<Secret> {
        self.world.ledger().known().to_vec()
    }

    /// Returns the newest secret of a kind.
    #[must_use]
    pub fn last(&self, kind: Kind) -> Option<String> {
        self.world.ledger().known().iter().rfind(|secret| secret.kind == kind).map(|secret| secret.value.clone())
    }

    /// Returns a refresh token as if the person had signed in with another program; `None` if the app or the account is
    /// unknown.
    #[must_use]
    pub fn seed_refresh_token(&self, client_id: &str, email: &str) -> Option<String> {
        self.world.seed_refresh_token(client_id, email)
    }

    /// Does what a person does with a browser at an authorize URL, without either. Returns the URL to which the page
    /// redirects, or `None` if it posts a form, shows an error or fails on request.
    #[must_use]
    pub fn sign_in(&self, authorize: &str, pick: &Pick) -> Option<String> {
        person::sign_in(&self.world, authorize, pick)
    }

    /// Approves or declines a device code as a person does on its page, without a browser. Returns false if no device
    /// waits with this code, or if the account doesn't exist.
    #[must_use]
    pub fn approve(&self, user_code: &str, pick: &Pick) -> bool {
        self.world.decide(user_code, pick)
    }
}

fn sum(by_host: &BTreeMap<&str, u32>, endpoint: Endpoint) -> u32 {
    Site::of(endpoint).iter().map(|site| by_host[site.name()]).sum()
}
