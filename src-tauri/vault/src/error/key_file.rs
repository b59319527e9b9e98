//! Why the key file that the user chose can't be used.

use std::path::PathBuf;

use super::{OpenTo, Remedy};

/// Why a key file can't be used.
#[derive(Clone, Debug, PartialEq, Eq)]
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
        kind: std::io::ErrorKind,
    },
}

impl KeyFileCause {
    /// Returns the remedy.
    #[must_use]
    pub const fn remedy(&self) -> Remedy {
        match self {
            KeyFileCause::Missing | KeyFileCause::Garbled | KeyFileCause::OtherKey => Remedy::StartAfresh,
            KeyFileCause::Relative
            | KeyFileCause::NotMade
            | KeyFileCause::OtherOwner
            | KeyFileCause::OthersCanRead { .. }
            | KeyFileCause::FolderOpen { .. }
            | KeyFileCause::FolderShared { .. }
            | KeyFileCause::Io { .. } => Remedy::TryAgain,
        }
    }

    /// Returns the code of this cause: an area and a name.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            KeyFileCause::Relative => "key_file.relative",
            KeyFileCause::NotMade => "key_file.not_made",
            KeyFileCause::Missing => "key_file.missing",
            KeyFileCause::Garbled => "key_file.garbled",
            KeyFileCause::OtherOwner => "key_file.other_owner",
            KeyFileCause::OthersCanRead { .. } => "key_file.others_can_read",
            KeyFileCause::FolderOpen { .. } => "key_file.folder_open",
            KeyFileCause::FolderShared { .. } => "key_file.folder_shared",
            KeyFileCause::OtherKey => "key_file.other_key",
            KeyFileCause::Io { .. } => "key_file.files",
        }
    }
}
