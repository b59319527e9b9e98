//! Why the vault's file can't be opened or written.

use serde::{Deserialize, Serialize};

use super::io_kind;

/// Why the vault file can't be opened or written.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
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
        #[serde(with = "io_kind")]
        kind: std::io::ErrorKind,
    },
}

impl From<VaultCause> for super::Error {
    fn from(cause: VaultCause) -> super::Error {
        super::Error::new(super::Step::Vault, super::Cause::Vault(cause))
    }
}

impl From<std::io::Error> for VaultCause {
    fn from(error: std::io::Error) -> VaultCause {
        VaultCause::Io { kind: error.kind() }
    }
}
