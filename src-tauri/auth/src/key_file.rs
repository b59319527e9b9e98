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
            rights::of_folder(folder)?;
        }
        let file = File::open(&self.path).map_err(|error| absent_or(&error))?;
        // Of the file that is open, and not of what its name leads to by now.
        rights::of_file(&file)?;
        let mut text = Zeroizing::new(String::new());
        file.take(LONGEST).read_to_string(&mut text).map_err(|error| absent_or(&error))?;
        Key::from_text(text.trim_end()).map_err(|_| KeyFileCause::Garbled)
    }

    fn write(&self, files: &dyn Files, key: &Key) -> Result<(), KeyFileCause> {
        self.is_named_whole()?;
        let folder = files::folder_of(&self.path);
        files.make_folder(folder).map_err(|error| refused(&error))?;
        rights::of_folder(folder)?;
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

/// Who may read and replace the file.
#[cfg(unix)]
mod rights {
    use std::{
        fs::{self, File, Metadata},
        os::unix::fs::MetadataExt,
        path::Path,
    };

    use super::refused;
    use crate::{error::KeyFileCause, owner};

    pub(super) fn of_file(file: &File) -> Result<(), KeyFileCause> {
        let metadata = file.metadata().map_err(|error| refused(&error))?;
        judge_file(&Facts::of(&metadata), owner::me())
    }

    pub(super) fn of_folder(folder: &Path) -> Result<(), KeyFileCause> {
        let metadata = fs::metadata(folder).map_err(|error| refused(&error))?;
        judge_folder(folder, &Facts::of(&metadata), owner::me())
    }

    struct Facts {
        owner: u32,
        mode: u32,
    }

    impl Facts {
        fn of(metadata: &Metadata) -> Facts {
            Facts { owner: metadata.uid(), mode: metadata.mode() & 0o7777 }
        }
    }

    fn judge_file(file: &Facts, me: u32) -> Result<(), KeyFileCause> {
        if file.owner != me {
            return Err(KeyFileCause::OtherOwner);
        }
        if file.mode & 0o077 != 0 {
            return Err(KeyFileCause::OthersCanRead);
        }
        Ok(())
    }

    /// The system's own folders are as good as one's own. Only of one's own folders it is one's own choice who may write.
    fn judge_folder(folder: &Path, facts: &Facts, me: u32) -> Result<(), KeyFileCause> {
        const STICKY: u32 = 0o1000;
        let (is_mine, is_open) = (facts.owner == me, facts.mode & 0o022 != 0);
        if !is_open && (is_mine || facts.owner == 0) {
            return Ok(());
        }
        let folder = folder.to_owned();
        if is_mine && facts.mode & STICKY == 0 {
            return Err(KeyFileCause::FolderOpen { folder });
        }
        Err(KeyFileCause::FolderShared { folder })
    }

    #[cfg(test)]
    mod tests {
        use std::path::PathBuf;

        use super::*;

        #[test]
        fn a_file_is_its_readers_own_and_nobody_elses() {
            let judged = |owner, mode| judge_file(&Facts { owner, mode }, 1000);
            for mode in [0o600, 0o400, 0o700] {
                assert_eq!(judged(1000, mode), Ok(()), "{mode:o}");
            }
            for mode in [0o640, 0o604, 0o620, 0o660, 0o644, 0o777] {
                assert_eq!(judged(1000, mode), Err(KeyFileCause::OthersCanRead), "{mode:o}");
            }
            for owner in [0, 1001] {
                assert_eq!(judged(owner, 0o600), Err(KeyFileCause::OtherOwner), "{owner}");
            }
            assert_eq!(judge_file(&Facts { owner: 1000, mode: 0o600 }, 0), Err(KeyFileCause::OtherOwner));
        }

        #[test]
        fn nobody_else_can_change_a_safe_folder() {
            let folder = || PathBuf::from("/f");
            let judged = |owner, mode| judge_folder(&folder(), &Facts { owner, mode }, 1000);
            for (owner, mode) in [(1000, 0o700), (1000, 0o755), (0, 0o755)] {
                assert_eq!(judged(owner, mode), Ok(()), "{owner} {mode:o}");
            }
            for mode in [0o775, 0o757] {
                assert_eq!(judged(1000, mode), Err(KeyFileCause::FolderOpen { folder: folder() }), "{mode:o}");
            }
            for (owner, mode) in [(0, 0o1777), (1000, 0o1777), (0, 0o777), (1001, 0o700), (1001, 0o777)] {
                let shared = Err(KeyFileCause::FolderShared { folder: folder() });
                assert_eq!(judged(owner, mode), shared, "{owner} {mode:o}");
            }
        }
    }
}

/// Windows tells it by lists of its own, which a file takes over from its folder.
#[cfg(not(unix))]
mod rights {
    use std::{fs::File, path::Path};

    use crate::error::KeyFileCause;

    pub(super) const fn of_file(_: &File) -> Result<(), KeyFileCause> {
        Ok(())
    }

    pub(super) const fn of_folder(_: &Path) -> Result<(), KeyFileCause> {
        Ok(())
    }
}
