//! `cargo xtask windows`: builds both programs for Windows, and tests them under Wine.

use std::{fs, path::Path};

use super::{
    crates,
    folder::Folder,
    install, journey,
    plan::{self, Step},
    program::{self, Subsystem},
    tally,
    visit::{CHECKOUT, Visit},
    wine::{self, Wine},
};
use crate::{
    order::Consent,
    process,
    set_up::Purpose,
    stand_ins::{self, StandIns},
};

/// Debian's packages that build for Windows and emulate it.
const NEEDS: &[&str] = &["rustc", "cargo", "rust-src", "rust-clippy", "gcc-mingw-w64-x86-64-posix", "wine"];

/// Builds both programs, runs the tests that can run there, and takes a user's journey with the command line.
pub fn run(consent: Consent) -> Result<(), String> {
    let folder = Folder::ready(Purpose::Windows, consent)?;
    install::missing(&folder, NEEDS)?;
    let registry = crates::fetch(&folder)?;
    process::run(process::cargo().args(["build", "--locked", "--package", "spartan-fakes"]))?;
    let stand_ins = StandIns::start()?;
    let authority = stand_ins::text(stand_ins.line(), "ca_file").map(Path::new).and_then(Path::parent);
    let authority = authority.ok_or("The stand-ins do not say whom to trust.")?;
    let visit = Visit::open(&folder, &[(&registry, crates::THERE), (authority, "/stand-ins")])?;
    let wine = Wine::new(&visit);

    let mut closing = Vec::new();
    take(&visit, &plan::WINDOWS_COMMAND, &mut closing)?;
    wine.start_afresh()?;
    let passed = journey::go(&wine, &stand_ins)?;
    take(&visit, &plan::WINDOWS_TESTS, &mut closing)?;
    take(&visit, &plan::WINDOWS_TRAY, &mut closing)?;
    take(&visit, &plan::WINDOWS_LINTS, &mut closing)?;

    let consoles = consoles(&folder)?;
    println!("\n=== Summary");
    for line in consoles.iter().chain(&closing) {
        println!("{line}");
    }
    println!("The person's way, under Windows: {passed} steps passed, 0 failed.");
    Ok(())
}

fn take(visit: &Visit, step: &Step, closing: &mut Vec<String>) -> Result<(), String> {
    println!("\n=== {}", step.headline);
    let environment = [plan::ENVIRONMENT, wine::ENVIRONMENT].concat();
    let mut cargo = visit.command(CHECKOUT, &environment, "cargo");
    tally::run(cargo.args(step.words()), closing).map_err(|words| format!("{words}\nFailed at: {}.", step.headline))
}

/// Returns what was built, with its size and whether it has a console. Fails if one has the wrong kind.
fn consoles(folder: &Folder) -> Result<Vec<String>, String> {
    PROGRAMS.iter().map(|(name, wanted)| console(folder, name, *wanted)).collect()
}

fn console(folder: &Folder, name: &str, wanted: Subsystem) -> Result<String, String> {
    let file = folder.root().join(plan::WINDOWS_PROGRAMS).join(name);
    let bytes = fs::read(&file).map_err(|error| format!("{} cannot be read: {error}.", file.display()))?;
    let says = match program::subsystem(&bytes) {
        Some(Subsystem::Windows) => "no console",
        Some(Subsystem::Console) => "a console",
        None => "no header of a Windows program",
    };
    let line = format!("Built: {} MB, with {says}: {}", bytes.len() / 1_000_000, file.display());
    if program::subsystem(&bytes) == Some(wanted) { Ok(line) } else { Err(line) }
}

const PROGRAMS: &[(&str, Subsystem)] = &[("spartan-tray.exe", Subsystem::Windows), ("spartan.exe", Subsystem::Console)];
