//! `cargo xtask bench`: durations, measured in release builds.

mod desktop;

use crate::{
    order::{Bench, Consent},
    process,
    set_up::{self, Purpose},
};

/// Runs the measurements and prints a table.
pub fn run(bench: Bench, consent: Consent) -> Result<(), String> {
    match bench {
        Bench::Chain => chain(consent),
        Bench::Cli => cli(consent),
        Bench::Desktop(extent) => desktop::run(extent, consent),
    }
}

fn cli(consent: Consent) -> Result<(), String> {
    set_up::prepare(Purpose::Cli, consent)?;
    println!("The first build takes some minutes, the measuring one.");
    process::run(process::cargo().args(["build", "--locked", "--release", "--package", "spartan-fakes"]))?;
    let bench = ["bench", "--locked", "--package", "spartan-cli", "--features", "demo", "--bench", "cli"];
    process::run(process::cargo().args(bench))
}

fn chain(consent: Consent) -> Result<(), String> {
    set_up::prepare(Purpose::Chain, consent)?;
    println!("The first build takes some minutes, the measuring two.");
    process::run(process::cargo().args(["build", "--locked", "--release", "--package", "spartan-fakes"]))?;
    process::run(process::cargo().args(["bench", "--locked", "--package", "spartan-session", "--bench", "chain"]))
}
