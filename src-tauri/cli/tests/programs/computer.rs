//! A separate computer on the mock services' network: a home with a sign-in, and everything on the search path.

use std::{
    env, fs,
    io::{self, Write as _},
    path::{Path, PathBuf},
    process::Command,
};

use serde::Deserialize;
use serde_json::{Value, json};
use spartan_fakes::{CONFIDENTIAL_CLIENT_ID, CONFIDENTIAL_SECRET};
use tempfile::TempDir;

use crate::{network::Network, programs};

/// Scripts that other tests use as well.
const SCRIPTS: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../session/tests/formats");

pub struct Computer {
    network: Network,
    home: TempDir,
    python: PathBuf,
}

/// The result of a shell line.
#[derive(Debug, Deserialize)]
pub struct Ended {
    pub status: i32,
    pub printed: String,
    pub complained: String,
}

impl Computer {
    /// Returns a computer with a sign-in; if this machine doesn't allow a separate network, prints a note and returns
    /// `None`.
    pub fn open() -> Option<Computer> {
        Computer::open_with(&[])
    }

    /// Returns a computer whose mock services have these options.
    pub fn open_with(options: &[&str]) -> Option<Computer> {
        let opened = Network::open(&stand_ins(), options);
        if let Err(refusal) = &opened {
            // Bypasses the test runner, which captures the output of a test that passes.
            let _ = writeln!(io::stderr(), "No program was run: no network of one's own here. {refusal}");
        }
        let computer =
            Computer { network: opened.ok()?, home: TempDir::new().unwrap(), python: programs::python().unwrap() };
        let seeded =
            computer.control("/seed", &json!({ "client_id": CONFIDENTIAL_CLIENT_ID, "account": "curtis@example.com" }));
        let refresh = seeded["refresh_token"].as_str().unwrap();
        let lines = format!(
            "SPNKR_CLIENT_ID={CONFIDENTIAL_CLIENT_ID}\nSPNKR_CLIENT_SECRET={CONFIDENTIAL_SECRET}\nSPNKR_REFRESH_TOKEN={refresh}\n"
        );
        fs::write(computer.home.path().join("lines"), lines).unwrap();
        let ended =
            computer.run("spartan vault init --key-file \"$HOME/keys/spartan\" && spartan import < lines && rm lines");
        assert_eq!(ended.status, 0, "{ended:?}");
        Some(computer)
    }

    /// Runs a shell line in the home folder. `python` has SPNKr; `$CALLS` is a program that calls Halo with it;
    /// `$CONTROL` is the control address of the mock services.
    pub fn run(&self, line: &str) -> Ended {
        let path = |folder: &Path| folder.display().to_string();
        let folders = [path(folder_of(env!("CARGO_BIN_EXE_spartan"))), path(self.python.parent().unwrap())];
        let addresses = serde_json::to_string(self.network.addresses()).unwrap();
        let authority = path(&self.network.addresses().ca_file);
        let environment = [
            format!("PATH={}:{}", folders.join(":"), env::var("PATH").unwrap()),
            format!("HOME={}", path(self.home.path())),
            format!("SPARTAN_TRAY_STAND_INS={addresses}"),
            format!("NODE_EXTRA_CA_CERTS={authority}"),
            format!("CALLS={SCRIPTS}/spnkr_env.py"),
            format!("CONTROL={}", self.network.addresses().control),
        ];
        let words: Vec<&str> = ["env"].into_iter().chain(environment.iter().map(String::as_str)).collect();
        let line = format!("cd && {line}");
        self.network.python(Path::new(SCRIPTS).join("run.py"), &[&words[..], &["sh", "-c", &line]].concat())
    }

    /// Writes a file in the home folder.
    pub fn write(&self, name: &str, text: &str) {
        fs::write(self.home.path().join(name), text).unwrap();
    }

    /// Reads a file in the home folder.
    pub fn read(&self, name: &str) -> String {
        fs::read_to_string(self.home.path().join(name)).unwrap()
    }

    /// Sends the mock services a control request.
    fn control(&self, path: &str, order: &Value) -> Value {
        let to = format!("{}{path}", self.network.addresses().control);
        self.network.python(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/programs/order.py"), &[&to, &order.to_string()])
    }
}

fn folder_of(program: &str) -> &Path {
    Path::new(program).parent().unwrap()
}

/// Returns the program of the mock services. Tests of the whole workspace build it; if it's missing, it's built now.
fn stand_ins() -> PathBuf {
    let program = folder_of(env!("CARGO_BIN_EXE_spartan")).join("spartan-fakes");
    if !program.exists() {
        let built = Command::new(env!("CARGO")).args(["build", "--locked", "-p", "spartan-fakes"]).status().unwrap();
        assert!(built.success() && program.exists(), "the stand-ins cannot be built");
    }
    program
}
