//! Node, which runs the tests of the page and the bundler.

use crate::process;

/// The first version in which `node --test` can run a folder.
const OLDEST: u32 = 18;

/// Returns whether any Node is installed.
pub fn is_there() -> bool {
    process::works(process::program("node").arg("--version"))
}

/// Returns whether npm is installed with it.
pub fn brings_npm() -> bool {
    process::works(process::program("npm").arg("--version"))
}

/// Fails if Node is missing or too old.
pub fn check() -> Result<(), String> {
    let version = process::output(process::program("node").arg("--version")).unwrap_or_default();
    match major(&version) {
        Some(major) if major >= OLDEST => Ok(()),
        _ => Err(format!(
            "This needs Node {OLDEST} or later; found here: {}.\nGet it from https://nodejs.org, then try again.",
            if version.is_empty() { "none" } else { version.trim() },
        )),
    }
}

fn major(version: &str) -> Option<u32> {
    version.trim().strip_prefix('v')?.split('.').next()?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_major_version_is_the_first_number() {
        assert_eq!(major("v20.20.2\n"), Some(20));
        assert_eq!(major("v12.22.9"), Some(12));
        assert_eq!(major(""), None);
    }
}
