//! Debian's packages in the folder, downloaded in the same way as this machine's own.

use super::{
    folder::Folder,
    visit::{self, Visit},
};
use crate::{packages, process};

/// Installs the packages that the folder's Debian lacks.
pub fn missing(folder: &Folder, needs: &[&str]) -> Result<(), String> {
    let mut query = process::program("dpkg-query");
    query.arg("--admindir").arg(folder.root().join("var/lib/dpkg"));
    let listing = process::output(query.args(["-W", "-f", "${Package} ${Status}\\n"]))?;
    let there = packages::installed(&listing);
    let missing: Vec<&str> = needs.iter().copied().filter(|name| !there.iter().any(|it| it == name)).collect();
    if missing.is_empty() {
        return Ok(());
    }
    let visit = Visit::open(folder, &[])?;
    let fetching = fetching(&process::output(process::program("apt-config").args(["dump", "Acquire"]))?);
    let apt = |words: &[&str]| {
        let options = fetching.iter().flat_map(|option| ["-o", option]);
        let words = options.chain(words.iter().copied());
        visit::run(visit.command("/", &[("DEBIAN_FRONTEND", "noninteractive")], "apt-get").args(words))
    };
    apt(&["update"])?;
    apt(&[INSTALL, &missing[..]].concat())
}

/// Doesn't wait for the disk: a folder damaged by a power cut is created again.
const INSTALL: &[&str] = &["install", "-y", "--no-install-recommends", "-o", "Dpkg::Options::=--force-unsafe-io"];

/// Returns the options with which this machine's own apt downloads, such as a proxy, from the output of `apt-config
/// dump`.
fn fetching(dump: &str) -> Vec<String> {
    let matters = |line: &&str| ["Check-", "http::", "https::", "Retries"].iter().any(|key| starts(line, key));
    let option = |line: &str| line.trim_end().trim_end_matches(';').replacen(" \"", "=", 1).replace('"', "");
    dump.lines().filter(matters).map(option).collect()
}

fn starts(line: &str, key: &str) -> bool {
    line.strip_prefix("Acquire::").is_some_and(|rest| rest.starts_with(key))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_folders_apt_fetches_as_this_machines_does() {
        let dump = "Acquire \"\";\nAcquire::Check-Valid-Until \"false\";\nAcquire::http::Proxy \"http://proxy:3128\";\n\
                    Acquire::IndexTargets::deb::Packages::Optional \"0\";\nAcquire::cdrom \"\";\n";
        assert_eq!(fetching(dump), ["Acquire::Check-Valid-Until=false", "Acquire::http::Proxy=http://proxy:3128"]);
    }
}
