//! The reference programs, installed once into a separate environment.

use std::{
    ffi::OsStr,
    fs::{self, File},
    path::{Path, PathBuf},
    process::Command,
};

/// The folder of the scripts that use them; the same from every package beside this one.
pub const FOLDER: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../fakes/tests/reference");

const REQUIREMENTS: &str = include_str!("requirements.txt");

/// Returns a Python that has the programs. Fails with what prevented their installation.
pub fn python() -> Result<PathBuf, String> {
    let home = Path::new(env!("CARGO_TARGET_TMPDIR")).join("reference-programs");
    let _alone = File::create(home.with_extension("lock"))
        .and_then(|file| file.lock().map(|()| file))
        .map_err(|error| format!("The lock beside {} cannot be had: {error}.", home.display()))?;
    let python = home.join("bin/python");
    // Written last, so that it marks a complete environment.
    let stamp = home.join("requirements.txt");
    let is_whole = fs::read_to_string(&stamp).is_ok_and(|installed| installed == REQUIREMENTS);
    if !is_whole || !python.exists() {
        run("python3".as_ref(), &["-m", "venv", "--clear"], &home)?;
        let wanted = Path::new(FOLDER).join("requirements.txt");
        let install = ["-m", "pip", "install", "--quiet", "--no-input", "--no-deps", "--requirement"];
        run(python.as_os_str(), &install, &wanted)?;
        fs::write(&stamp, REQUIREMENTS).map_err(|error| format!("{} cannot be written: {error}.", stamp.display()))?;
    }
    Ok(python)
}

fn run(program: &OsStr, words: &[&str], last: &Path) -> Result<(), String> {
    let command = format!("{} {} {}", program.display(), words.join(" "), last.display());
    let output = Command::new(program)
        .args(words)
        .arg(last)
        .output()
        .map_err(|error| format!("`{command}` cannot be started: {error}."))?;
    let printed = [output.stdout, output.stderr].map(|bytes| String::from_utf8_lossy(&bytes).into_owned()).concat();
    if output.status.success() { Ok(()) } else { Err(format!("`{command}` failed:\n{}", printed.trim())) }
}
