//! `cargo xtask windows`: both programs built for Windows, and tried under Wine.

use std::{fs, path::Path, process::Command};

use super::{
    crates,
    folder::Folder,
    journey,
    plan::{self, Step},
    program::{self, Subsystem},
    tally,
    visit::{self, CHECKOUT, Visit},
};
use crate::{
    order::Consent,
    process,
    set_up::Purpose,
    stand_ins::{self, StandIns},
};

/// Debian's packages that build for Windows, and play it.
const NEEDS: &[&str] = &["rustc", "cargo", "rust-src", "rust-clippy", "gcc-mingw-w64-x86-64-posix", "wine"];

/// How Wine is run: nothing of an earlier run is there, and it fetches nothing.
const WINE: &[(&str, &str)] = &[
    ("WINEPREFIX", "/wine"),
    ("WINEDEBUG", "-all"),
    // Offers to fetch .NET and a browser, and entries in a menu that nobody sees.
    ("WINEDLLOVERRIDES", "mscoree,mshtml,winemenubuilder.exe="),
    ("CARGO_TARGET_X86_64_PC_WINDOWS_GNU_RUNNER", CLOSED_WINE),
];

/// A Wine whose files are closed to others: it stores a mode instead of an access list, and on Windows a person's own
/// folder is closed to others.
const CLOSED_WINE: &str = "/usr/local/bin/closed-wine";

/// Creates that program.
const MAKE_CLOSED_WINE: &str = r#"
printf '#!/bin/sh\numask 077\nexec wine "$@"\n' >"$1"
chmod 755 "$1"
"#;

/// Builds both programs, runs the tests that can run there, and goes the person's way with the command line.
pub fn run(consent: Consent) -> Result<(), String> {
    let folder = Folder::ready(Purpose::Windows, NEEDS, consent)?;
    let registry = crates::fetch(&folder)?;
    process::run(process::cargo().args(["build", "--locked", "--package", "spartan-fakes"]))?;
    let stand_ins = StandIns::start()?;
    let authority = stand_ins::text(stand_ins.line(), "ca_file").map(Path::new).and_then(Path::parent);
    let authority = authority.ok_or("The stand-ins do not say whom to trust.")?;
    let visit = Visit::open(&folder, &[(&registry, crates::THERE), (authority, "/stand-ins")])?;
    let windows = Windows { folder: &folder, visit: &visit };

    let mut closing = Vec::new();
    windows.take(&plan::WINDOWS_COMMAND, &mut closing)?;
    windows.start_afresh()?;
    let passed = journey::go(&windows, &stand_ins)?;
    windows.take(&plan::WINDOWS_TESTS, &mut closing)?;
    windows.take(&plan::WINDOWS_TRAY, &mut closing)?;
    windows.take(&plan::WINDOWS_LINTS, &mut closing)?;

    let consoles = windows.consoles()?;
    println!("\n=== Summary");
    for line in consoles.iter().chain(&closing) {
        println!("{line}");
    }
    println!("The person's way, under Windows: {passed} steps passed, 0 failed.");
    Ok(())
}

/// A visit in which Wine runs.
pub struct Windows<'visit> {
    folder: &'visit Folder,
    visit: &'visit Visit<'visit>,
}

impl Windows<'_> {
    /// `program`, which may start others under Wine, at the top of the folder's Debian; ended where it does not end.
    pub fn command(&self, environment: &[(&str, &str)], program: &str) -> Command {
        let mut command = self.visit.command("/", &[WINE, environment].concat(), "timeout");
        command.args(["--foreground", PATIENCE, program]);
        command
    }

    fn take(&self, step: &Step, closing: &mut Vec<String>) -> Result<(), String> {
        println!("\n=== {}", step.headline);
        let environment = [plan::ENVIRONMENT, WINE].concat();
        let mut cargo = self.visit.command(CHECKOUT, &environment, "cargo");
        tally::run(cargo.args(step.words()), closing).map_err(|words| format!("{words}\nFailed at: {}.", step.headline))
    }

    /// What was built, with its size and whether a console belongs to it; an error where that is not as it has to be.
    fn consoles(&self) -> Result<Vec<String>, String> {
        PROGRAMS.iter().map(|(name, wanted)| self.console(name, *wanted)).collect()
    }

    fn console(&self, name: &str, wanted: Subsystem) -> Result<String, String> {
        let file = self.folder.root().join(plan::WINDOWS_PROGRAMS).join(name);
        let bytes = fs::read(&file).map_err(|error| format!("{} cannot be read: {error}.", file.display()))?;
        let says = match program::subsystem(&bytes) {
            Some(Subsystem::Windows) => "no console",
            Some(Subsystem::Console) => "a console",
            None => "no header of a Windows program",
        };
        let line = format!("Built: {} MB, with {says}: {}", bytes.len() / 1_000_000, file.display());
        if program::subsystem(&bytes) == Some(wanted) { Ok(line) } else { Err(line) }
    }

    /// A Windows that was never used, which trusts the stand-ins' authority as long as this visit lasts.
    fn start_afresh(&self) -> Result<(), String> {
        println!("\n=== Windows, as Wine plays it");
        visit::run(self.command(&[], "sh").args(["-ec", TRUST]))?;
        visit::run(self.command(&[], "rm").args(["-rf", "/wine"]))?;
        visit::run(self.command(&[], "sh").args(["-ec", MAKE_CLOSED_WINE, "sh", CLOSED_WINE]))?;
        visit::run(self.command(&[], CLOSED_WINE).args(["wineboot", "--init"]))
    }
}

const PROGRAMS: &[(&str, Subsystem)] = &[("spartan-tray.exe", Subsystem::Windows), ("spartan.exe", Subsystem::Console)];

/// How long a step may take, in seconds; on a busy machine Wine's first start takes a minute.
const PATIENCE: &str = "300";

/// Wine trusts those whom the system trusts when it starts.
const TRUST: &str = "
cat /etc/ssl/certs/ca-certificates.crt /stand-ins/*.pem >/mnt/trusted
mount --bind /mnt/trusted /etc/ssl/certs/ca-certificates.crt
";
