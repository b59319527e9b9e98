//! `cargo xtask wheel`: the command line program for Python users, as a wheel that contains it.

use std::{
    env,
    path::{Path, PathBuf},
};

use crate::{
    bundle,
    order::{Consent, Wheel},
    process,
    set_up::{self, Purpose},
};

/// The build tools with fixed versions; the second replaces a compiler of an older Linux.
const TOOLS: [&str; 2] = ["maturin==1.16.0", "ziglang==0.17.1"];

/// Builds the wheel; a check also installs it in an empty environment and runs the installed program.
pub fn run(wheel: &Wheel, consent: Consent) -> Result<(), String> {
    set_up::prepare(Purpose::Wheel, consent)?;
    let folder = folder()?;
    let tools = environment(&folder.join("tools"))?;
    let needed = match wheel {
        Wheel::Release(options) if options.iter().any(|option| option == "--zig") => &TOOLS[..],
        Wheel::Release(_) | Wheel::Check => &TOOLS[..1],
    };
    process::run(process::program(tools.join("python")).args(["-m", "pip", "install", "--quiet"]).args(needed))?;
    bundle::notices_beside("src-tauri/cli/LICENSE-THIRD-PARTY", "spartan-cli")?;
    let wheels = folder.join("wheels");
    bundle::empty(&wheels)?;
    let mut maturin = process::program(tools.join("maturin"));
    // It looks for its tools on the path.
    let path = env::var_os("PATH").unwrap_or_default();
    let path =
        env::join_paths([tools].into_iter().chain(env::split_paths(&path))).map_err(|error| error.to_string())?;
    maturin.env("PATH", path);
    maturin.args(["build", "--locked", "--manifest-path", "src-tauri/cli/Cargo.toml", "--out"]).arg(&wheels);
    match wheel {
        Wheel::Release(options) => process::run(maturin.arg("--release").args(options)),
        // This tests the packaging, not the speed.
        Wheel::Check => process::run(maturin.args(["--profile", "dev"])).and_then(|()| try_out(&folder, &wheels)),
    }
}

fn try_out(folder: &Path, wheels: &Path) -> Result<(), String> {
    let person = environment(&folder.join("person"))?;
    let mut pip = process::program(person.join("python"));
    pip.args(["-m", "pip", "install", "--quiet", "--no-index", "--find-links"]).arg(wheels).arg("spartan-cli");
    process::run(&mut pip)?;
    let said = process::output(process::program(person.join("spartan")).arg("--version"))?;
    println!("{}", said.trim());
    let version = env!("CARGO_PKG_VERSION");
    if said.trim() == format!("spartan {version}") {
        Ok(())
    } else {
        Err(format!("It should have said that it is spartan {version}."))
    }
}

/// Creates a fresh Python environment, and returns the folder of its programs.
fn environment(folder: &Path) -> Result<PathBuf, String> {
    let python = if cfg!(windows) { "python" } else { "python3" };
    process::run(process::program(python).args(["-m", "venv", "--clear"]).arg(folder))?;
    Ok(folder.join(if cfg!(windows) { "Scripts" } else { "bin" }))
}

/// Beside the builds: this program itself is in the folder of the unoptimized ones.
fn folder() -> Result<PathBuf, String> {
    let here = env::current_exe().map_err(|error| format!("This program cannot find itself: {error}."))?;
    let builds = here.parent().and_then(Path::parent).ok_or("This program lies in no folder of builds.")?;
    Ok(builds.join("wheel"))
}
