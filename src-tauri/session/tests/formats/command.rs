//! A mock command `spartan` that returns what a test provides.

use std::{
    env, fs,
    io::{self, Write as _},
    os::unix::fs::PermissionsExt as _,
    path::{Path, PathBuf},
    process::Command,
};

use secrecy::ExposeSecret;
use spartan_auth::player::Player;
use spartan_session::format::{Format, Subject};
use tempfile::TempDir;

/// The folder of the command and the record of its calls.
pub struct Spartan(TempDir);

impl Spartan {
    /// Returns one without an account.
    pub fn new() -> Spartan {
        let folder = tempfile::tempdir().unwrap();
        let program = folder.path().join("spartan");
        fs::write(&program, include_str!("spartan.sh")).unwrap();
        fs::set_permissions(&program, fs::Permissions::from_mode(0o700)).unwrap();
        Spartan(folder)
    }

    /// Makes it return this player's tokens from now on.
    pub fn hands_out(&self, player: &Player) {
        self.lay_down(player, "");
    }

    /// Makes it return these tokens to a caller that reports that Halo has refused the others.
    pub fn hands_out_renewed(&self, player: &Player) {
        self.lay_down(player, ".renewed");
    }

    /// Returns the arguments of each call, in order.
    pub fn asked(&self) -> Vec<Vec<String>> {
        let noted = fs::read_to_string(self.0.path().join("asked")).unwrap_or_default();
        let calls = noted.strip_suffix("\0\0").into_iter().flat_map(|noted| noted.split("\0\0"));
        calls.map(|call| call.split('\0').map(str::to_owned).collect()).collect()
    }

    /// Creates a file with this name, to run a program from.
    pub fn file(&self, name: &str, text: &str) -> String {
        let file = self.0.path().join(name);
        fs::write(&file, text).unwrap();
        file.to_str().unwrap().to_owned()
    }

    /// Returns a search path in which the command comes first.
    pub fn path(&self) -> String {
        format!("PATH={}:{}", self.0.path().display(), env::var("PATH").unwrap())
    }

    fn lay_down(&self, player: &Player, ending: &str) {
        for format in [Format::Token, Format::Header, Format::Clearance, Format::ClearanceHeader, Format::Json] {
            let text = format.write(&Subject { player, account: None }).unwrap();
            let line = format!("{}\n", text.expose_secret());
            fs::write(self.0.path().join(format!("{format}{ending}")), line).unwrap();
        }
    }
}

/// Returns the path of a program; if this machine doesn't have it, prints a note and returns `None`.
pub fn found(program: &str) -> Option<PathBuf> {
    let works = Command::new(program).arg("--version").output().is_ok_and(|output| output.status.success());
    if !works {
        // Bypasses the test runner, which captures the output of a test that passes.
        let _ = writeln!(io::stderr(), "Not run, because there is no {program} here.");
    }
    works.then(|| Path::new(program).to_owned())
}
