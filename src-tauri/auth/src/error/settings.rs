//! Why the settings file cannot be used.

use std::{io, path::PathBuf};

use serde::{Deserialize, Serialize};

use super::io_kind;

/// Why the settings file cannot be used.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum SettingsCause {
    /// It cannot be made out, or its value for the key file cannot: what it names is not known, which is not nothing.
    NotUnderstood {
        /// The file.
        file: PathBuf,
        /// What the parser or the system said; never what stands in the file.
        why: String,
    },
    /// A path that it is to name has characters that it cannot hold.
    Unnameable,
    /// The system refused to read or write it.
    Io {
        /// What kind of refusal.
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
