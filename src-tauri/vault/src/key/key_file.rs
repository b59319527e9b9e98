//! A key file: the vault's key in a file chosen by the user, for computers without a keyring.
//!
//! Anyone who can read the file can open the vault, so a file that other users can read or replace isn't used.

use std::{
    fs::{self, File},
    io::{ErrorKind, Read},
    path::{Path, PathBuf},
};

use zeroize::Zeroizing;

use crate::{
    error::{Error, KeyFileCause},
    fs::{
        files::{self, Files, RealFiles},
        owner,
        permissions::{self, FileRights, FolderRights, Others, Owner},
    },
    key::Key,
};

/// A file that stores the key. Only [`KeyFile::make`] creates it, and nothing in this crate changes or deletes it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeyFile {
    path: PathBuf,
}

/// The maximum size in bytes. A key has 43 characters; a longer file is something else.
const LONGEST: u64 = 256;

impl KeyFile {
    /// Returns the key file at `path`, which must be absolute.
    #[must_use]
    pub const fn at(path: PathBuf) -> KeyFile {
        KeyFile { path }
    }

    /// The file's path.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Reads the key. Fails if other users can read or replace the file. Blocks on disk I/O.
    pub fn read(&self) -> Result<Key, Error> {
        self.key().map_err(|why| self.error(why))
    }

    /// Creates the file with this key and reads it back. Fails if the file exists. Blocks on disk I/O.
    pub fn make(&self, key: &Key) -> Result<(), Error> {
        self.make_on(&RealFiles, key)
    }

    /// Does the same with these file operations. A file that couldn't be written completely is deleted.
    pub fn make_on(&self, files: &dyn Files, key: &Key) -> Result<(), Error> {
        owner::check_path(&self.path)?;
        self.write(files, key).map_err(|why| self.error(why))?;
        if self.read()? == *key { Ok(()) } else { Err(self.error(KeyFileCause::Garbled)) }
    }

    /// Returns an error that names the file.
    pub(crate) fn error(&self, why: KeyFileCause) -> Error {
        Error::KeyFile { path: self.path.clone(), why }
    }

    fn key(&self) -> Result<Key, KeyFileCause> {
        self.is_named_whole()?;
        // The path may not be a regular file; opening a pipe would wait for a writer.
        let metadata = fs::metadata(&self.path).map_err(|error| absent_or(&error))?;
        if !metadata.is_file() {
            return Err(KeyFileCause::Garbled);
        }
        // A link is only as safe as its own folder and that of its target.
        let real = fs::canonicalize(&self.path).map_err(|error| absent_or(&error))?;
        for folder in [files::folder_of(&self.path), files::folder_of(&real)] {
            check_folder(folder)?;
        }
        let file = File::open(&self.path).map_err(|error| absent_or(&error))?;
        // Check the open file, not what its path refers to by now.
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
        // An existing file belongs to the user, whatever its content.
        let is_ours = !written.as_ref().is_err_and(|error| error.kind() == ErrorKind::AlreadyExists);
        let kept = written.and_then(|()| files.sync(&self.path)).and_then(|()| files.sync_folder(folder));
        if kept.is_err() && is_ours {
            // The first error is the one to report.
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

/// Fails if other users can write in the folder: with `FolderOpen` if it's the user's own and they can correct this,
/// otherwise with `FolderShared`.
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
