//! The command `spartan`: fresh Spartan tokens for scripts, from the vault that Spartan Tray uses too.
//!
//! Only this file reads the environment; everything else gets it as arguments.

mod ask;
mod commands;
mod exit;
mod failure;
mod follow;
mod here;
mod interrupt;
mod mask;
mod out;
mod process;
mod report;
mod table;
mod time;

use std::{env, ffi::OsString, path::PathBuf, process::ExitCode};

use clap::Parser;
use tokio::runtime::Builder;

use crate::{commands::Spartan, exit::Exit, here::Launch};

fn main() -> ExitCode {
    let core = process::harden();
    let order = match Spartan::try_parse() {
        Ok(order) => order,
        Err(other) => return told(&other),
    };
    let launch = Launch {
        home: set("SPARTAN_TRAY_HOME").map(PathBuf::from),
        key_file: set("SPARTAN_VAULT_KEY_FILE").map(PathBuf::from),
        person: env::home_dir(),
        search: env::var_os("PATH"),
        account: set("SPARTAN_ACCOUNT").map(account),
        display: has_display(),
        core,
        #[cfg(feature = "demo")]
        stand_ins: env::var("SPARTAN_TRAY_STAND_INS").ok(),
    };
    let runtime = match Builder::new_current_thread().enable_all().build() {
        Ok(runtime) => runtime,
        Err(error) => {
            out::say(&format!("spartan: the program couldn't start: {error}"));
            return Exit::Failed.into();
        }
    };
    let done = runtime.block_on(order.run(launch));
    // A keyring that doesn't answer has its own thread, which isn't waited for.
    runtime.shutdown_timeout(process::LAST_WRITES);
    match done {
        Ok(exit) => exit.into(),
        Err(failure) => {
            out::report(&failure);
            failure.exit.into()
        }
    }
}

/// Prints help, the version, or what's wrong with the command line. A closed pipe is ignored.
fn told(other: &clap::Error) -> ExitCode {
    let _ = other.print();
    if other.use_stderr() { Exit::Usage.into() } else { Exit::Done.into() }
}

/// Returns an environment variable, unless it's empty.
fn set(name: &str) -> Option<OsString> {
    env::var_os(name).filter(|value| !value.is_empty())
}

/// Returns an account's name. If it isn't Unicode, the name is one that no account can have.
fn account(name: OsString) -> String {
    name.into_string().unwrap_or_else(|name| format!("{}\0", name.to_string_lossy()))
}

/// Returns whether a browser can be shown, which is always the case on Windows and macOS.
fn has_display() -> bool {
    let is_set = |name| set(name).is_some();
    cfg!(any(windows, target_os = "macos")) || is_set("DISPLAY") || is_set("WAYLAND_DISPLAY")
}
