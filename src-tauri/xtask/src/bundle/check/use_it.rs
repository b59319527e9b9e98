//! From the installation to the last trace, as a person and an administrator go.

use std::path::Path;

use super::{desktop_tests::Tests, root::Root};
use crate::packages;

/// What is tried of the installed program: the menu and a link; then signing in, copying, coming back, signing out.
const TESTS: [&str; 2] = ["from_the_menu", "whole_way"];

/// With apt alone: it brings all that the program needs.
pub fn install(root: &Root, package: &Path) -> Result<(), String> {
    root.bring(package, "/var/tmp/package.deb")?;
    root.install(&["/var/tmp/package.deb"])?;
    // Before anything else is installed that may bring a library.
    for program in ["/usr/bin/spartan-tray", "/usr/bin/spartan"] {
        let libraries = root.ask(&["ldd", program])?;
        if libraries.contains("not found") {
            return Err(format!("{program} does not find a library:\n{libraries}"));
        }
    }
    Ok(())
}

/// The window, a link, the whole way on the stand-ins, and the command.
pub fn run(root: &Root, tests: &Tests) -> Result<(), String> {
    let desktop = packages::DESKTOP.iter().map(|package| package.name);
    let tools: Vec<_> = desktop.chain(["desktop-file-utils", "man-db"]).collect();
    root.install(&tools)?;
    root.bring(&tests.program, "/var/tmp/tests")?;
    root.give_folder(&tests.pictures)?;
    let words = ["env", "SPARTAN_TRAY_INSTALLED=/usr/bin/spartan-tray", "/var/tmp/tests", "--test-threads=1"];
    let passed = root.run_as_person(&[&words[..], &TESTS].concat());
    root.take_out(&tests.pictures)?;
    passed?;
    says(root, &["spartan", "--help"], "Usage: spartan")?;
    says(root, &["env", "MANPAGER=cat", "man", "spartan"], "SYNOPSIS")
}

/// As an administrator removes it; what lies in a person's home is theirs, and `spartan purge` is for that.
pub fn remove(root: &Root) -> Result<(), String> {
    root.run(&["env", "DEBIAN_FRONTEND=noninteractive", "apt-get", "purge", "-qq", "spartan-tray"])?;
    let by_name = ["find", "/", "-xdev", "(", "-path", "/proc", "-o", "-path", "/tmp", "-o", "-path", "/home", ")"];
    let left = root.ask(&[&by_name[..], &["-prune", "-o", "-iname", "*spartan*", "-print"]].concat())?;
    let told = root.ask(&["sh", "-c", "grep -rls spartan /etc /usr/share/applications /var/lib/dpkg || true"])?;
    match (left.trim(), told.trim()) {
        ("", "") => Ok(()),
        (files, mentions) => Err(format!("Left behind:\n{files}\n{mentions}")),
    }
}

fn says(root: &Root, words: &[&str], wanted: &str) -> Result<(), String> {
    let said = root.ask_as_person(words)?;
    if said.contains(wanted) {
        println!("$ {}\n{}", words.join(" "), said.lines().take(6).collect::<Vec<_>>().join("\n"));
        Ok(())
    } else {
        Err(format!("`{}` says something else:\n{said}", words.join(" ")))
    }
}
