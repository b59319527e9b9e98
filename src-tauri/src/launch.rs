//! What the program learns from the environment and the command line.

use std::path::PathBuf;

/// The argument with which the program starts at login.
pub const HIDDEN: &str = "--hidden";

/// The environment and the command line, read once.
#[derive(Debug)]
pub struct Launch {
    /// `--hidden`: open no window if there's a tray icon.
    pub hidden: bool,
    /// `SPARTAN_TRAY_HOME`: one folder for everything, instead of the system's own folders.
    pub home: Option<PathBuf>,
    /// `SPARTAN_VAULT_KEY_FILE`: the file with the vault's key, instead of the keyring.
    pub key_file: Option<PathBuf>,
    /// Whether this is a Wayland session.
    pub wayland: bool,
    /// The desktop, for a report.
    pub surroundings: Surroundings,
    /// `SPARTAN_TRAY_STAND_INS`: the addresses that `spartan-fakes` printed.
    #[cfg(feature = "demo")]
    pub stand_ins: Option<String>,
}

/// The names that the desktop reports for itself.
#[derive(Clone, Debug, Default)]
pub struct Surroundings {
    /// `XDG_CURRENT_DESKTOP`.
    pub desktop: Option<String>,
    /// `XDG_SESSION_TYPE`.
    pub session: Option<String>,
}
