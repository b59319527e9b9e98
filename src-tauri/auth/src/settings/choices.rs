//! What a person chooses, and what holds until they do.

use serde::{Deserialize, Serialize};

/// What a person chooses.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Choices {
    /// Whether the program is to start at login. What the system does is its own to say: an entry of it may be changed
    /// elsewhere.
    pub start_at_login: bool,
    /// After how many seconds a copied token leaves the clipboard; `None` is never.
    pub clipboard_seconds: Option<ClipboardSeconds>,
    /// Whether a notification tells what only a person can mend, while no window is open.
    pub notifications: bool,
    /// How the window looks.
    pub theme: Theme,
    /// Whether gamertag and XUID are hidden, and both windows are kept out of captures.
    pub streaming: bool,
    /// How much is written into the log.
    pub log: LogLevel,
}

/// A number of seconds from 10 to 600.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "u16", into = "u16")]
pub struct ClipboardSeconds(u16);

/// How the window looks.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Theme {
    /// As the system does.
    #[default]
    System,
    /// Dark on light.
    Light,
    /// Light on dark.
    Dark,
}

/// How much is written into the log; each level has what the ones before it have.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LogLevel {
    /// What failed for good.
    Error,
    /// What failed and passes.
    Warn,
    /// What happened.
    #[default]
    Info,
    /// Each answer of a service, too.
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
