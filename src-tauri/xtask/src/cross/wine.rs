//! Windows, as Wine plays it in a visit.

use std::process::Command;

use super::visit::{self, Visit};

/// What Wine is told: it keeps nothing from earlier runs, and fetches nothing.
pub const ENVIRONMENT: &[(&str, &str)] = &[
    ("WINEPREFIX", "/wine"),
    ("WINEDEBUG", "-all"),
    // Offers to fetch .NET and a browser, and entries in a menu that nobody sees.
    ("WINEDLLOVERRIDES", "mscoree,mshtml,winemenubuilder.exe="),
    ("CARGO_TARGET_X86_64_PC_WINDOWS_GNU_RUNNER", CLOSED_WINE),
];

/// A Wine whose files are closed to others: it stores a mode instead of an access list, and on Windows a person's own
/// folder is closed to others.
const CLOSED_WINE: &str = "/usr/local/bin/closed-wine";

/// Makes that program.
const MAKE_CLOSED_WINE: &str = r#"
printf '#!/bin/sh\numask 077\nexec wine "$@"\n' >"$1"
chmod 755 "$1"
"#;

/// A visit in which Wine runs.
pub struct Wine<'visit> {
    visit: &'visit Visit<'visit>,
}

impl<'visit> Wine<'visit> {
    /// Lets Wine run in a visit.
    pub fn new(visit: &'visit Visit<'visit>) -> Self {
        Self { visit }
    }

    /// Returns `program`, which may start others under Wine, at the top of the folder's Debian. If it doesn't end in
    /// time, it's ended.
    pub fn command(&self, environment: &[(&str, &str)], program: &str) -> Command {
        let mut command = self.visit.command("/", &[ENVIRONMENT, environment].concat(), "timeout");
        command.args(["--foreground", PATIENCE, program]);
        command
    }

    /// Sets up a Windows that was never used. It trusts the stand-ins' authority as long as this visit lasts.
    pub fn start_afresh(&self) -> Result<(), String> {
        println!("\n=== Windows, as Wine plays it");
        visit::run(self.command(&[], "sh").args(["-ec", TRUST]))?;
        visit::run(self.command(&[], "rm").args(["-rf", "/wine"]))?;
        visit::run(self.command(&[], "sh").args(["-ec", MAKE_CLOSED_WINE, "sh", CLOSED_WINE]))?;
        visit::run(self.command(&[], CLOSED_WINE).args(["wineboot", "--init"]))
    }
}

/// How long a step may take, in seconds. On a busy machine, Wine's first start takes a minute.
const PATIENCE: &str = "300";

/// Wine trusts the authorities that the system trusts when it starts.
const TRUST: &str = "
cat /etc/ssl/certs/ca-certificates.crt /stand-ins/*.pem >/mnt/trusted
mount --bind /mnt/trusted /etc/ssl/certs/ca-certificates.crt
";
