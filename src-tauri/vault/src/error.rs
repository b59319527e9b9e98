//! Why the vault, its key or another file can't be used.

mod key;
mod key_file;
mod open_to;
mod settings;
mod vault;

use std::{fmt, path::PathBuf};

pub use self::{
    key::KeyCause,
    key_file::KeyFileCause,
    open_to::OpenTo,
    settings::{SettingsCause, SettingsFlaw},
    vault::VaultCause,
};

/// Why something that's kept on this computer can't be used.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Error {
    /// The key is unavailable.
    Key(KeyCause),
    /// The key file that the user chose can't be used.
    KeyFile {
        /// The key file.
        path: PathBuf,
        /// Why it can't be used.
        why: KeyFileCause,
    },
    /// The program's files belong to a different user than the one running it.
    OtherOwner {
        /// The file or folder.
        path: PathBuf,
    },
    /// The vault file can't be opened or written.
    Vault(VaultCause),
    /// The settings file can't be used.
    Settings(SettingsCause),
}

/// What helps if something that's kept on this computer can't be used.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Remedy {
    /// The keyring must be unlocked.
    Unlock,
    /// Try again after changing something on this computer.
    TryAgain,
    /// Create a new vault beside the old one, which no key opens.
    StartAfresh,
    /// Nothing in this program.
    Tell,
}

impl Error {
    /// Returns the remedy.
    #[must_use]
    pub const fn remedy(&self) -> Remedy {
        match self {
            Error::Key(cause) => cause.remedy(),
            Error::KeyFile { why, .. } => why.remedy(),
            Error::OtherOwner { .. } => Remedy::Tell,
            Error::Vault(cause) => cause.remedy(),
            Error::Settings(cause) => cause.remedy(),
        }
    }

    /// Returns the error's code: an area and a name, such as `vault.truncated`.
    #[must_use]
    pub(crate) const fn code(&self) -> &'static str {
        match self {
            Error::Key(cause) => cause.code(),
            Error::KeyFile { why, .. } => why.code(),
            Error::OtherOwner { .. } => "vault.other_owner",
            Error::Vault(cause) => cause.code(),
            Error::Settings(cause) => cause.code(),
        }
    }
}

/// Formats the error for a log: the code and details that identify neither a person nor their files.
impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())?;
        match self {
            Error::Vault(VaultCause::Io { kind })
            | Error::KeyFile { why: KeyFileCause::Io { kind }, .. }
            | Error::Settings(SettingsCause::Io { kind }) => write!(f, " ({kind})"),
            _ => Ok(()),
        }
    }
}

impl std::error::Error for Error {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_later_versions_vault_is_never_offered_for_starting_afresh() {
        assert_eq!(Error::from(VaultCause::LaterVersion { version: 2 }).remedy(), Remedy::Tell);
    }
}
