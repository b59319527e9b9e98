//! File permissions. Only the user can open what this program creates. Other users' access to a file or folder has the
//! same representation on every system, so that each rule is written once.

#[cfg(any(windows, test))]
mod access_list;
#[cfg(unix)]
mod unix;
#[cfg(windows)]
mod windows;

use std::{io, path::Path};

pub(crate) use self::system::{create_folder, of_file, owner};
pub use self::system::{create_new, of_file_at, of_folder, open_or_create};
#[cfg(unix)]
use self::unix as system;
#[cfg(windows)]
use self::windows as system;
use crate::error::OpenTo;

/// The owner of a file or folder.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Owner {
    /// The user who runs this program. On Windows, also the Administrators group, which owns what its members create.
    Me,
    /// The system, whose folders may contain any user's files.
    System,
    /// Another user.
    Another,
}

/// Other users' access to a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FileRights {
    /// Its owner.
    pub owner: Owner,
    /// Who else can read or change it.
    pub open_to: Option<OpenTo>,
}

/// Other users' access to a folder.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FolderRights {
    /// Its owner.
    pub owner: Owner,
    /// What other users can do with its contents.
    pub others: Others,
}

/// What other users can do with a folder's contents.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Others {
    /// They can't change anything.
    Nothing,
    /// They can add their own files but can't change those of others, as in `/tmp`.
    Add,
    /// They can delete or replace files, or the folder itself.
    Replace(OpenTo),
}

impl Others {
    /// Returns the same access with `name` applied to the others' names.
    #[cfg(windows)]
    fn map(self, name: impl FnOnce(OpenTo) -> OpenTo) -> Others {
        match self {
            Others::Replace(by) => Others::Replace(name(by)),
            Others::Nothing | Others::Add => self,
        }
    }
}

impl FolderRights {
    /// Returns a folder's rights; any owner other than the user or the system can replace its contents.
    fn of(owner: Owner, others: Others) -> FolderRights {
        match owner {
            Owner::Me | Owner::System => FolderRights { owner, others },
            Owner::Another => FolderRights { owner, others: Others::Replace(OpenTo::Owner) },
        }
    }

    /// Returns who can replace a file in the folder.
    #[must_use]
    pub fn replaceable_by(self) -> Option<OpenTo> {
        match self.others {
            Others::Replace(by) => Some(by),
            Others::Nothing | Others::Add => None,
        }
    }
}

/// Creates a folder that only the user can access, with any missing parents. Returns the created folders, innermost
/// first.
pub(crate) fn create_folders(path: &Path) -> io::Result<Vec<&Path>> {
    let is_new = |folder: &&Path| !folder.as_os_str().is_empty() && !folder.exists();
    let new: Vec<&Path> = path.ancestors().take_while(is_new).collect();
    for folder in new.iter().rev() {
        match create_folder(folder) {
            // Another process created it first.
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists && folder.is_dir() => {}
            created => created?,
        }
    }
    if path.is_dir() { Ok(new) } else { Err(io::ErrorKind::NotADirectory.into()) }
}
