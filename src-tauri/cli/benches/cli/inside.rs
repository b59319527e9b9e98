//! The measuring, where the stand-ins can be reached.

use std::{
    env, fs,
    path::Path,
    process::{Command, Output, Stdio},
    time::Instant,
};

use serde::{Deserialize, Serialize};
use spartan_auth::jiff::SignedDuration;
use spartan_fakes::{Addresses, CONFIDENTIAL_CLIENT_ID, CONFIDENTIAL_SECRET, PUBLIC_CLIENT_ID};
use spartan_vault::{
    keyring::{Interaction, Keyring},
    vault::sealed as sealing,
};
use tokio::runtime::Runtime;

use crate::{control::Control, keyring, sealed};

/// How often each is measured.
pub const ROUNDS: usize = 15;
/// How many ask at once.
pub const AT_ONCE: usize = 50;
const ACCOUNT: &str = "curtis@example.com";

/// Milliseconds, round by round.
#[derive(Debug, Serialize, Deserialize)]
pub struct Measured {
    /// `spartan token` with a token that is good.
    pub valid: Vec<f64>,
    /// Of that, the keyring: connecting to it and reading the key, alone in a process.
    pub keyring: Vec<f64>,
    /// `spartan token` with one that has expired.
    pub expired: Vec<f64>,
    /// The Python script; nothing where no network of one's own is allowed.
    pub spnkr: Vec<f64>,
    /// All who ask at once for one that has expired, from the first start to the last end.
    pub at_once: f64,
    /// The requests that these made together.
    pub requests: u32,
}

/// Measures, and prints the numbers.
pub fn run(addresses: &str, python: &str) {
    let measured = Runtime::new().unwrap().block_on(measure(addresses, python));
    println!("{}", serde_json::to_string(&measured).unwrap());
}

/// Prints how long the keyring takes to give a vault's key to a process that asks it for the first time.
pub fn time_keyring(vault: &Path) {
    let id = sealing::vault_id(&fs::read(vault).unwrap()).unwrap();
    let runtime = Runtime::new().unwrap();
    let keyring = Keyring::of_system_unattended("app.spartantray.demo");
    let began = Instant::now();
    runtime.block_on(keyring.key(id, Interaction::Forbidden)).unwrap();
    println!("{}", since(began));
}

async fn measure(addresses: &str, python: &str) -> Measured {
    let desktop = keyring::start_desktop().await;
    let told: Addresses = serde_json::from_str(addresses).unwrap();
    let control = Control::new(&told.control);
    let spartan = |words: &[&str]| {
        let mut command = desktop.command(env!("CARGO_BIN_EXE_spartan"));
        command.args(words).env("SPARTAN_TRAY_STAND_INS", addresses);
        command
    };
    let lines =
        format!("CLIENT_ID={PUBLIC_CLIENT_ID}\nREFRESH_TOKEN={}\n", control.refresh_token(PUBLIC_CLIENT_ID, ACCOUNT));
    fs::write(desktop.path("lines"), lines).unwrap();
    done(spartan(&["import"]).stdin(fs::File::open(desktop.path("lines")).unwrap()));

    let token = || timed(&mut spartan(&["token"]));
    let vault = desktop.vault().display().to_string();
    let this = env::current_exe().unwrap().display().to_string();
    let (mut valid, mut keyring, mut expired, mut spnkr) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
    // The first ones warm up whatever the system keeps in memory.
    for round in 0..=ROUNDS {
        let took = (token(), done(desktop.command(&this).args(["keyring", &vault])).trim().parse().unwrap());
        if round > 0 {
            valid.push(took.0);
            keyring.push(took.1);
        }
    }
    let expire = || sealed::let_spartan_tokens_have(&desktop, -SignedDuration::from_mins(1));
    let refresh = control.refresh_token(CONFIDENTIAL_CLIENT_ID, ACCOUNT);
    for round in 0..=ROUNDS {
        expire();
        let ours = token();
        let theirs = (!python.is_empty()).then(|| {
            let script = concat!(env!("CARGO_MANIFEST_DIR"), "/benches/cli/spnkr_token.py");
            let mut command = Command::new(python);
            command.args([script, CONFIDENTIAL_CLIENT_ID, CONFIDENTIAL_SECRET]).env("REFRESH_TOKEN", &refresh);
            timed(&mut command)
        });
        if round > 0 {
            expired.push(ours);
            spnkr.extend(theirs);
        }
    }
    expire();
    let before = control.requests();
    let began = Instant::now();
    let start = |_| spartan(&["token"]).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    let all: Vec<_> = (0..AT_ONCE).map(start).collect();
    for one in all {
        good(&one.wait_with_output().unwrap());
    }
    let at_once = since(began);
    Measured { valid, keyring, expired, spnkr, at_once, requests: control.requests() - before }
}

fn timed(command: &mut Command) -> f64 {
    let began = Instant::now();
    let output = command.stdin(Stdio::null()).output().unwrap();
    let took = since(began);
    good(&output);
    took
}

fn good(output: &Output) {
    let printed = String::from_utf8_lossy(&output.stdout);
    assert!(printed.starts_with("v4="), "{printed}{}", String::from_utf8_lossy(&output.stderr));
}

fn done(command: &mut Command) -> String {
    let output = command.output().unwrap();
    assert!(output.status.success(), "{command:?}: {}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}

fn since(began: Instant) -> f64 {
    began.elapsed().as_secs_f64() * 1000.0
}
