//! `cargo xtask run`: the release build with the real services.

use crate::{
    order::Consent,
    process,
    set_up::{self, Purpose},
};

/// Builds and starts the program; returns when it has exited.
pub fn run(consent: Consent) -> Result<(), String> {
    set_up::prepare(Purpose::Build, consent)?;
    println!("The first build takes some minutes.");
    process::run(process::cargo().args(["run", "--locked", "--release", "--package", "spartan-tray"]))
}
