//! Installs what a build or the tests need on this machine, after one question.

use std::{io::Write, path::Path};

use crate::{
    node,
    order::Consent,
    packages::{self, Package},
    process,
    rights::Rights,
    system::System,
};

/// What the machine is prepared for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Purpose {
    /// Building and starting the program.
    Build,
    /// Building and testing it.
    Test,
    /// Timing the token chain, which needs no window.
    Chain,
    /// Timing the command, which needs a keyring and no window.
    Cli,
    /// Measuring the program in a desktop without a screen.
    Desktop,
    /// Packaging both programs.
    Bundle,
    /// Testing the packages in a fresh system.
    Proof,
    /// Packaging the command line program for Python's pip.
    Wheel,
    /// Creating the screenshots for the documents.
    Pictures,
    /// Building for Windows in a separate Debian, and testing the builds.
    Windows,
    /// Checking for macOS in the same Debian.
    Macos,
}

/// Installs what is missing, or says what to install. Fails if the person declines or the installation isn't possible.
pub fn prepare(purpose: Purpose, consent: Consent) -> Result<(), String> {
    match System::here() {
        system @ (System::Debian | System::Ubuntu) => install_packages(&missing(purpose, system)?, consent)?,
        System::Other(words) => println!("Needed here, in case it is not installed yet:\n{words}\n"),
    }
    match purpose {
        Purpose::Build | Purpose::Chain | Purpose::Cli | Purpose::Desktop | Purpose::Wheel => Ok(()),
        Purpose::Windows | Purpose::Macos => Ok(()),
        Purpose::Bundle | Purpose::Proof | Purpose::Pictures => node::check(),
        Purpose::Test => install_components().and_then(|()| node::check()),
    }
}

fn missing(purpose: Purpose, system: System) -> Result<Vec<Package>, String> {
    let listing = process::output(process::program("dpkg-query").args(["-W", "-f", "${Package} ${Status}\\n"]))?;
    let wanted = always(purpose).iter().copied().flatten().copied().chain(here(purpose, system));
    Ok(packages::missing(wanted, &packages::installed(&listing)))
}

const fn always(purpose: Purpose) -> &'static [&'static [Package]] {
    match purpose {
        Purpose::Build => &[packages::LINKING, packages::WINDOW],
        Purpose::Test => &[
            packages::LINKING,
            packages::WINDOW,
            packages::SESSION,
            packages::DESKTOP,
            packages::REFERENCE,
            packages::TYPES,
        ],
        Purpose::Chain => &[packages::LINKING, packages::REFERENCE],
        Purpose::Cli => &[packages::LINKING, packages::SESSION, packages::REFERENCE],
        Purpose::Desktop => &[packages::LINKING, packages::WINDOW, packages::SESSION, packages::DESKTOP],
        Purpose::Bundle => &[packages::LINKING, packages::WINDOW, packages::PACKING],
        Purpose::Proof => &[packages::LINKING, packages::WINDOW, packages::PACKING, packages::PROOF],
        Purpose::Wheel => &[packages::LINKING, packages::WHEEL],
        Purpose::Pictures => &[packages::PICTURES],
        Purpose::Windows => &[packages::LINKING, packages::FOLDER],
        Purpose::Macos => &[packages::FOLDER, packages::ZIG],
    }
}

/// Returns the packages that are needed only if nothing else does the same.
fn here(purpose: Purpose, system: System) -> Vec<Package> {
    let wanted = match purpose {
        Purpose::Build => [(!keeps_secrets()).then_some(packages::KEYRING), None],
        Purpose::Test | Purpose::Pictures => {
            [(!node::is_there()).then_some(packages::NODE), (system == System::Debian).then_some(packages::CHROMIUM)]
        }
        Purpose::Bundle | Purpose::Proof => {
            [(!node::is_there()).then_some(packages::NODE), (!node::brings_npm()).then_some(packages::NPM)]
        }
        Purpose::Chain | Purpose::Cli | Purpose::Desktop | Purpose::Wheel | Purpose::Windows | Purpose::Macos => {
            [None, None]
        }
    };
    wanted.into_iter().flatten().collect()
}

/// Returns whether the bus can start a keyring: GNOME's, KDE's or another.
fn keeps_secrets() -> bool {
    Path::new("/usr/share/dbus-1/services/org.freedesktop.secrets.service").exists()
}

fn install_packages(missing: &[Package], consent: Consent) -> Result<(), String> {
    if missing.is_empty() {
        return Ok(());
    }
    println!("Missing on this machine:");
    for package in missing {
        println!("  {:24} {}", package.name, package.why);
    }
    let by_hand = by_hand(missing);
    let Some(rights) = Rights::here() else {
        return Err(format!("To install it takes an administrator. Run this as one, then try again:\n  {by_hand}"));
    };
    if consent == Consent::ToAsk && !agreed("Install it now?")? {
        return Err(format!("Nothing was installed. To do it yourself:\n  {by_hand}"));
    }
    // An outdated list may do; errors from the person's other package sources must not stop the installation.
    let _ = process::run(apt(rights).arg("update"));
    let names = missing.iter().map(|package| package.name);
    process::run(apt(rights).args(["install", "-y", "--no-install-recommends"]).args(names))
}

fn apt(rights: Rights) -> std::process::Command {
    let mut command = rights.command("env");
    // A new machine is often still busy installing updates.
    command.args(["DEBIAN_FRONTEND=noninteractive", "apt-get", "-o", "DPkg::Lock::Timeout=300"]);
    command
}

fn by_hand(missing: &[Package]) -> String {
    let names: Vec<_> = missing.iter().map(|package| package.name).collect();
    format!("apt-get update && apt-get install --no-install-recommends {}", names.join(" "))
}

/// Asks the person, who accepts by pressing Enter.
pub fn agreed(question: &str) -> Result<bool, String> {
    print!("{question} [Y/n] ");
    std::io::stdout().flush().map_err(|error| error.to_string())?;
    let mut answer = String::new();
    std::io::stdin().read_line(&mut answer).map_err(|error| error.to_string())?;
    Ok(matches!(answer.trim().to_lowercase().as_str(), "" | "y" | "yes"))
}

/// A minimal toolchain has neither; only rustup can install them.
fn install_components() -> Result<(), String> {
    for (name, version) in [("clippy", ["clippy", "--version"]), ("rustfmt", ["fmt", "--version"])] {
        if !process::works(process::cargo().args(version)) {
            process::run(process::program("rustup").args(["component", "add", name]))?;
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_command_to_type_names_each_missing_package() {
        let line = by_hand(packages::DESKTOP);
        assert!(packages::DESKTOP.iter().all(|package| line.contains(package.name)), "{line}");
    }
}
