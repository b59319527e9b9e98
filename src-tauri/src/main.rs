//! The entry point: reads the environment and the command line.

#![cfg_attr(all(windows, not(debug_assertions)), windows_subsystem = "windows")]

use std::{env, path::PathBuf, process::ExitCode};

use spartan_tray::{HIDDEN, Launch, Surroundings, run};

fn main() -> ExitCode {
    run(Launch {
        hidden: env::args_os().any(|argument| argument == HIDDEN),
        home: env::var_os("SPARTAN_TRAY_HOME").filter(|path| !path.is_empty()).map(PathBuf::from),
        key_file: env::var_os("SPARTAN_VAULT_KEY_FILE").filter(|path| !path.is_empty()).map(PathBuf::from),
        wayland: env::var_os("WAYLAND_DISPLAY").is_some(),
        surroundings: Surroundings {
            desktop: env::var("XDG_CURRENT_DESKTOP").ok(),
            session: env::var("XDG_SESSION_TYPE").ok(),
        },
        #[cfg(feature = "demo")]
        stand_ins: env::var("SPARTAN_TRAY_STAND_INS").ok(),
    })
}
