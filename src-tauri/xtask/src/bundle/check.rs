//! `cargo xtask bundle --check`: installs the packages in a fresh Debian, uses them there, and removes them again.

mod contents;
mod desktop_tests;
mod root;
mod rules;
mod use_it;

use std::fs;

use super::{Edition, Ground, deb, ground, pack};
use crate::{order::Bundle, process};
use root::Root;

/// The Debian to set up: the oldest version that the program supports.
pub const DEBIAN: (&str, &str) = ("12", "bookworm");

/// Packages the program with the mock services, because only they allow a sign-in here, and tests it.
pub fn run() -> Result<(), String> {
    may_run()?;
    let wanted = Bundle::default();
    let ground = Ground::of(&wanted, Edition::Demo)?;
    pack(&ground, &wanted)?;
    let package = deb::in_folder(&ground.packages)?;
    let unpacked = contents::unpack(&ground, &package)?;
    step("What Debian, the desktops and the software centres ask of a package");
    rules::check(&ground, &package, &unpacked)?;
    step("The .rpm holds the same");
    contents::compare(&ground, &unpacked)?;
    step("What the programs are made of can be read out of them");
    contents::check_components(&ground)?;
    let tests = desktop_tests::build(&ground)?;
    step("A fresh Debian");
    let root = Root::make(&ground.builds.join("root"))?;
    use_it::install(&root, &package)?;
    step("In use");
    use_it::run(&root, &tests)?;
    let kept = use_it::keep_something(&root)?;
    step("Removed");
    use_it::remove(&root, &kept)?;
    println!("\nThe packages install, run, and go without a trace.");
    Ok(())
}

fn step(what: &str) {
    println!("\n=== {what}");
}

/// Setting up a system in a folder requires root, and builds for a newer system don't start in it.
fn may_run() -> Result<(), String> {
    if process::output(process::program("id").arg("-u"))?.trim() != "0" {
        return Err("This sets up a whole system in a folder, which only root may do.".to_owned());
    }
    let release = fs::read_to_string("/etc/os-release").unwrap_or_default();
    let (number, name) = DEBIAN;
    if release.contains("ID=debian") && release.contains(&format!("VERSION_ID=\"{number}\"")) {
        Ok(())
    } else {
        Err(format!(
            "The package is tried on Debian {number} ({name}), and has to be built on it: what a later system builds needs a later system."
        ))
    }
}
