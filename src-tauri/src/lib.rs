//! Spartan Tray's shell: windows, tray, commands, clipboard and log around `spartan-auth`. No rule of the domain is here.

mod about;
mod appearance;
mod autostart;
mod clipboard;
mod commands;
mod diagnostics;
mod leaving;
mod log;
mod main_window;
mod notice;
mod page_request;
mod placement;
mod process;
mod recent;
mod refusals;
mod removal;
mod settings;
mod sign_in_window;
mod start;
mod streaming;
mod tray;
mod window_state;

use std::{path::PathBuf, process::ExitCode};

/// The argument that a start at login has.
pub const HIDDEN: &str = "--hidden";

/// What the environment and the command line say, read once.
#[derive(Debug)]
pub struct Launch {
    /// `--hidden`: show no window where a tray icon does.
    pub hidden: bool,
    /// `SPARTAN_TRAY_HOME`: one folder for everything, in the place of the system's own.
    pub home: Option<PathBuf>,
    /// `SPARTAN_VAULT_KEY_FILE`: the file with the vault's key, in the place of the keyring.
    pub key_file: Option<PathBuf>,
    /// Whether this is a Wayland session.
    pub wayland: bool,
    /// Which desktop it is, for a report.
    pub surroundings: Surroundings,
    /// `SPARTAN_TRAY_STAND_INS`: the addresses that `spartan-fakes` printed.
    #[cfg(feature = "demo")]
    pub stand_ins: Option<String>,
}

/// The desktop as it names itself.
#[derive(Clone, Debug, Default)]
pub struct Surroundings {
    /// `XDG_CURRENT_DESKTOP`.
    pub desktop: Option<String>,
    /// `XDG_SESSION_TYPE`.
    pub session: Option<String>,
}

/// Runs the program until the person quits; a failure to start is said on standard error.
#[must_use]
pub fn run(launch: Launch) -> ExitCode {
    process::harden();
    process::instruct_webview();
    match start::start(launch) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("Spartan Tray could not start: {error}");
            ExitCode::FAILURE
        }
    }
}
