//! The network of a test, and what the mock services on it report.

use std::{
    collections::BTreeMap,
    io::{self, Write as _},
    path::Path,
};

use spartan_fakes::{Endpoint, Kind, Secret};

use crate::network::Network;

/// Returns a network for a test; if this machine doesn't allow one, prints a note and returns `None`.
pub fn network(options: &[&str]) -> Option<Network> {
    let opened = Network::open(Path::new(env!("CARGO_BIN_EXE_spartan-fakes")), options);
    if let Err(refusal) = &opened {
        // Bypasses the test runner, which captures the output of a test that passes.
        let _ = writeln!(io::stderr(), "The reference programs were not run: no network of one's own here. {refusal}");
    }
    opened.ok()
}

impl Network {
    /// Returns the endpoints that received requests, and how many.
    pub fn counts(&self) -> BTreeMap<Endpoint, u32> {
        let mut counts: BTreeMap<_, _> = self.python("fetch.py", &[&format!("{}/counts", self.addresses().control)]);
        counts.retain(|_, count| *count > 0);
        counts
    }

    /// Returns every secret so far.
    pub fn issued(&self) -> Issued {
        Issued(self.python("fetch.py", &[&format!("{}/issued", self.addresses().control)]))
    }
}

/// The secrets that the mock services issued or received.
pub struct Issued(Vec<Secret>);

impl Issued {
    /// Returns the secrets of a kind, oldest first.
    pub fn of(&self, kind: Kind) -> Vec<&str> {
        self.0.iter().filter(|secret| secret.kind == kind).map(|secret| secret.value.as_str()).collect()
    }
}
