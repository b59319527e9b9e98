//! Why the settings file cannot be used.

use std::{io, path::PathBuf};

/// Why the settings file cannot be used.
#[derive(Clone, Debug, PartialEq, Eq)]
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
        kind: io::ErrorKind,
    },
}

impl SettingsCause {
    /// The value of a name in this cause's sentences.
    pub(crate) fn value(&self, name: &str) -> Option<String> {
        match (name, self) {
            ("file", SettingsCause::NotUnderstood { file, .. }) => Some(file.display().to_string()),
            ("why", SettingsCause::NotUnderstood { why, .. }) => Some(why.clone()),
            ("why", SettingsCause::Io { kind }) => Some(kind.to_string()),
            _ => None,
        }
    }
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
