//! Why the vault's file can't be opened or written.

use super::Remedy;

/// Why the vault file can't be opened or written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum VaultCause {
    /// Its end is missing.
    Truncated,
    /// It isn't a vault.
    Foreign,
    /// It was written by a later version of this program.
    LaterVersion {
        /// The file's format version.
        version: u8,
    },
    /// The key in the keyring doesn't open it, or its bytes were changed.
    OtherKey,
    /// It was decrypted, but its content can't be parsed.
    Unreadable,
    /// Another process held the lock for too long.
    Busy,
    /// The system refused to read or write it.
    Io {
        /// The kind of I/O error.
        kind: std::io::ErrorKind,
    },
}

impl VaultCause {
    /// Returns the remedy.
    #[must_use]
    pub const fn remedy(&self) -> Remedy {
        match self {
            VaultCause::Truncated | VaultCause::Foreign | VaultCause::OtherKey | VaultCause::Unreadable => {
                Remedy::StartAfresh
            }
            VaultCause::LaterVersion { .. } => Remedy::Tell,
            VaultCause::Busy | VaultCause::Io { .. } => Remedy::TryAgain,
        }
    }

    /// Returns the code of this cause: an area and a name.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            VaultCause::Truncated => "vault.truncated",
            VaultCause::Foreign => "vault.foreign",
            VaultCause::LaterVersion { .. } => "vault.later_version",
            VaultCause::OtherKey => "vault.other_key",
            VaultCause::Unreadable => "vault.unreadable",
            VaultCause::Busy => "vault.busy",
            VaultCause::Io { .. } => "vault.files",
        }
    }
}

impl From<VaultCause> for super::Error {
    fn from(cause: VaultCause) -> super::Error {
        super::Error::Vault(cause)
    }
}

impl From<std::io::Error> for VaultCause {
    fn from(error: std::io::Error) -> VaultCause {
        VaultCause::Io { kind: error.kind() }
    }
}
