//! Halo's mock services under their real names, and a player who is signed in there.

use std::{
    env,
    io::{self, Write as _},
    path::{Path, PathBuf},
    process::Command,
};

use jiff::Timestamp;
use serde::Deserialize;
use spartan_auth::player::Player;
use spartan_fakes::{CONFIDENTIAL_CLIENT_ID, CONFIDENTIAL_SECRET};

use crate::{bed, command::Spartan, network::Network, programs};

/// The player that Halo identifies by the tokens of [`Halo::player`].
pub const WHO: &str = "aCurtis X89 2533274855333605\n";

const FOLDER: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/formats");

pub struct Halo {
    network: Network,
    /// The command that programs call here.
    pub spartan: Spartan,
    /// Signed in, valid for four hours.
    pub player: Player,
}

/// The result of a program.
#[derive(Debug, Deserialize)]
pub struct Ended {
    pub status: i32,
    pub printed: String,
    pub complained: String,
}

#[derive(Deserialize)]
struct Made {
    token: String,
    clearance: String,
    expires_at: Timestamp,
}

impl Halo {
    /// Sets up all of it; if this machine doesn't allow a separate network, prints a note and returns `None`.
    pub fn open() -> Option<Halo> {
        let opened = Network::open(&stand_ins(), &[] as &[&str]);
        if let Err(refusal) = &opened {
            // Bypasses the test runner, which captures the output of a test that passes.
            let _ = writeln!(io::stderr(), "What is copied was not run: no network of one's own here. {refusal}");
        }
        let network = opened.ok()?;
        let words = [&network.addresses().control, CONFIDENTIAL_CLIENT_ID, CONFIDENTIAL_SECRET, "curtis@example.com"];
        let made: Made = network.python(script("player.py"), &words);
        let player = bed::player(&made.token, &made.clearance, made.expires_at);
        let spartan = Spartan::new();
        spartan.hands_out(&player);
        Some(Halo { network, spartan, player })
    }

    /// Runs a program here, with `spartan` on its path.
    pub fn run(&self, program: &[&str]) -> Ended {
        let authority = self.network.addresses().ca_file.to_str().unwrap();
        let node = format!("NODE_EXTRA_CA_CERTS={authority}");
        let environment = ["env", &self.spartan.path(), &node];
        self.network.python(script("run.py"), &[&environment, program].concat())
    }

    /// Runs a Python program here, with SPNKr.
    pub fn python(&self, program: &str) -> Ended {
        let python = programs::python().unwrap();
        self.run(&[python.to_str().unwrap(), program])
    }
}

/// Returns the path of a script beside this file.
pub fn script(name: &str) -> PathBuf {
    Path::new(FOLDER).join(name)
}

/// Returns the program of the mock services. Tests of the whole workspace build it; if it's missing, it's built now.
fn stand_ins() -> PathBuf {
    let folder = env::current_exe().unwrap().ancestors().nth(2).unwrap().to_owned();
    let program = folder.join("spartan-fakes");
    if !program.exists() {
        let built = Command::new(env!("CARGO")).args(["build", "--locked", "-p", "spartan-fakes"]).status().unwrap();
        assert!(built.success() && program.exists(), "the stand-ins cannot be built");
    }
    program
}
