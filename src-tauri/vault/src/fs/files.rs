//! The file operations for storing a sign-in, and an atomic way to replace a file.

use std::{
    fs::{self, File, OpenOptions},
    io::{self, ErrorKind, Read, Write},
    path::{Path, PathBuf},
    time::SystemTime,
};

use crate::fs::permissions;

/// Metadata of a file that changes whenever the file is replaced.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stamp {
    modified: Option<SystemTime>,
    bytes: u64,
    inode: u64,
}

/// File operations, passed in so that a test can make the nth one fail.
pub trait Files: Send + Sync {
    /// Returns the whole file and its stamp, both from the same open file.
    fn read(&self, path: &Path) -> io::Result<(Vec<u8>, Stamp)>;
    /// Returns the file's stamp.
    fn stamp(&self, path: &Path) -> io::Result<Stamp>;
    /// Creates a folder that only the user can access, including its parents.
    fn make_folder(&self, path: &Path) -> io::Result<()>;
    /// Creates a file that only the user can read. Fails if it exists.
    fn write_new(&self, path: &Path, bytes: &[u8]) -> io::Result<()>;
    /// Flushes a file's contents to disk.
    fn sync(&self, path: &Path) -> io::Result<()>;
    /// Renames a file, replacing any existing one.
    fn rename(&self, from: &Path, to: &Path) -> io::Result<()>;
    /// Flushes a folder's entries to disk.
    fn sync_folder(&self, path: &Path) -> io::Result<()>;
    /// Deletes a file.
    fn remove(&self, path: &Path) -> io::Result<()>;
}

/// The system's file operations.
#[derive(Clone, Copy, Debug, Default)]
pub struct RealFiles;

/// Replaces a file atomically: at any moment, its path refers to all the old bytes or all the new ones.
///
/// Only for the holder of a lock: the temporary file has a fixed name, so that a crash leaves at most one, which the
/// next replacement deletes.
pub fn replace_whole(files: &dyn Files, path: &Path, bytes: &[u8]) -> io::Result<()> {
    let between = between(path);
    remove_if_there(files, &between)?;
    let replaced = files
        .write_new(&between, bytes)
        .and_then(|()| files.sync(&between))
        .and_then(|()| files.rename(&between, path));
    if let Err(error) = replaced {
        // The first error is the one to report; the next call deletes the temporary file.
        let _ = files.remove(&between);
        return Err(error);
    }
    files.sync_folder(folder_of(path))
}

/// Durably deletes a file and the temporary file that a crash may have left beside it.
pub fn remove_whole(files: &dyn Files, path: &Path) -> io::Result<()> {
    remove_if_there(files, path)?;
    remove_if_there(files, &between(path))?;
    files.sync_folder(folder_of(path))
}

/// Returns the path that a symbolic link leads to, even if nothing is there; any other path is returned as it is.
pub fn behind_link(path: &Path) -> io::Result<PathBuf> {
    let is_link = path.symlink_metadata().is_ok_and(|metadata| metadata.is_symlink());
    if !is_link {
        return Ok(path.to_owned());
    }
    match fs::canonicalize(path) {
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(folder_of(path).join(fs::read_link(path)?)),
        found => found,
    }
}

/// Returns the folder that contains a file.
#[must_use]
pub fn folder_of(path: &Path) -> &Path {
    path.parent().unwrap_or(Path::new("."))
}

impl Files for RealFiles {
    fn read(&self, path: &Path) -> io::Result<(Vec<u8>, Stamp)> {
        let mut file = File::open(path)?;
        let mut bytes = Vec::new();
        file.read_to_end(&mut bytes)?;
        Ok((bytes, Stamp::of(&file.metadata()?)))
    }

    fn stamp(&self, path: &Path) -> io::Result<Stamp> {
        fs::metadata(path).map(|metadata| Stamp::of(&metadata))
    }

    fn make_folder(&self, path: &Path) -> io::Result<()> {
        let new = permissions::create_folders(path)?;
        // A new folder is an entry in its parent, which must survive a power failure.
        new.into_iter().try_for_each(|folder| self.sync_folder(folder_of(folder)))
    }

    fn write_new(&self, path: &Path, bytes: &[u8]) -> io::Result<()> {
        permissions::create_new(path)?.write_all(bytes)
    }

    fn sync(&self, path: &Path) -> io::Result<()> {
        OpenOptions::new().write(true).open(path)?.sync_all()
    }

    fn rename(&self, from: &Path, to: &Path) -> io::Result<()> {
        once_free(|| fs::rename(from, to))
    }

    fn sync_folder(&self, path: &Path) -> io::Result<()> {
        // Windows can't open a folder as a file, and journals file names itself.
        if cfg!(unix) { File::open(path)?.sync_all() } else { Ok(()) }
    }

    fn remove(&self, path: &Path) -> io::Result<()> {
        fs::remove_file(path)
    }
}

/// Retries for up to a second: Windows can't rename a file while another program, such as a virus scanner, has it open.
#[cfg(windows)]
fn once_free(rename: impl Fn() -> io::Result<()>) -> io::Result<()> {
    const ACCESS_DENIED: i32 = 5;
    const SHARING_VIOLATION: i32 = 32;
    for _ in 0..100 {
        match rename() {
            Err(error) if matches!(error.raw_os_error(), Some(ACCESS_DENIED | SHARING_VIOLATION)) => {
                std::thread::sleep(std::time::Duration::from_millis(10));
            }
            done => return done,
        }
    }
    rename()
}

/// Runs once: on other systems, an open file can be renamed.
#[cfg(not(windows))]
fn once_free(rename: impl Fn() -> io::Result<()>) -> io::Result<()> {
    rename()
}

impl Stamp {
    fn of(metadata: &fs::Metadata) -> Stamp {
        #[cfg(unix)]
        let inode = std::os::unix::fs::MetadataExt::ino(metadata);
        #[cfg(not(unix))]
        let inode = 0;
        Stamp { modified: metadata.modified().ok(), bytes: metadata.len(), inode }
    }
}

/// Returns the path of a replacement's temporary file.
pub(crate) fn between(path: &Path) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(".new");
    name.into()
}

/// Deletes a file. Succeeds if it doesn't exist.
pub fn remove_if_there(files: &dyn Files, path: &Path) -> io::Result<()> {
    match files.remove(path) {
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(()),
        done => done,
    }
}
