//! A signed-in program that renews continuously, in a separate process.

use std::{io, path::PathBuf, process::Child, sync::Arc, time::Duration};

use jiff::{SignedDuration, Timestamp};
use rustls::pki_types::{CertificateDer, pem::PemObject};
use serde::{Deserialize, Serialize};
use spartan_auth::{
    clock::{Clock, SystemClock},
    endpoints::Endpoints,
    http::{Http, Timeouts},
    services::Services,
};
use spartan_fakes::{Addresses, Fakes};
use spartan_messages::browser_page;
use spartan_session::{
    session::{Parts, Session},
    status::{Renewal, SignedIn, Status},
};
use spartan_vault::fs::files::RealFiles;

use crate::{
    again::{again, told},
    home::{Home, paths, vault},
    timeless::Timeless,
};

/// The running program. It's also killed when this value is dropped, so that no failed test leaves it running.
pub struct Program {
    process: Child,
}

impl Program {
    pub fn start(home: &Home, fakes: &Fakes) -> Program {
        let told = Told { home: home.path().into(), addresses: fakes.addresses().clone() };
        let mut program = again("program::the_program_that_renews", &told);
        // Reading the system's own hundred authorities would take longer than a renewal.
        program.env("SSL_CERT_FILE", &fakes.addresses().ca_file).env_remove("SSL_CERT_DIR");
        Program { process: program.spawn().unwrap() }
    }

    /// Checks that it hasn't exited, which it does if anything is wrong with its sign-in.
    pub fn is_well(&mut self) {
        if let Some(status) = self.process.try_wait().unwrap() {
            let told = io::read_to_string(self.process.stdout.take().unwrap()).unwrap();
            panic!("{status}: {told}");
        }
    }

    /// Ends it at once without notice: by SIGKILL, on systems with signals.
    pub fn kill(&mut self) {
        self.process.kill().unwrap();
        self.process.wait().unwrap();
    }
}

impl Drop for Program {
    fn drop(&mut self) {
        self.kill();
    }
}

/// Returns the mock services for use in a program.
pub fn services(addresses: &Addresses) -> Services {
    let authority = CertificateDer::from_pem_file(&addresses.ca_file).unwrap();
    let endpoints: Endpoints = serde_json::from_value(serde_json::to_value(addresses).unwrap()).unwrap();
    Services::new(endpoints, Http::new("test/1.0", Timeouts::default(), vec![authority]))
}

#[derive(Serialize, Deserialize)]
struct Told {
    home: PathBuf,
    addresses: Addresses,
}

/// A clock so far ahead that every token is about to expire, including user tokens: each renewal runs each leg, and the
/// next one is due.
struct Ahead(SystemClock);

impl Clock for Ahead {
    fn now(&self) -> Timestamp {
        self.0.now() + SignedDuration::from_hours(15 * 24)
    }

    fn elapsed(&self) -> Duration {
        self.0.elapsed()
    }

    fn boot(&self) -> Option<uuid::Uuid> {
        None
    }

    async fn sleep(&self, time: Duration) {
        self.0.sleep(time).await;
    }
}

#[tokio::test]
#[ignore = "the process that is killed"]
async fn the_program_that_renews() {
    let Some(Told { home, addresses }) = told() else { return };
    let session = Session::start(Parts {
        issuer: Timeless(services(&addresses)),
        clock: Ahead(SystemClock::default()),
        vault: vault(&home, Arc::new(RealFiles)),
        paths: paths(&home),
        browser_page,
    });
    let mut snapshot = session.snapshot();
    let trouble = snapshot.wait_for(|snapshot| !is_well(&snapshot.shown)).await.unwrap();
    panic!("{:?}", trouble.shown);
}

fn is_well(status: &Status) -> bool {
    let well = |signed_in: &SignedIn| matches!(signed_in.renewal, Renewal::Fresh { .. } | Renewal::Renewing);
    *status == Status::Opening || status.signed_in().is_some_and(well)
}
