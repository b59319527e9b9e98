//! Who may read and change files. Only the person can open what this program creates. What others can do with a file or
//! folder is the same data on every system, so that each rule is written once.

#[cfg(any(windows, test))]
mod access_list;
#[cfg(unix)]
mod unix;
#[cfg(windows)]
mod windows;

use std::{io, path::Path};

pub(crate) use self::system::{create_folder, of_file, of_file_at, of_folder, owner};
pub use self::system::{create_new, open_or_create};
#[cfg(unix)]
use self::unix as system;
#[cfg(windows)]
use self::windows as system;
use crate::error::OpenTo;

/// Who owns a file or a folder.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Owner {
    /// The user who runs this. On Windows also the administrators group, which owns what its members create.
    Me,
    /// The system itself, whose folders may hold anybody's files.
    System,
    /// Another user.
    Another,
}

/// What others can do with a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct FileRights {
    /// Its owner.
    pub(crate) owner: Owner,
    /// Who else can read or change it.
    pub(crate) open_to: Option<OpenTo>,
}

/// What others can do with a folder.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct FolderRights {
    /// Its owner.
    pub(crate) owner: Owner,
    /// What others can do with what lies in it.
    pub(crate) others: Others,
}

/// What others can do with what lies in a folder.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Others {
    /// They can't change anything.
    Nothing,
    /// They can add their own files, but not touch anybody else's, as in `/tmp`.
    Add,
    /// They can remove or replace files, or the folder itself.
    Replace(OpenTo),
}

impl Others {
    /// Returns the same with others named differently.
    #[cfg(windows)]
    fn map(self, name: impl FnOnce(OpenTo) -> OpenTo) -> Others {
        match self {
            Others::Replace(by) => Others::Replace(name(by)),
            Others::Nothing | Others::Add => self,
        }
    }
}

impl FolderRights {
    /// A folder's owner can replace anything in it.
    fn of(owner: Owner, others: Others) -> FolderRights {
        match owner {
            Owner::Me | Owner::System => FolderRights { owner, others },
            Owner::Another => FolderRights { owner, others: Others::Replace(OpenTo::Owner) },
        }
    }

    /// Returns who can replace a file in it.
    pub(crate) fn replaceable_by(self) -> Option<OpenTo> {
        match self.others {
            Others::Replace(by) => Some(by),
            Others::Nothing | Others::Add => None,
        }
    }
}

/// Creates a folder that only the person may enter, with any missing parents; returns the folders created, innermost
/// first.
pub(crate) fn create_folders(path: &Path) -> io::Result<Vec<&Path>> {
    let is_new = |folder: &&Path| !folder.as_os_str().is_empty() && !folder.exists();
    let new: Vec<&Path> = path.ancestors().take_while(is_new).collect();
    for folder in new.iter().rev() {
        match create_folder(folder) {
            // Another process was faster.
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists && folder.is_dir() => {}
            created => created?,
        }
    }
    if path.is_dir() { Ok(new) } else { Err(io::ErrorKind::NotADirectory.into()) }
}
