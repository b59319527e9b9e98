//! The life of an installation, from installing to the last trace, as a user and an administrator experience it.

use std::path::Path;

use super::{desktop_tests::Tests, root::Root};
use crate::{packages, process, stand_ins::StandIns};

/// The tests of the installed program: the menu and a link; then signing in, copying, coming back and signing out.
const TESTS: [&str; 2] = ["from_the_menu", "whole_way"];

/// Installs with apt alone, which also installs everything that the program needs.
pub fn install(root: &Root, package: &Path) -> Result<(), String> {
    root.bring(package, "/var/tmp/package.deb")?;
    root.install(&["/var/tmp/package.deb"])?;
    // Before anything else is installed, because it could install a library.
    for program in ["/usr/bin/spartan-tray", "/usr/bin/spartan"] {
        let libraries = root.ask(&["ldd", program])?;
        if libraries.contains("not found") {
            return Err(format!("{program} does not find a library:\n{libraries}"));
        }
    }
    Ok(())
}

/// Tests the window, a link, everything from signing in to signing out with the mock services, and the command.
pub fn run(root: &Root, tests: &Tests) -> Result<(), String> {
    let desktop = packages::DESKTOP.iter().chain(packages::SESSION).map(|package| package.name);
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

/// Creates files of the program for the user. Returns what `spartan purge` would remove, in order.
pub fn keep_something(root: &Root) -> Result<Vec<String>, String> {
    process::run(process::cargo().args(["build", "--locked", "--package", "spartan-fakes"]))?;
    let stand_ins = StandIns::start()?;
    // They receive no requests, so the certificate doesn't matter.
    let mut addresses: serde_json::Value = serde_json::from_str(stand_ins.line()).map_err(|error| error.to_string())?;
    addresses.as_object_mut().map(|fields| fields.remove("ca_file"));
    let environment = format!("SPARTAN_TRAY_STAND_INS={addresses}");
    let spartan = |words: &[&str]| root.ask_as_person(&[&["env", &environment, "spartan"], words].concat());
    spartan(&["vault", "init", "--key-file", "/home/person/keys/spartan"])?;
    let listed = spartan(&["purge", "--dry-run", "--key-file-too"])?;
    println!("What `spartan purge --key-file-too` would remove:\n{listed}");
    let mut files: Vec<_> = listed.lines().map(str::to_owned).collect();
    files.sort();
    Ok(files)
}

/// Removes the program as an administrator does. The files in the user's home folder stay, and must be exactly `kept`.
pub fn remove(root: &Root, kept: &[String]) -> Result<(), String> {
    root.run(&["env", "DEBIAN_FRONTEND=noninteractive", "apt-get", "purge", "-qq", "spartan-tray"])?;
    let by_name = ["find", "/", "-xdev", "(", "-path", "/proc", "-o", "-path", "/tmp", "-o", "-path", "/home", ")"];
    let left = root.ask(&[&by_name[..], &["-prune", "-o", "-iname", "*spartan*", "-print"]].concat())?;
    let told = root.ask(&["sh", "-c", "grep -rls spartan /etc /usr/share/applications /var/lib/dpkg || true"])?;
    let mut at_home: Vec<_> =
        root.ask(&["find", "/home", "-type", "f", "-ipath", "*spartan*"])?.lines().map(str::to_owned).collect();
    at_home.sort();
    match (left.trim(), told.trim()) {
        ("", "") if at_home == kept => Ok(()),
        ("", "") => Err(format!("At home were left:\n{at_home:#?}\nand `spartan purge` knew of:\n{kept:#?}")),
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
