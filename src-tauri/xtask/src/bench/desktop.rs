//! `cargo xtask bench desktop`: the program's resource usage, compared to a bare one with the same plugins.

use std::{
    env,
    path::{Path, PathBuf},
};

use crate::{
    order::{Consent, Extent},
    process,
    set_up::{self, Purpose},
};

/// Builds both programs as they ship, plus the symbols that show what they consist of, and measures them.
pub fn run(extent: Extent, consent: Consent) -> Result<(), String> {
    set_up::prepare(Purpose::Desktop, consent)?;
    let minutes = match extent {
        Extent::Sample => "ten",
        Extent::Full => "fifty",
    };
    println!("The first build takes a quarter of an hour, the measuring {minutes} minutes.");
    let ours = build("spartan-tray", &["--features", "demo"])?;
    let bare = build("bare", &[])?;
    let mut measure = process::cargo();
    measure.args(["run", "--locked", "--package", "bench-desktop", "--"]).args([ours, bare]);
    match extent {
        Extent::Sample => process::run(&mut measure),
        Extent::Full => process::run(measure.arg("--full")),
    }
}

/// Builds each program separately: built together, both would have the features of either.
fn build(name: &str, features: &[&str]) -> Result<PathBuf, String> {
    let mut cargo = process::cargo();
    cargo.args(["rustc", "--locked", "--release", "--package", name, "--bin", name]).args(features);
    // The measurements use a copy without them.
    process::run(cargo.args(["--", "-C", "strip=none"]))?;
    // This program itself was built without optimization, in the neighboring folder.
    let here = env::current_exe().map_err(|error| format!("This program cannot find itself: {error}."))?;
    let builds = here.parent().and_then(Path::parent).ok_or("This program lies in no folder of builds.")?;
    Ok(builds.join("release").join(name))
}
