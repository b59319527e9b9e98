//! Spartan Tray's shell: windows, tray, commands, clipboard and log around `spartan-auth`. It contains no domain rules.

mod about;
mod appearance;
mod autostart;
mod clipboard;
mod commands;
mod diagnostics;
mod launch;
mod leaving;
mod links;
mod log;
mod main_window;
mod needs_action;
mod notice;
mod page_request;
#[cfg(test)]
mod page_types;
mod placement;
mod process;
mod recent;
mod refusals;
mod removal;
mod settings;
mod shell;
mod sign_in;
mod sign_in_window;
mod start;
mod streaming;
mod tray;
mod window_state;

use std::process::ExitCode;

pub use self::launch::{HIDDEN, Launch, Surroundings};

/// Runs the program until the person quits. A failure to start is reported on standard error.
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
