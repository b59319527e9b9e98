//! `cargo xtask demo`: the program with the mock services, in separate folders.

use std::{fs, path::PathBuf};

use crate::{
    order::Consent,
    process,
    set_up::{self, Purpose},
    stand_ins::{StandIns, beside_us, built},
};

/// Builds and starts the program and its mock services, and ends the mock services after the program.
pub fn run(consent: Consent) -> Result<(), String> {
    set_up::prepare(Purpose::Build, consent)?;
    println!("The first build takes some minutes.");
    process::run(process::cargo().args(["build", "--locked", "--features", "demo"]).args(PACKAGES))?;

    let home = empty_home()?;
    let stand_ins = StandIns::start()?;
    println!("{}\n\nIts files lie in {} until it ends.", WELCOME, home.display());
    let ended = process::program(built("spartan-tray")?)
        .env("SPARTAN_TRAY_STAND_INS", stand_ins.line())
        .env("SPARTAN_TRAY_HOME", &home)
        .status();
    drop(stand_ins);
    // A process that still uses a file there may keep it; the next demo empties the folder first.
    let _ = fs::remove_dir_all(&home);
    match ended {
        Ok(status) if status.success() => Ok(()),
        Ok(status) => Err(format!("The program stopped with {status}.")),
        Err(error) => Err(format!("The program could not be started: {error}.")),
    }
}

const PACKAGES: [&str; 4] = ["--package", "spartan-tray", "--package", "spartan-fakes"];

const WELCOME: &str = "
Spartan Tray is opening. Everything behind it is played by stand-ins on this machine.

  1. Press Sign in and pick an account on the page that opens.
  2. Watch the chain fill up, then press Copy Spartan token and paste it anywhere.
  3. Sign out when you have seen enough: then nothing stays, not even the demo's own key in your keyring.";

/// Beside the builds and not in the system's temporary folder, so that interrupted demos don't pile up files.
fn empty_home() -> Result<PathBuf, String> {
    let home = beside_us("demo-home")?;
    if home.exists() {
        fs::remove_dir_all(&home).map_err(|error| format!("{} could not be emptied: {error}.", home.display()))?;
    }
    fs::create_dir_all(&home).map_err(|error| format!("{} could not be made: {error}.", home.display()))?;
    Ok(home)
}
