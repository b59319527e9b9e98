//! Programs from crates.io and npm that a bundle is made with: each in one version, outside the checkout, fetched once.

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

/// Builds as cargo does, and writes into each program what it is made of.
pub const AUDITABLE: Tool = Tool { name: "cargo-auditable", version: "0.7.7" };
/// Reads that out again, as a list of components.
pub const COMPONENTS: Tool = Tool { name: "auditable2cdx", version: "0.1.0" };

impl Tool {
    /// The program, installed first where it is not here yet.
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

/// Tauri's bundler. Once it is here it needs no network.
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

/// What lies in the lock file is what is installed, or nothing is.
fn install_from_npm(home: &Path) -> Result<(), String> {
    ground::empty(home)?;
    for file in ["package.json", "package-lock.json"] {
        let text = ground::read(&format!("src-tauri/packaging/tools/{file}"))?;
        fs::write(home.join(file), text).map_err(|error| format!("{file} could not be written: {error}."))?;
    }
    let npm = if cfg!(windows) { "npm.cmd" } else { "npm" };
    process::run(process::program(npm).current_dir(home).args(["ci", "--ignore-scripts", "--no-audit", "--no-fund"]))
}

/// Where what can be fetched again is kept by custom.
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
