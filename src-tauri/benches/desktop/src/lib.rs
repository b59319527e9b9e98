//! The program beside a bare one with the same plugins: each in turn, in one desktop, in one run.
#![cfg(target_os = "linux")]
#![allow(
    clippy::expect_used,
    clippy::missing_panics_doc,
    clippy::must_use_candidate,
    reason = "only tests use this desktop, and it fails by panicking with the reason"
)]

#[path = "../../../tests/desktop/desktop.rs"]
pub mod desktop;
#[path = "../../../tests/desktop/keyring.rs"]
pub mod keyring;
#[path = "../../../tests/desktop/keys.rs"]
pub mod keys;
mod numbers;
mod parts;
mod picture;
#[path = "../../../tests/desktop/process.rs"]
pub mod process;
mod program;
#[path = "../../../tests/desktop/prompter.rs"]
pub mod prompter;
mod report;
mod rounds;
mod scale;
mod screen;
#[path = "../../../tests/desktop/tray.rs"]
pub mod tray;
mod usage;
#[path = "../../../tests/desktop/wait.rs"]
pub mod wait;
mod wear;

use std::{error::Error, path::PathBuf, process::ExitCode};

use spartan_fakes::{Fakes, Setup};

use crate::{
    program::{Kind, Stage},
    rounds::Rounds,
    scale::Scale,
    screen::Screen,
    tray::Host,
};

/// Measures the program and the bare one and prints a table. The words: both executables with their symbols, ours
/// first, then perhaps `--full`.
pub async fn run(words: impl Iterator<Item = String>) -> ExitCode {
    match measure(words.collect()).await {
        Ok(report) => {
            println!("{report}");
            ExitCode::SUCCESS
        }
        Err(error) => {
            eprintln!("{error}");
            ExitCode::FAILURE
        }
    }
}

async fn measure(words: Vec<String>) -> Result<String, Box<dyn Error>> {
    let (ours, bare, scale) = match &words.iter().map(String::as_str).collect::<Vec<_>>()[..] {
        [ours, bare] => (PathBuf::from(ours), PathBuf::from(bare), Scale::SHORT),
        [ours, bare, "--full"] => (PathBuf::from(ours), PathBuf::from(bare), Scale::FULL),
        _ => return Err("`cargo xtask bench desktop` knows what to measure.".into()),
    };
    let desktop = keyring::start_desktop().await;
    let fakes = Fakes::start(Setup::default()).await;
    let host = Host::start(&desktop).await;
    let stage = Stage {
        desktop: &desktop,
        fakes: &fakes,
        host: &host,
        screen: Screen::of(&desktop)?,
        ours: parts::stripped(&desktop, &ours, "spartan-tray")?,
        bare: parts::stripped(&desktop, &bare, "bare")?,
    };
    stage.sign_in().await?;

    let mut rounds = Rounds::default();
    for round in 1..=scale.rounds {
        for kind in [Kind::Ours, Kind::Bare] {
            eprintln!("round {round} of {}: {}", scale.rounds, kind.name());
            rounds.add(&stage, kind).await?;
        }
    }
    for kind in [Kind::Ours, Kind::Bare] {
        eprintln!("{} min hidden: {}", scale.hidden.as_secs() / 60, kind.name());
        rounds.idle(&stage, kind, scale.hidden).await?;
    }
    eprintln!("{} renewals and {} openings", scale.renewals, scale.openings);
    let wear = wear::measure(&stage, &scale).await?;
    report::write(&scale, &rounds, &wear, &parts::of(&stage, &ours)?)
}
