//! How long a script waits for a token: `spartan token` beside a Python script that does the same with SPNKr.
//!
//! Both are measured as a script meets them, from the start of the process to its end, against the same stand-ins over a
//! line with a round trip. `cargo xtask bench cli` builds the stand-ins first.
#![cfg(unix)]
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "clippy exempts tests but not their shared functions, which fail by panicking"
)]

mod control;
#[path = "../../tests/command/desktop.rs"]
#[allow(dead_code, reason = "the command's tests, which own this file, use more of it")]
mod desktop;
mod inside;
#[path = "../../../tests/desktop/keyring.rs"]
#[allow(dead_code, reason = "the desktop tests, which own this file, use more of it")]
mod keyring;
#[path = "../../../fakes/tests/reference/network.rs"]
#[allow(dead_code, reason = "the reference programs' tests, which own this file, use more of it")]
mod network;
#[path = "../../../tests/desktop/process.rs"]
#[allow(dead_code, reason = "the desktop tests, which own this file, use more of it")]
mod process;
#[path = "../../../fakes/tests/reference/programs.rs"]
mod programs;
#[path = "../../../tests/desktop/prompter.rs"]
mod prompter;
#[path = "../../tests/command/sealed.rs"]
mod sealed;
#[path = "../../../fakes/tests/reference/stand_ins.rs"]
#[allow(dead_code, reason = "the reference programs' tests, which own this file, use more of it")]
mod stand_ins;
mod table;
#[path = "../../../tests/desktop/wait.rs"]
mod wait;

use std::{
    env,
    path::{Path, PathBuf},
    process::Command,
};

use self::{inside::Measured, network::Network, stand_ins::StandIns};

/// There and back on the line to the services.
const ROUND_TRIP_MS: &str = "50";

fn main() {
    let words: Vec<String> = env::args().skip(1).collect();
    match words.iter().map(String::as_str).collect::<Vec<_>>()[..] {
        // What the lines below start where the stand-ins can be reached, and what that starts on a bus of its own.
        ["inside", addresses, python] => inside::run(addresses, python),
        ["keyring", vault] => inside::time_keyring(Path::new(vault)),
        [.., "--bench"] => println!("{}", table::of(&measured())),
        // Run as a test there is nothing to see.
        _ => {}
    }
}

fn measured() -> Measured {
    let options = ["--round-trip-ms", ROUND_TRIP_MS];
    match Network::open(&stand_ins(), &options) {
        Ok(network) => {
            let python = programs::python().unwrap();
            let addresses = serde_json::to_string(network.addresses()).unwrap();
            network.run(&this(), &["inside", &addresses, python.to_str().unwrap()])
        }
        Err(refusal) => {
            println!("SPNKr is not run: no network of one's own here. {refusal}");
            let stand_ins = StandIns::start(Command::new(stand_ins()).args(options));
            let addresses = serde_json::to_string(&stand_ins.addresses).unwrap();
            let output = Command::new(this()).args(["inside", &addresses, ""]).output().unwrap();
            assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
            serde_json::from_slice(&output.stdout).unwrap()
        }
    }
}

fn this() -> PathBuf {
    env::current_exe().unwrap()
}

/// Cargo puts benches into a folder beside the programs.
fn stand_ins() -> PathBuf {
    let folder = this().parent().and_then(Path::parent).unwrap().to_owned();
    let program = folder.join("spartan-fakes");
    assert!(program.exists(), "the stand-ins are not built; `cargo xtask bench cli` builds them");
    program
}
