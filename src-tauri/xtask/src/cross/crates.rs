//! The crates that the builds use: downloaded by this machine's own cargo, into its own registry, and mounted
//! read-only.

use std::{env, path::PathBuf};

use super::folder::Folder;
use crate::process;

/// Where they're mounted.
pub const THERE: &str = "/cargo/registry";

/// The standard library's own manifest, in the folder's Debian.
const STANDARD_LIBRARY: &str = "usr/lib/rustlib/src/rust/library/Cargo.toml";

/// Downloads what is missing, for every system, and returns the registry.
pub fn fetch(folder: &Folder) -> Result<PathBuf, String> {
    process::run(process::cargo().args(["fetch", "--locked"]))?;
    let mut fetch = process::cargo();
    fetch.args(["fetch", "--locked", "--manifest-path"]).arg(folder.root().join(STANDARD_LIBRARY));
    // Its manifest uses unstable features.
    process::run(fetch.env("RUSTC_BOOTSTRAP", "1"))?;
    let at = |name| env::var_os(name).map(PathBuf::from);
    let home = at("CARGO_HOME").or_else(|| at("HOME").map(|home| home.join(".cargo")));
    Ok(home.ok_or("HOME is not set.")?.join("registry"))
}
