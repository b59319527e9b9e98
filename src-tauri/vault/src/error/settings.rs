//! Why the settings file can't be used.

use std::{io, path::PathBuf};

use super::Remedy;

/// Why the settings file can't be used.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SettingsCause {
    /// The file, or its value for the key file, can't be parsed. The key file is then unknown, which doesn't mean that
    /// there is none.
    NotUnderstood {
        /// The file.
        file: PathBuf,
        /// What's wrong with it.
        why: SettingsFlaw,
    },
    /// A path to store has characters that the file can't hold.
    Unnameable,
    /// The system refused to read or write it.
    Io {
        /// The kind of I/O error.
        kind: io::ErrorKind,
    },
}

/// What's wrong with the contents of the settings file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SettingsFlaw {
    /// It isn't UTF-8 text.
    NotText,
    /// It isn't valid TOML.
    Syntax {
        /// The number of the line, if known.
        line: Option<usize>,
        /// The parser's own message; never content of the file.
        parser: String,
    },
    /// Its value for the key file isn't a path.
    KeyFile,
    /// The system refused to read it.
    Io {
        /// The kind of I/O error.
        kind: io::ErrorKind,
    },
}

impl SettingsCause {
    /// Returns the remedy.
    #[must_use]
    pub const fn remedy(&self) -> Remedy {
        match self {
            SettingsCause::Unnameable | SettingsCause::Io { .. } => Remedy::TryAgain,
            SettingsCause::NotUnderstood { .. } => Remedy::Tell,
        }
    }

    /// Returns the code of this cause: an area and a name.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            SettingsCause::NotUnderstood { .. } => "settings.not_understood",
            SettingsCause::Unnameable => "settings.unnameable",
            SettingsCause::Io { .. } => "settings.files",
        }
    }
}

impl From<SettingsCause> for super::Error {
    fn from(cause: SettingsCause) -> super::Error {
        super::Error::Settings(cause)
    }
}

impl From<io::Error> for SettingsCause {
    fn from(error: io::Error) -> SettingsCause {
        SettingsCause::Io { kind: error.kind() }
    }
}
