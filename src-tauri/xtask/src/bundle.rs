//! `cargo xtask bundle`: everything in a release, in `packages` beside the builds.

mod archive;
mod bundler;
mod check;
mod deb;
mod ground;
mod linux;
mod man;
mod metadata;
mod metainfo;
mod needs;
mod notices;
mod programs;
mod proof;
mod tools;
mod twice;

use crate::{
    order::{Bundle, Consent},
    set_up::{self, Purpose},
};
use ground::Ground;
pub use ground::empty;
use programs::Programs;

/// The edition of a bundle.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Edition {
    /// The program with the real services.
    Release,
    /// The program with the mock services: only for testing a package.
    Demo,
}

/// Builds and packages both programs.
pub fn run(wanted: &Bundle, consent: Consent) -> Result<(), String> {
    set_up::prepare(Purpose::Bundle, consent)?;
    println!("The first build takes a quarter of an hour.");
    let ground = Ground::of(wanted, Edition::Release)?;
    if std::env::var_os("SPARTAN_TRAY_CLIENT_ID").is_none_or(|id| id.is_empty()) {
        println!("No client id: SPARTAN_TRAY_CLIENT_ID is not set, so each person needs an Azure app of their own.");
    }
    pack(&ground, wanted)?;
    println!("\nIn {}:", ground.packages.display());
    for file in proof::files(&ground.packages)? {
        println!("  {file}");
    }
    Ok(())
}

/// Packages everything twice, in two places, and compares the results.
pub fn twice(consent: Consent) -> Result<(), String> {
    set_up::prepare(Purpose::Proof, consent)?;
    twice::may_run()?;
    let wanted = Bundle::default();
    let ground = Ground::of(&wanted, Edition::Release)?;
    pack(&ground, &wanted)?;
    twice::compare(&ground)
}

/// Packages everything, then installs, uses and removes it in a fresh system.
pub fn check(consent: Consent) -> Result<(), String> {
    set_up::prepare(Purpose::Proof, consent)?;
    check::run()
}

/// Writes the licences of everything that one of our packages contains into a file of the checkout.
pub fn notices_beside(file: &str, package: &str) -> Result<(), String> {
    let ground = Ground::of(&Bundle::default(), Edition::Release)?;
    let text = notices::of(&ground, &[package])?;
    std::fs::write(crate::process::checkout().join(file), text).map_err(|error| format!("{file}: {error}."))
}

/// Recreates the folder of packages.
fn pack(ground: &Ground, wanted: &Bundle) -> Result<(), String> {
    ground.empty()?;
    let programs = programs::build(ground)?;
    notices::write(ground)?;
    man::write(ground, &programs)?;
    bundler::run(ground, &programs, wanted)?;
    archive::write(ground, &programs)?;
    proof::components(ground, &programs)?;
    proof::checksums(&ground.packages)
}
