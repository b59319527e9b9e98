//! A key file: the vault's key in a file that a person chose, for computers without a keyring.
//!
//! Whoever can read the file can open the vault, so one that others can read or replace is not used.

use std::{
    fs::{self, File},
    io::{ErrorKind, Read},
    path::{Path, PathBuf},
};

use zeroize::Zeroizing;

use crate::{
    error::{Cause, Error, KeyFileCause, Step},
    files::{self, Files, RealFiles},
    key::Key,
    owner,
    permissions::{self, FileRights, FolderRights, Others, Owner},
};

/// Where a person keeps the key. It is made by [`KeyFile::make`] alone, and nothing here ever changes or removes it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeyFile {
    path: PathBuf,
}

/// A key takes 43 letters; what is longer is something else.
const LONGEST: u64 = 256;

impl KeyFile {
    /// The file at `path`, which is named from the root on.
    #[must_use]
    pub const fn at(path: PathBuf) -> KeyFile {
        KeyFile { path }
    }

    /// Where it is.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Reads the key, if nobody else can read or replace it; blocks for as long as the disk takes.
    pub fn read(&self) -> Result<Key, Error> {
        self.key().map_err(|why| self.error(why))
    }

    /// Makes the file with this key in it, never over one that is there, and reads it back; blocks as the disk does.
    pub fn make(&self, key: &Key) -> Result<(), Error> {
        self.make_on(&RealFiles, key)
    }

    /// The same with these file operations. A file that could not be written whole does not stay.
    pub fn make_on(&self, files: &dyn Files, key: &Key) -> Result<(), Error> {
        owner::check_path(&self.path)?;
        self.write(files, key).map_err(|why| self.error(why))?;
        if self.read()? == *key { Ok(()) } else { Err(self.error(KeyFileCause::Garbled)) }
    }

    /// What is wrong with it, as an error that names it.
    pub(crate) fn error(&self, why: KeyFileCause) -> Error {
        Error::new(Step::Key, Cause::KeyFile { path: self.path.clone(), why })
    }

    fn key(&self) -> Result<Key, KeyFileCause> {
        self.is_named_whole()?;
        // Not every name is a file's: opening a pipe would wait for somebody to write.
        let metadata = fs::metadata(&self.path).map_err(|error| absent_or(&error))?;
        if !metadata.is_file() {
            return Err(KeyFileCause::Garbled);
        }
        // A link is as safe as the folder that it lies in and the one that it leads to.
        let real = fs::canonicalize(&self.path).map_err(|error| absent_or(&error))?;
        for folder in [files::folder_of(&self.path), files::folder_of(&real)] {
            check_folder(folder)?;
        }
        let file = File::open(&self.path).map_err(|error| absent_or(&error))?;
        // Of the file that is open, and not of what its name leads to by now.
        judge_file(permissions::of_file(&file).map_err(|error| refused(&error))?)?;
        let mut text = Zeroizing::new(String::new());
        file.take(LONGEST).read_to_string(&mut text).map_err(|error| absent_or(&error))?;
        Key::from_text(text.trim_end()).map_err(|_| KeyFileCause::Garbled)
    }

    fn write(&self, files: &dyn Files, key: &Key) -> Result<(), KeyFileCause> {
        self.is_named_whole()?;
        let folder = files::folder_of(&self.path);
        files.make_folder(folder).map_err(|error| refused(&error))?;
        check_folder(folder)?;
        let line = Zeroizing::new([key.to_text().as_bytes(), b"\n"].concat());
        let written = files.write_new(&self.path, &line);
        // One that was there is a person's own, whatever is in it.
        let is_ours = !written.as_ref().is_err_and(|error| error.kind() == ErrorKind::AlreadyExists);
        let kept = written.and_then(|()| files.sync(&self.path)).and_then(|()| files.sync_folder(folder));
        if kept.is_err() && is_ours {
            // The first error is the one to tell.
            let _ = files.remove(&self.path);
        }
        kept.map_err(|error| refused(&error))
    }

    fn is_named_whole(&self) -> Result<(), KeyFileCause> {
        if self.path.is_absolute() { Ok(()) } else { Err(KeyFileCause::Relative) }
    }
}

fn check_folder(folder: &Path) -> Result<(), KeyFileCause> {
    judge_folder(folder, permissions::of_folder(folder).map_err(|error| refused(&error))?)
}

fn absent_or(error: &std::io::Error) -> KeyFileCause {
    match error.kind() {
        ErrorKind::NotFound => KeyFileCause::Missing,
        ErrorKind::InvalidData => KeyFileCause::Garbled,
        _ => refused(error),
    }
}

fn refused(error: &std::io::Error) -> KeyFileCause {
    KeyFileCause::Io { kind: error.kind() }
}

/// A folder's owner and the system decide who may write in it; a person can choose that only for their own folder.
fn judge_folder(folder: &Path, rights: FolderRights) -> Result<(), KeyFileCause> {
    let folder = folder.to_owned();
    match (rights.owner, rights.others) {
        (Owner::Me | Owner::System, Others::Nothing) => Ok(()),
        (Owner::Me, Others::Replace(to)) => Err(KeyFileCause::FolderOpen { folder, to }),
        (Owner::Me, Others::Add) | (Owner::System | Owner::Another, _) => Err(KeyFileCause::FolderShared { folder }),
    }
}

fn judge_file(rights: FileRights) -> Result<(), KeyFileCause> {
    match (rights.owner, rights.open_to) {
        (Owner::System | Owner::Another, _) => Err(KeyFileCause::OtherOwner),
        (Owner::Me, Some(to)) => Err(KeyFileCause::OthersCanRead { to }),
        (Owner::Me, None) => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::error::OpenTo;

    fn open() -> OpenTo {
        OpenTo::Listed(vec!["S-1-1-0".into()])
    }

    #[test]
    fn a_file_is_its_readers_own_and_nobody_elses() {
        let judged = |owner, open_to| judge_file(FileRights { owner, open_to });
        assert_eq!(judged(Owner::Me, None), Ok(()));
        assert_eq!(judged(Owner::Me, Some(open())), Err(KeyFileCause::OthersCanRead { to: open() }));
        for owner in [Owner::System, Owner::Another] {
            assert_eq!(judged(owner, None), Err(KeyFileCause::OtherOwner), "{owner:?}");
        }
    }

    #[test]
    fn nobody_else_can_change_a_safe_folder() {
        let folder = || PathBuf::from("/f");
        let judged = |owner, others| judge_folder(&folder(), FolderRights { owner, others });
        for owner in [Owner::Me, Owner::System] {
            assert_eq!(judged(owner, Others::Nothing), Ok(()), "{owner:?}");
        }
        let told = KeyFileCause::FolderOpen { folder: folder(), to: open() };
        assert_eq!(judged(Owner::Me, Others::Replace(open())), Err(told));
        for (owner, others) in [
            (Owner::Me, Others::Add),
            (Owner::System, Others::Add),
            (Owner::System, Others::Replace(open())),
            (Owner::Another, Others::Nothing),
            (Owner::Another, Others::Replace(open())),
        ] {
            let shared = Err(KeyFileCause::FolderShared { folder: folder() });
            assert_eq!(judged(owner, others.clone()), shared, "{owner:?} {others:?}");
        }
    }
}
