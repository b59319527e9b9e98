//! What isn't understood in the settings file.

use serde_json::Value;

use crate::{error::SettingsFlaw, settings::token_file::UnclearEntry};

/// A part of the settings file that isn't understood.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SettingsProblem {
    /// The file as a whole. Every setting has its default, and none can be changed.
    File(SettingsFlaw),
    /// A setting's value.
    Value {
        /// The setting.
        setting: Setting,
        /// The default, which applies instead, as the file would have it.
        usual: Value,
    },
    /// The value for the key file, which isn't a path.
    KeyFile,
    /// The apps aren't a list, so that none is known.
    NoApps,
    /// Apps that can't be used.
    Apps {
        /// How many.
        left_out: usize,
    },
    /// A key that isn't a setting's.
    Unknown {
        /// The key, as written.
        key: String,
    },
    /// An entry for a token file.
    Entry(UnclearEntry),
}

/// A setting that's a choice of the user's.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Setting {
    /// Whether to start the program at login.
    StartAtLogin,
    /// The seconds after which a copied token is removed from the clipboard.
    ClipboardSeconds,
    /// Whether to show notifications.
    Notifications,
    /// The window's theme.
    Theme,
    /// Whether to hide names.
    Streaming,
    /// The log level.
    Log,
}

impl Setting {
    /// Every setting.
    pub const ALL: [Setting; 6] = [
        Setting::StartAtLogin,
        Setting::ClipboardSeconds,
        Setting::Notifications,
        Setting::Theme,
        Setting::Streaming,
        Setting::Log,
    ];

    /// Returns its key in the settings file.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Setting::StartAtLogin => "start_at_login",
            Setting::ClipboardSeconds => "clipboard_seconds",
            Setting::Notifications => "notifications",
            Setting::Theme => "theme",
            Setting::Streaming => "streaming",
            Setting::Log => "log",
        }
    }
}
