//! Why a token file can't be kept fresh.

use std::{io, path::PathBuf};

use spartan_vault::error::{OpenTo, SettingsFlaw};

use super::EntryFlaw;

/// Why a token file can't be set up, written or released.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum TokenFileCause {
    /// The link through which the file was set up has a new target, or a component of its path is a link.
    LinkChanged {
        /// The file.
        file: PathBuf,
    },
    /// Other users can change the contents of a folder in its path.
    OthersCanWrite {
        /// The folder.
        folder: PathBuf,
        /// Who has access.
        to: OpenTo,
    },
    /// It's in a folder that this program uses for its own files.
    OurFolder {
        /// The folder.
        folder: PathBuf,
    },
    /// Its parent folder doesn't exist.
    NoFolder {
        /// The folder.
        folder: PathBuf,
    },
    /// It isn't a regular file.
    NotAFile {
        /// The path.
        file: PathBuf,
    },
    /// It belongs to another user.
    OfAnotherUser {
        /// The file.
        file: PathBuf,
    },
    /// It has content that this program didn't write.
    Foreign {
        /// The file.
        file: PathBuf,
    },
    /// Something that this program didn't write took the place of a token file that was released.
    NoLongerOurs {
        /// The file.
        file: PathBuf,
    },
    /// Its encoding is one in which added lines would be unreadable.
    NotText {
        /// The file.
        file: PathBuf,
    },
    /// Its path has characters that can't be stored in the settings file.
    Unnameable {
        /// The file.
        file: PathBuf,
    },
    /// The format contains no token that could be kept fresh.
    NotThisFormat {
        /// The format's name.
        format: String,
    },
    /// It isn't a token file in the settings.
    NotKept {
        /// The file.
        file: PathBuf,
    },
    /// It was removed from the settings, but its tokens couldn't be deleted from it.
    Left {
        /// The file.
        file: PathBuf,
        /// Why its tokens couldn't be deleted.
        why: Box<TokenFileCause>,
    },
    /// A settings entry isn't understood, and the file that it refers to may contain tokens.
    Unclear {
        /// The entry's position in the settings file.
        place: String,
        /// What's wrong with it.
        flaw: EntryFlaw,
        /// The file that it refers to, if known.
        file: Option<PathBuf>,
    },
    /// The list of token files is unknown because the settings aren't understood.
    Unlisted {
        /// What's wrong with the settings.
        why: SettingsFlaw,
    },
    /// The settings have something else than a list of token files in its place.
    NoList,
    /// Another process was using token files for too long.
    Busy,
    /// The system refused to read or write it.
    Io {
        /// The file.
        file: PathBuf,
        /// The kind of I/O error.
        kind: io::ErrorKind,
    },
}

impl TokenFileCause {
    /// Returns the code of this cause: an area and a name.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            TokenFileCause::LinkChanged { .. } => "kept.link_changed",
            TokenFileCause::OthersCanWrite { .. } => "kept.others_can_write",
            TokenFileCause::OurFolder { .. } => "kept.our_folder",
            TokenFileCause::NoFolder { .. } => "kept.no_folder",
            TokenFileCause::NotAFile { .. } => "kept.not_a_file",
            TokenFileCause::NoLongerOurs { .. } => "kept.no_longer_ours",
            TokenFileCause::OfAnotherUser { .. } => "kept.of_another_user",
            TokenFileCause::Foreign { .. } => "kept.foreign",
            TokenFileCause::NotText { .. } => "kept.not_text",
            TokenFileCause::Unnameable { .. } => "kept.unnameable",
            TokenFileCause::NotThisFormat { .. } => "kept.not_this_format",
            TokenFileCause::NotKept { .. } => "kept.not_kept",
            TokenFileCause::Left { .. } => "kept.left",
            TokenFileCause::Unclear { file: Some(_), .. } => "kept.unclear",
            TokenFileCause::Unclear { file: None, .. } => "kept.unclear_file",
            TokenFileCause::Unlisted { .. } | TokenFileCause::NoList => "kept.unlisted",
            TokenFileCause::Busy => "kept.busy",
            TokenFileCause::Io { .. } => "kept.files",
        }
    }

    /// Returns the cause for an I/O error of a file.
    pub(crate) fn of_io(file: &std::path::Path, error: &io::Error) -> TokenFileCause {
        TokenFileCause::Io { file: file.into(), kind: error.kind() }
    }
}
