//! What lets others check a release: each program's components, and a checksum of each file.

use std::{fs, path::Path};

use super::{Ground, Programs, tools};
use crate::process;

/// Writes each program's components as a `CycloneDX` list, read from the program itself.
pub fn components(ground: &Ground, programs: &Programs) -> Result<(), String> {
    for (name, program) in [("spartan-tray", &programs.tray), ("spartan", &programs.spartan)] {
        let list = process::output(tools::COMPONENTS.command()?.arg(program))?;
        let file = ground.packages.join(format!("{name}-{}-{}.cdx.json", ground.version, ground.target));
        fs::write(&file, list).map_err(|error| format!("{} could not be written: {error}.", file.display()))?;
    }
    Ok(())
}

/// Writes `SHA256SUMS`, in the format of `sha256sum --check`.
pub fn checksums(packages: &Path) -> Result<(), String> {
    let names = files(packages)?;
    // macOS has `shasum`; git brings `sha256sum` to Windows.
    let mut sum = if cfg!(target_os = "macos") { process::program("shasum") } else { process::program("sha256sum") };
    if cfg!(target_os = "macos") {
        sum.args(["-a", "256"]);
    }
    let sums = process::output(sum.current_dir(packages).args(&names))?;
    let file = packages.join("SHA256SUMS");
    fs::write(&file, sums).map_err(|error| format!("{} could not be written: {error}.", file.display()))
}

/// Returns the names of a folder's files, in order.
pub fn files(folder: &Path) -> Result<Vec<String>, String> {
    let entries = fs::read_dir(folder).map_err(|error| format!("{} could not be read: {error}.", folder.display()))?;
    let mut names: Vec<_> = entries.flatten().map(|entry| entry.file_name().to_string_lossy().into_owned()).collect();
    names.sort();
    Ok(names)
}
