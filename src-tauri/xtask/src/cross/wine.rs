//! Windows, emulated by Wine in a visit.

use std::process::Command;

use super::visit::{self, Visit};

/// Wine's environment variables: it keeps nothing from earlier runs, and downloads nothing.
pub const ENVIRONMENT: &[(&str, &str)] = &[
    ("WINEPREFIX", "/wine"),
    ("WINEDEBUG", "-all"),
    // Offers to download .NET and a browser, and invisible menu entries.
    ("WINEDLLOVERRIDES", "mscoree,mshtml,winemenubuilder.exe="),
    ("CARGO_TARGET_X86_64_PC_WINDOWS_GNU_RUNNER", CLOSED_WINE),
];

/// A Wine whose files others can't access: it stores a mode instead of an access list, and on Windows others can't
/// access a person's own folder.
const CLOSED_WINE: &str = "/usr/local/bin/closed-wine";

/// Creates that program.
const MAKE_CLOSED_WINE: &str = r#"
printf '#!/bin/sh\numask 077\nexec wine "$@"\n' >"$1"
chmod 755 "$1"
"#;

/// A visit in which Wine runs.
pub struct Wine<'visit> {
    visit: &'visit Visit<'visit>,
}

impl<'visit> Wine<'visit> {
    /// Prepares a visit for Wine.
    pub fn new(visit: &'visit Visit<'visit>) -> Self {
        Self { visit }
    }

    /// Returns `program`, which may start others under Wine, at the root of the folder's Debian. If it doesn't end in
    /// time, it's ended.
    pub fn command(&self, environment: &[(&str, &str)], program: &str) -> Command {
        let mut command = self.visit.command("/", &[ENVIRONMENT, environment].concat(), "timeout");
        command.args(["--foreground", PATIENCE, program]);
        command
    }

    /// Sets up a fresh Windows. It trusts the mock services' authority until the visit ends.
    pub fn start_afresh(&self) -> Result<(), String> {
        println!("\n=== Windows, as Wine plays it");
        visit::run(self.command(&[], "sh").args(["-ec", TRUST]))?;
        visit::run(self.command(&[], "rm").args(["-rf", "/wine"]))?;
        visit::run(self.command(&[], "sh").args(["-ec", MAKE_CLOSED_WINE, "sh", CLOSED_WINE]))?;
        visit::run(self.command(&[], CLOSED_WINE).args(["wineboot", "--init"]))
    }
}

/// The time limit of a step, in seconds. On a busy machine, Wine's first start takes a minute.
const PATIENCE: &str = "300";

/// Wine trusts the authorities that the system trusts when it starts.
const TRUST: &str = "
cat /etc/ssl/certs/ca-certificates.crt /stand-ins/*.pem >/mnt/trusted
mount --bind /mnt/trusted /etc/ssl/certs/ca-certificates.crt
";
