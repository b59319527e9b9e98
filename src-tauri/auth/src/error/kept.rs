//! Why a file cannot be kept fresh.

use std::{io, path::PathBuf};

use super::{EntryFlaw, OpenTo};

/// Why a kept file cannot be set up, written or given back.
#[derive(Clone, Debug, PartialEq, Eq)]
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
        format: &'static str,
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
        kind: io::ErrorKind,
    },
}

impl KeptCause {
    /// What the system said of a file.
    #[cfg(feature = "vault")]
    pub(crate) fn of_io(file: &std::path::Path, error: &io::Error) -> KeptCause {
        KeptCause::Io { file: file.into(), kind: error.kind() }
    }

    /// The value of a name in this cause's sentences.
    pub(crate) fn value(&self, name: &str) -> Option<String> {
        let shown = |path: &PathBuf| path.display().to_string();
        match (name, self) {
            ("why", KeptCause::Io { kind, .. }) => Some(kind.to_string()),
            ("why", KeptCause::Left { why, .. }) => {
                let sentence = crate::words::what(&(**why).clone().into());
                Some(sentence.trim_end_matches('.').to_owned())
            }
            ("why", KeptCause::Unlisted { why }) => Some(why.clone()),
            ("why", KeptCause::Unclear { flaw, .. }) => Some(flaw.to_string()),
            ("place", KeptCause::Unclear { place, .. }) => Some(place.clone()),
            ("file", KeptCause::Unclear { file, .. }) => file.as_ref().map(shown),
            ("format", KeptCause::NotThisFormat { format }) => Some((*format).to_owned()),
            (
                "file",
                KeptCause::LinkChanged { file }
                | KeptCause::NotAFile { file }
                | KeptCause::OfAnotherUser { file }
                | KeptCause::Foreign { file }
                | KeptCause::NotText { file }
                | KeptCause::Unnameable { file }
                | KeptCause::NotKept { file }
                | KeptCause::Left { file, .. }
                | KeptCause::Io { file, .. },
            ) => Some(shown(file)),
            (
                "folder",
                KeptCause::OthersCanWrite { folder, .. }
                | KeptCause::OurFolder { folder }
                | KeptCause::NoFolder { folder },
            ) => Some(shown(folder)),
            ("or_close", KeptCause::OthersCanWrite { to: OpenTo::Owner, .. }) => Some(String::new()),
            ("or_close", KeptCause::OthersCanWrite { folder, to }) => {
                Some(format!(", or close this one to others with {}", crate::words::close_folder(folder, to)))
            }
            _ => None,
        }
    }
}

impl From<KeptCause> for super::Error {
    fn from(cause: KeptCause) -> super::Error {
        super::Error::new(super::Step::Keep, super::Cause::Kept(cause))
    }
}
