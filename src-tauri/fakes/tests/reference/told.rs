//! The network of a test, and what the stand-ins on it tell.

use std::{
    collections::BTreeMap,
    io::{self, Write as _},
    path::Path,
};

use spartan_fakes::{Endpoint, Kind, Secret};

use crate::network::Network;

/// A network for a test, or `None` and a word about it where this machine allows none.
pub fn network(options: &[&str]) -> Option<Network> {
    let opened = Network::open(Path::new(env!("CARGO_BIN_EXE_spartan-fakes")), options);
    if let Err(refusal) = &opened {
        // Past the test runner, which would keep the words of a test that passes to itself.
        let _ = writeln!(io::stderr(), "The reference programs were not run: no network of one's own here. {refusal}");
    }
    opened.ok()
}

impl Network {
    /// The endpoints that had requests, and how many.
    pub fn counts(&self) -> BTreeMap<Endpoint, u32> {
        let mut counts: BTreeMap<_, _> = self.python("fetch.py", &[&format!("{}/counts", self.addresses().control)]);
        counts.retain(|_, count| *count > 0);
        counts
    }

    /// Every secret so far.
    pub fn issued(&self) -> Issued {
        Issued(self.python("fetch.py", &[&format!("{}/issued", self.addresses().control)]))
    }
}

/// What the stand-ins have issued and were told.
pub struct Issued(Vec<Secret>);

impl Issued {
    /// The secrets of a kind, oldest first.
    pub fn of(&self, kind: Kind) -> Vec<&str> {
        self.0.iter().filter(|secret| secret.kind == kind).map(|secret| secret.value.as_str()).collect()
    }
}
