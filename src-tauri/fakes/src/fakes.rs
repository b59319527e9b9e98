//! The stand-ins as a test holds them.

use std::{collections::BTreeMap, io, sync::Arc};

use tempfile::TempDir;
use tokio::task::JoinSet;
use tokio_rustls::TlsAcceptor;

use crate::{
    Addresses, Endpoint, Fault, Kind, Pick, Secret, Setup, Times, authority::Authority, control, doors, person,
    serve::accept, site::Site, world::World,
};

/// Running stand-ins; they stop when this is dropped.
pub struct Fakes {
    world: Arc<World>,
    ca_pem: String,
    _tasks: JoinSet<()>,
    _folder: TempDir,
}

impl Fakes {
    /// Starts all stand-ins.
    ///
    /// # Panics
    /// When the machine gives no port, folder or randomness; [`Fakes::try_start`] returns the error instead.
    pub async fn start(setup: Setup) -> Self {
        Self::try_start(setup).await.unwrap_or_else(|error| panic!("the stand-ins cannot start: {error}"))
    }

    /// Starts all stand-ins, or says why that cannot be.
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

    /// Where everything is.
    #[must_use]
    pub fn addresses(&self) -> &Addresses {
        &self.world.addresses
    }

    /// The certificate authority to trust, as PEM.
    #[must_use]
    pub fn ca_pem(&self) -> &str {
        &self.ca_pem
    }

    /// How many requests an endpoint has had.
    #[must_use]
    pub fn count(&self, endpoint: Endpoint) -> u32 {
        self.world.traffic().count(endpoint)
    }

    /// How many requests each endpoint has had; none is left out.
    #[must_use]
    pub fn counts(&self) -> BTreeMap<Endpoint, u32> {
        self.world.traffic().counts()
    }

    /// How many connections the endpoint's host has had, or both of Microsoft's where it is on both. One counts before
    /// its TLS handshake is answered; those to the plain pages of [`Listen::Loopback`](crate::Listen) do not count.
    #[must_use]
    pub fn connections(&self, endpoint: Endpoint) -> u32 {
        sum(&self.world.traffic().connections(), endpoint)
    }

    /// How many requests of any kind came over those connections: also those that are no endpoint's.
    #[must_use]
    pub fn requests(&self, endpoint: Endpoint) -> u32 {
        sum(&self.world.traffic().requests(), endpoint)
    }

    /// Lets an endpoint fail, once the faults that were ordered before are over.
    pub fn fail(&self, endpoint: Endpoint, fault: Fault, times: Times) {
        self.world.traffic().order(endpoint, fault, times);
    }

    /// Takes back every fault of an endpoint.
    pub fn heal(&self, endpoint: Endpoint) {
        self.world.traffic().heal(endpoint);
    }

    /// Ends every open connection to a host, as a service does with those that have long been idle.
    pub fn hang_up(&self) {
        self.world.hang_up.notify_waiters();
    }

    /// Stops listening at every host, and ends what is open there: who comes is refused, as where a network is gone. The
    /// control address stays.
    pub fn close(&self) {
        self.world.open.send_replace(false);
    }

    /// Listens again, at the same addresses.
    pub fn reopen(&self) {
        self.world.open.send_replace(true);
    }

    /// Ends every sign-in: all refresh tokens are refused with `invalid_grant`.
    pub fn revoke(&self) {
        self.world.ledger().revoke();
    }

    /// Ends everything that an endpoint has issued, but for refresh tokens.
    pub fn expire(&self, endpoint: Endpoint) {
        self.world.expire(endpoint);
    }

    /// Every secret that was issued or told so far, oldest first.
    #[must_use]
    pub fn issued(&self) -> Vec<Secret> {
        self.world.ledger().known().to_vec()
    }

    /// The youngest secret of a kind.
    #[must_use]
    pub fn last(&self, kind: Kind) -> Option<String> {
        self.world.ledger().known().iter().rfind(|secret| secret.kind == kind).map(|secret| secret.value.clone())
    }

    /// A refresh token as if the person had signed in with another program; `None` for an unknown app or account.
    #[must_use]
    pub fn seed_refresh_token(&self, client_id: &str, email: &str) -> Option<String> {
        self.world.seed_refresh_token(client_id, email)
    }

    /// Does what a browser and a person would do at an authorize address, without either; gives the address to which
    /// the page redirects, or `None` where it posts, shows an error or is told to fail.
    #[must_use]
    pub fn sign_in(&self, authorize: &str, pick: &Pick) -> Option<String> {
        person::sign_in(&self.world, authorize, pick)
    }

    /// Does what a person would do at the page for a device's code, without a browser; false if no device waits with
    /// this code, or nobody has the account.
    #[must_use]
    pub fn approve(&self, user_code: &str, pick: &Pick) -> bool {
        self.world.decide(user_code, pick)
    }
}

fn sum(by_host: &BTreeMap<&str, u32>, endpoint: Endpoint) -> u32 {
    Site::of(endpoint).iter().map(|site| by_host[site.name()]).sum()
}
