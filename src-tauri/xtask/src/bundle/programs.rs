//! Builds both programs as they ship.

use std::{
    env,
    path::{Path, PathBuf},
};

use super::{Edition, Ground, tools};
use crate::process;

/// The built programs.
pub struct Programs {
    /// The tray program.
    pub tray: PathBuf,
    /// The command line program.
    pub spartan: PathBuf,
}

/// Builds both programs; each contains the list of its components.
pub fn build(ground: &Ground) -> Result<Programs, String> {
    let mut cargo = tools::AUDITABLE.command()?;
    cargo.args([
        "auditable",
        "build",
        "--locked",
        "--release",
        "--package",
        "spartan-tray",
        "--package",
        "spartan-cli",
    ]);
    if ground.edition == Edition::Demo {
        cargo.args(["--features", "demo"]);
    }
    if ground.target_is_named {
        cargo.args(["--target", &ground.target]);
    }
    cargo.env("CARGO_TARGET_DIR", &ground.builds).env("SOURCE_DATE_EPOCH", &ground.commit.epoch);
    cargo.env("CARGO_ENCODED_RUSTFLAGS", nameless(ground)?);
    process::run(&mut cargo)?;
    let suffix = if ground.is_for("windows") { ".exe" } else { "" };
    let program = |name: &str| ground.built().join(format!("{name}{suffix}"));
    Ok(Programs { tray: program("spartan-tray"), spartan: program("spartan") })
}

/// Returns flags that remove this machine's folders from the programs, because they would identify the builder and
/// differ elsewhere.
fn nameless(ground: &Ground) -> Result<String, String> {
    let checkout = process::checkout().canonicalize().map_err(|error| format!("The checkout: {error}."))?;
    let home = env::var_os("HOME").or_else(|| env::var_os("USERPROFILE")).map(PathBuf::from).unwrap_or_default();
    let cargo = env::var_os("CARGO_HOME").map_or_else(|| home.join(".cargo"), PathBuf::from);
    // The last match counts, because the builds may be in the checkout.
    let folders = [(checkout, "/spartan-tray"), (cargo, "/cargo"), (ground.builds.clone(), "/builds")];
    let flags: Vec<_> =
        folders.iter().map(|(here, there)| format!("--remap-path-prefix={}={there}", as_written(here))).collect();
    Ok(flags.join("\u{1f}"))
}

/// Returns the path as the compiler writes it: without the prefix that the standard library adds on Windows.
fn as_written(path: &Path) -> String {
    let path = path.display().to_string();
    path.strip_prefix(r"\\?\").map_or(path.clone(), str::to_owned)
}
