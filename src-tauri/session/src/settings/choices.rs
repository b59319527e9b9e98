//! The user's choices and their defaults.

use serde::{Deserialize, Serialize};

/// The user's choices.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
#[serde(deny_unknown_fields)]
pub struct Choices {
    /// Whether to start the program at login. The system's own entry may differ, because it can be changed elsewhere.
    pub start_at_login: bool,
    /// Seconds after which a copied token is removed from the clipboard; `None` means never.
    pub clipboard_seconds: Option<ClipboardSeconds>,
    /// Whether to show a notification about problems that only the user can fix, while no window is open.
    pub notifications: bool,
    /// The window's theme.
    pub theme: Theme,
    /// Whether to hide the gamertag and XUID, and exclude both windows from screen captures.
    pub streaming: bool,
    /// The log level.
    pub log: LogLevel,
}

/// A number of seconds from 10 to 600.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS), ts(as = "u16"))]
#[serde(try_from = "u16", into = "u16")]
pub struct ClipboardSeconds(u16);

/// The window's theme.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
#[serde(rename_all = "snake_case")]
pub enum Theme {
    /// The system's theme.
    #[default]
    System,
    /// Dark text on a light background.
    Light,
    /// Light text on a dark background.
    Dark,
}

/// The log level; each level includes the ones before it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
#[serde(rename_all = "snake_case")]
pub enum LogLevel {
    /// Permanent failures.
    Error,
    /// Temporary failures.
    Warn,
    /// Events.
    #[default]
    Info,
    /// Every response from a service.
    Debug,
}

impl Default for Choices {
    fn default() -> Choices {
        Choices {
            start_at_login: false,
            clipboard_seconds: Some(ClipboardSeconds(60)),
            notifications: true,
            theme: Theme::default(),
            streaming: false,
            log: LogLevel::default(),
        }
    }
}

impl TryFrom<u16> for ClipboardSeconds {
    type Error = &'static str;

    fn try_from(seconds: u16) -> Result<ClipboardSeconds, &'static str> {
        if (10..=600).contains(&seconds) { Ok(ClipboardSeconds(seconds)) } else { Err("not from 10 to 600") }
    }
}

impl From<ClipboardSeconds> for u16 {
    fn from(seconds: ClipboardSeconds) -> u16 {
        seconds.0
    }
}

impl From<LogLevel> for tracing::Level {
    fn from(level: LogLevel) -> tracing::Level {
        match level {
            LogLevel::Error => tracing::Level::ERROR,
            LogLevel::Warn => tracing::Level::WARN,
            LogLevel::Info => tracing::Level::INFO,
            LogLevel::Debug => tracing::Level::DEBUG,
        }
    }
}
