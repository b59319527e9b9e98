//! The crates that the builds take: fetched by this machine's own cargo, into its own registry, and shown read-only.

use std::{env, path::PathBuf};

use super::folder::Folder;
use crate::process;

/// Where they are shown.
pub const THERE: &str = "/cargo/registry";

/// The standard library's own list, in the folder's Debian.
const STANDARD_LIBRARY: &str = "usr/lib/rustlib/src/rust/library/Cargo.toml";

/// Fetches what is missing, for every system; the registry that has it.
pub fn fetch(folder: &Folder) -> Result<PathBuf, String> {
    process::run(process::cargo().args(["fetch", "--locked"]))?;
    let mut fetch = process::cargo();
    fetch.args(["fetch", "--locked", "--manifest-path"]).arg(folder.root().join(STANDARD_LIBRARY));
    // Its list asks for what is not stable yet.
    process::run(fetch.env("RUSTC_BOOTSTRAP", "1"))?;
    let at = |name| env::var_os(name).map(PathBuf::from);
    let home = at("CARGO_HOME").or_else(|| at("HOME").map(|home| home.join(".cargo")));
    Ok(home.ok_or("HOME is not set.")?.join("registry"))
}
