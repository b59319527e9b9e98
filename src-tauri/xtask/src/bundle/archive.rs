//! `spartan` alone, for those who want no window: one archive with its man page, completions and licences.

use std::{fs, path::Path};

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
    let mut tar = process::program("tar");
    tar.current_dir(&ground.stage);
    if ground.is_for("linux") {
        let at = format!("--mtime=@{}", ground.commit.epoch);
        tar.args([
            "--sort=name",
            &at,
            "--owner=0",
            "--group=0",
            "--numeric-owner",
            "--use-compress-program=gzip -9 --no-name",
        ]);
    }
    // The `tar` of Windows and macOS makes a zip where the name asks for one.
    let (options, end) = if ground.is_for("windows") { ("-acf", "zip") } else { ("-czf", "tar.gz") };
    let options = if ground.is_for("linux") { "-cf" } else { options };
    process::run(tar.arg(options).arg(ground.packages.join(format!("{name}.{end}"))).arg(&name))
}

fn copy_into(folder: &Path, file: &Path) -> Result<(), String> {
    let to = folder.join(file.file_name().unwrap_or_default());
    fs::copy(file, &to).map(drop).map_err(|error| format!("{} could not be copied: {error}.", file.display()))
}
