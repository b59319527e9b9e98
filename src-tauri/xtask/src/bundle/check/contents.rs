//! The contents of the packages.

use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
};

use super::{Ground, ground};
use crate::{bundle::proof, process};

/// Unpacks the `.deb`'s files into a folder.
pub fn unpack(ground: &Ground, package: &Path) -> Result<PathBuf, String> {
    let folder = ground.builds.join("check/deb");
    ground::empty(&folder)?;
    process::output(process::program("dpkg-deb").arg("--extract").arg(package).arg(&folder))?;
    Ok(folder)
}

/// Fails unless both kinds of packages contain the same programs, icons and pages; each has its own location for
/// licences and zsh.
pub fn compare(ground: &Ground, deb: &Path) -> Result<(), String> {
    let folder = ground.builds.join("check/rpm");
    ground::empty(&folder)?;
    let package = named(&ground.packages, ".rpm")?;
    let unpack = "rpm2cpio \"$1\" | cpio --extract --quiet --make-directories --preserve-modification-time";
    process::output(process::program("sh").current_dir(&folder).args(["-c", unpack, "sh"]).arg(&package))?;
    let [deb, rpm] = [sums(deb)?, sums(&folder)?];
    let differing: Vec<_> =
        deb.iter().filter(|(file, sum)| rpm.get(*file) != Some(sum)).map(|(file, _)| file).collect();
    if !differing.is_empty() {
        return Err(format!("Not in both packages, or not the same: {differing:?}"));
    }
    let requires = process::output(process::program("rpm").args(["--query", "--requires", "--package"]).arg(&package))?;
    println!("{} files alike. The .rpm requires:\n{requires}", deb.len());
    for library in ["libwebkit2gtk-4.1.so.0()(64bit)", "libgtk-3.so.0()(64bit)"] {
        if requires.lines().filter(|line| *line == library).count() != 1 {
            return Err(format!("The .rpm should require {library}, once."));
        }
    }
    if requires.contains("appindicator") {
        Err("Nothing of the program loads libappindicator.".to_owned())
    } else {
        Ok(())
    }
}

/// Fails unless each list contains what the program is known to contain, and nothing that only the other program
/// contains.
pub fn check_components(ground: &Ground) -> Result<(), String> {
    for (program, has, has_not) in
        [("spartan-tray-", "pkg:cargo/tauri@", None), ("spartan-0", "pkg:cargo/clap@", Some("pkg:cargo/tauri@"))]
    {
        let mut files = proof::files(&ground.packages)?.into_iter();
        let is_list = |file: &String| file.starts_with(program) && file.ends_with(".cdx.json");
        let file = files.find(is_list).ok_or_else(|| format!("There is no list of what {program} is made of."))?;
        let text = fs::read_to_string(ground.packages.join(&file)).map_err(|error| format!("{file}: {error}."))?;
        if !text.contains(has) || has_not.is_some_and(|name| text.contains(name)) {
            return Err(format!("{file} does not tell what the program is made of."));
        }
        println!("{file}: {} components", text.matches("\"purl\"").count());
    }
    Ok(())
}

fn named(folder: &Path, end: &str) -> Result<PathBuf, String> {
    let name = proof::files(folder)?.into_iter().find(|name| name.ends_with(end));
    name.map(|name| folder.join(name)).ok_or_else(|| format!("There is no {end} among the packages."))
}

/// Returns the checksum of each file, except in the locations specific to each kind of package.
fn sums(folder: &Path) -> Result<BTreeMap<String, String>, String> {
    let list = "find . -type f -exec sha256sum {} +";
    let said = process::output(process::program("sh").current_dir(folder).args(["-c", list]))?;
    let lines = said.lines().filter_map(|line| line.split_once("  "));
    let shared = lines
        .filter(|(_, file)| !["/share/doc/", "/share/licenses/", "/share/zsh/"].iter().any(|own| file.contains(own)));
    Ok(shared.map(|(sum, file)| (file.to_owned(), sum.to_owned())).collect())
}
