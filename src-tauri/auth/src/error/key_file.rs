//! Why the key file that the user chose can't be used.

use std::path::PathBuf;

use serde::{Deserialize, Serialize};

use super::{OpenTo, io_kind};

/// Why a key file can't be used.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum KeyFileCause {
    /// Its path isn't absolute.
    Relative,
    /// Neither the key file nor a vault exists; it hasn't been created yet.
    NotMade,
    /// The key file doesn't exist, but a vault does.
    Missing,
    /// It doesn't contain a valid key.
    Garbled,
    /// It belongs to another user.
    OtherOwner,
    /// Other users can read or change it.
    OthersCanRead {
        /// Who has access.
        to: OpenTo,
    },
    /// Other users can replace it because the user's own folder is open to them.
    FolderOpen {
        /// The folder.
        folder: PathBuf,
        /// Who can change the folder.
        to: OpenTo,
    },
    /// Other users can replace it because its folder is public, such as `/tmp`, or another user's.
    FolderShared {
        /// The folder.
        folder: PathBuf,
    },
    /// Its key doesn't open the vault, or the vault's bytes were changed.
    OtherKey,
    /// The system refused to read or write it.
    Io {
        /// The kind of I/O error.
        #[serde(with = "io_kind")]
        kind: std::io::ErrorKind,
    },
}
