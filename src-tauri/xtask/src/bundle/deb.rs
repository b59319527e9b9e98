//! Rebuilds the bundler's `.deb` with Debian's own tool: files in order, each with the time of the last commit, and the
//! dependencies that the programs actually have instead of two names without versions.

use std::{
    fs,
    path::{Path, PathBuf},
};

use super::{Ground, Programs, ground, needs};
use crate::process;

/// Replaces the package with the rebuilt one.
pub fn lay_out(ground: &Ground, programs: &Programs) -> Result<(), String> {
    let package = in_folder(&ground.packages)?;
    let folder = ground.stage.join("deb");
    ground::empty(&folder)?;
    process::output(process::program("dpkg-deb").arg("--raw-extract").arg(&package).arg(&folder))?;
    let [control, sums] = ["control", "md5sums"].map(|name| folder.join("DEBIAN").join(name));
    rewrite(&control, |text| {
        with_depends(text, &needs::debian(ground, programs)?).ok_or("It depends on nothing.".to_owned())
    })?;
    rewrite(&sums, |text| Ok(in_order(text)))?;
    process::output(process::program("chmod").args(["-R", "u=rwX,go=rX"]).arg(&folder))?;
    ground.set_times(&folder)?;
    let mut build = process::program("dpkg-deb");
    build.args(["--root-owner-group", "-Zxz", "--build"]).arg(&folder).arg(&package);
    build.env("SOURCE_DATE_EPOCH", &ground.commit.epoch);
    process::output(&mut build).map(drop)
}

/// Returns the only Debian package in a folder.
pub fn in_folder(folder: &Path) -> Result<PathBuf, String> {
    let entries = fs::read_dir(folder).map_err(|error| format!("{} could not be read: {error}.", folder.display()))?;
    let mut files = entries.flatten().map(|entry| entry.path());
    files.find(|file| file.extension().is_some_and(|end| end == "deb")).ok_or("The bundler made no .deb.".to_owned())
}

fn rewrite(file: &Path, change: impl FnOnce(&str) -> Result<String, String>) -> Result<(), String> {
    let failed = |error: std::io::Error| format!("{}: {error}.", file.display());
    let text = change(&fs::read_to_string(file).map_err(failed)?)?;
    fs::write(file, text).map_err(failed)
}

fn with_depends(control: &str, packages: &str) -> Option<String> {
    control.contains("\nDepends: ").then_some(())?;
    let line = |line: &str| match line.strip_prefix("Depends: ") {
        Some(_) => format!("Depends: {packages}\n"),
        None => format!("{line}\n"),
    };
    Some(control.lines().map(line).collect())
}

/// Returns the lines in order; each is a checksum and a name.
fn in_order(sums: &str) -> String {
    let mut lines: Vec<_> = sums.lines().collect();
    lines.sort_unstable_by_key(|line| line.split_once("  ").map_or(*line, |(_, name)| name));
    lines.join("\n") + "\n"
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_bundlers_guess_at_dependencies_is_replaced() {
        let control = "Package: x\nDepends: libgtk-3-0\nDescription: y\n z\n";
        let changed = with_depends(control, "libc6 (>= 2.34)").unwrap();
        assert_eq!(changed, "Package: x\nDepends: libc6 (>= 2.34)\nDescription: y\n z\n");
        assert_eq!(with_depends("Package: x\n", "libc6"), None);
    }

    #[test]
    fn sums_stand_in_the_order_of_their_files() {
        assert_eq!(in_order("2  usr/b\n1  usr/c\n3  usr/a\n"), "3  usr/a\n2  usr/b\n1  usr/c\n");
    }
}
