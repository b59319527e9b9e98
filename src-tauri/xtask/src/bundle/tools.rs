//! Programs from crates.io and npm that build a bundle: each has a fixed version, is outside the checkout, and is
//! downloaded once.

use std::{
    env, fs,
    path::{Path, PathBuf},
    process::Command,
};

use super::ground;
use crate::process;

/// A program that cargo installs.
pub struct Tool {
    name: &'static str,
    version: &'static str,
}

/// Builds like cargo, and embeds the list of components in each program.
pub const AUDITABLE: Tool = Tool { name: "cargo-auditable", version: "0.7.7" };
/// Reads that list from a program.
pub const COMPONENTS: Tool = Tool { name: "auditable2cdx", version: "0.1.0" };

impl Tool {
    /// Returns the program, after installing it if it's missing.
    pub fn command(&self) -> Result<Command, String> {
        let root = folder().join(format!("{}-{}", self.name, self.version));
        let program = root.join("bin").join(format!("{}{}", self.name, env::consts::EXE_SUFFIX));
        if !program.exists() {
            let named = format!("{}@{}", self.name, self.version);
            process::run(process::cargo().args(["install", "--locked", &named, "--root"]).arg(&root))?;
        }
        Ok(process::program(program))
    }
}

/// Returns Tauri's bundler. Once it's installed, it needs no network.
pub fn tauri() -> Result<Command, String> {
    let lock = ground::read("src-tauri/packaging/tools/package-lock.json")?;
    let home = folder().join("npm");
    let installed = home.join("installed.json");
    if !fs::read_to_string(&installed).is_ok_and(|of| of == lock) {
        install_from_npm(&home)?;
        fs::write(&installed, lock)
            .map_err(|error| format!("{} could not be written: {error}.", installed.display()))?;
    }
    let mut node = process::program("node");
    node.arg(home.join("node_modules/@tauri-apps/cli/tauri.js"));
    Ok(node)
}

/// Installs exactly what the lock file specifies, or fails.
fn install_from_npm(home: &Path) -> Result<(), String> {
    ground::empty(home)?;
    for file in ["package.json", "package-lock.json"] {
        let text = ground::read(&format!("src-tauri/packaging/tools/{file}"))?;
        fs::write(home.join(file), text).map_err(|error| format!("{file} could not be written: {error}."))?;
    }
    let npm = if cfg!(windows) { "npm.cmd" } else { "npm" };
    process::run(process::program(npm).current_dir(home).args(["ci", "--ignore-scripts", "--no-audit", "--no-fund"]))
}

/// Returns the standard folder for files that can be downloaded again.
fn folder() -> PathBuf {
    let at = |name: &str| env::var_os(name).filter(|path| !path.is_empty()).map(PathBuf::from);
    let home = || at("HOME").unwrap_or_default();
    let caches = match env::consts::OS {
        "windows" => at("LOCALAPPDATA").unwrap_or_default(),
        "macos" => home().join("Library/Caches"),
        _ => at("XDG_CACHE_HOME").unwrap_or_else(|| home().join(".cache")),
    };
    caches.join("spartan-tray/tools")
}
