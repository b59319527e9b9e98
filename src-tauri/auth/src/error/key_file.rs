//! Why the file that a person chose for the key cannot be used.

use std::path::PathBuf;

use serde::{Deserialize, Serialize};

use super::{OpenTo, io_kind};

/// Why a key file cannot be used.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum KeyFileCause {
    /// It is not named from the root on.
    Relative,
    /// It is not there, and neither is a vault: nobody has made it yet.
    NotMade,
    /// It is not there, but a vault is.
    Missing,
    /// What is in it is no key.
    Garbled,
    /// It belongs to another user.
    OtherOwner,
    /// Others may read or change it.
    OthersCanRead {
        /// Who can read it.
        to: OpenTo,
    },
    /// Others may put another file in its place, because the person has left a folder of theirs open to them.
    FolderOpen {
        /// The folder.
        folder: PathBuf,
        /// Who can change it.
        to: OpenTo,
    },
    /// Others may put another file in its place: its folder is for everybody, such as `/tmp`, or another user's.
    FolderShared {
        /// The folder.
        folder: PathBuf,
    },
    /// The key in it does not open the vault, or the vault's bytes were changed.
    OtherKey,
    /// The system refused to read or write it.
    Io {
        /// What kind of refusal.
        #[serde(with = "io_kind")]
        kind: std::io::ErrorKind,
    },
}
