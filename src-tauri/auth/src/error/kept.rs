//! Why a file cannot be kept fresh.

use std::{io, path::PathBuf};

use serde::{Deserialize, Serialize};

use super::{EntryFlaw, OpenTo, io_kind};

/// Why a kept file cannot be set up, written or given back.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum KeptCause {
    /// The link that it was set up through leads elsewhere now, or a link stands in its path.
    LinkChanged {
        /// The file.
        file: PathBuf,
    },
    /// Others can change what lies in a folder on the way to it.
    OthersCanWrite {
        /// That folder.
        folder: PathBuf,
        /// Who they are.
        to: OpenTo,
    },
    /// It lies in a folder that this program keeps its own files in.
    OurFolder {
        /// That folder.
        folder: PathBuf,
    },
    /// The folder that it is to lie in is not there.
    NoFolder {
        /// That folder.
        folder: PathBuf,
    },
    /// It is no plain file.
    NotAFile {
        /// What it is instead.
        file: PathBuf,
    },
    /// It belongs to another user.
    OfAnotherUser {
        /// The file.
        file: PathBuf,
    },
    /// It holds something that this program did not write.
    Foreign {
        /// The file.
        file: PathBuf,
    },
    /// Its lines are in an encoding in which ours would be rubbish.
    NotText {
        /// The file.
        file: PathBuf,
    },
    /// Its path has characters that the settings file cannot hold.
    Unnameable {
        /// The file.
        file: PathBuf,
    },
    /// The format holds no token that could be kept fresh.
    NotThisFormat {
        /// Its name.
        format: String,
    },
    /// No such file is kept fresh.
    NotKept {
        /// The file.
        file: PathBuf,
    },
    /// It is to be kept no more, and the tokens could not be taken out of it.
    Left {
        /// The file.
        file: PathBuf,
        /// Why.
        why: Box<KeptCause>,
    },
    /// A settings entry isn't understood, and tokens may be in the file that it means.
    Unclear {
        /// Where the entry stands in the settings file.
        place: String,
        /// What's wrong with it.
        flaw: EntryFlaw,
        /// The file that it means, if known.
        file: Option<PathBuf>,
    },
    /// Which files are kept is not known, because the settings are not understood.
    Unlisted {
        /// What is said of the settings.
        why: String,
    },
    /// Another process was at kept files for too long.
    Busy,
    /// The system refused to read or write it.
    Io {
        /// The file.
        file: PathBuf,
        /// What kind of refusal.
        #[serde(with = "io_kind")]
        kind: io::ErrorKind,
    },
}

impl KeptCause {
    /// What the system said of a file.
    #[cfg(feature = "vault")]
    pub(crate) fn of_io(file: &std::path::Path, error: &io::Error) -> KeptCause {
        KeptCause::Io { file: file.into(), kind: error.kind() }
    }
}

impl From<KeptCause> for super::Error {
    fn from(cause: KeptCause) -> super::Error {
        super::Error::new(super::Step::Keep, super::Cause::Kept(cause))
    }
}
