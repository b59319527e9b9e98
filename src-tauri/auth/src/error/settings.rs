//! Why the settings file can't be used.

use std::{io, path::PathBuf};

use serde::{Deserialize, Serialize};

use super::io_kind;

/// Why the settings file can't be used.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum SettingsCause {
    /// The file, or its value for the key file, can't be parsed. The key file is then unknown, which doesn't mean that
    /// there is none.
    NotUnderstood {
        /// The file.
        file: PathBuf,
        /// The parser's or system's message; never content of the file.
        why: String,
    },
    /// A path to store has characters that the file can't hold.
    Unnameable,
    /// The system refused to read or write it.
    Io {
        /// The kind of I/O error.
        #[serde(with = "io_kind")]
        kind: io::ErrorKind,
    },
}

impl From<SettingsCause> for super::Error {
    fn from(cause: SettingsCause) -> super::Error {
        super::Error::new(super::Step::Settings, super::Cause::Settings(cause))
    }
}

#[cfg(feature = "vault")]
impl From<io::Error> for SettingsCause {
    fn from(error: io::Error) -> SettingsCause {
        SettingsCause::Io { kind: error.kind() }
    }
}
