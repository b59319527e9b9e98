//! `spartan` alone, for users without the window: one archive with its man page, completions and licences.

use std::{
    env, fs,
    path::{Path, PathBuf},
    process::Command,
};

use super::{Ground, Programs, ground, man, notices};
use crate::process;

/// Writes the archive into the folder of packages.
pub fn write(ground: &Ground, programs: &Programs) -> Result<(), String> {
    let name = format!("spartan-{}-{}", ground.version, ground.target);
    let folder = ground.stage.join(&name);
    ground::empty(&folder)?;
    let pages = man::pages(ground)?;
    let others = man::SHELLS.map(|(_, file)| file).into_iter().chain([notices::NAME]);
    let staged = pages.iter().map(String::as_str).chain(others).map(|file| ground.stage.join(file));
    let ours = ["LICENSE-MIT", "LICENSE-APACHE"].map(|file| process::checkout().join(file));
    for file in [programs.spartan.clone()].into_iter().chain(staged).chain(ours) {
        copy_into(&folder, &file)?;
    }
    let end = if ground.is_for("windows") { "zip" } else { "tar.gz" };
    let archive = ground.packages.join(format!("{name}.{end}"));
    process::run(tar(ground).current_dir(&ground.stage).arg(archive).arg(&name))
}

/// Returns the archiver's command, up to the archive's name. GNU tar sets the same time and owner for every file.
fn tar(ground: &Ground) -> Command {
    if ground.is_for("linux") {
        let at = format!("--mtime=@{}", ground.commit.epoch);
        let mut tar = process::program("tar");
        tar.args(["--sort=name", &at, "--owner=0", "--group=0", "--numeric-owner"]);
        tar.args(["--use-compress-program=gzip -9 --no-name", "-cf"]);
        return tar;
    }
    if ground.is_for("windows") {
        // Windows' own tar, which creates a zip file if the name asks for one; git comes with another.
        let windows = env::var_os("SystemRoot").map(PathBuf::from).unwrap_or_default();
        let mut tar = process::program(windows.join("System32/tar.exe"));
        tar.arg("-acf");
        return tar;
    }
    let mut tar = process::program("tar");
    tar.arg("-czf");
    tar
}

fn copy_into(folder: &Path, file: &Path) -> Result<(), String> {
    let to = folder.join(file.file_name().unwrap_or_default());
    fs::copy(file, &to).map(drop).map_err(|error| format!("{} could not be copied: {error}.", file.display()))
}
