//! The file operations that keeping a sign-in rests on, and how a file is replaced so that no crash can tear it.

use std::{
    fs::{self, File, OpenOptions},
    io::{self, ErrorKind, Read, Write},
    path::{Path, PathBuf},
    time::SystemTime,
};

use crate::permissions;

/// What changes about a file whenever somebody replaces it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stamp {
    modified: Option<SystemTime>,
    bytes: u64,
    inode: u64,
}

/// The operations on files, given in so that a test can let the nth one fail.
pub trait Files: Send + Sync {
    /// The whole file and its stamp, taken from the same open file.
    fn read(&self, path: &Path) -> io::Result<(Vec<u8>, Stamp)>;
    /// The file's stamp.
    fn stamp(&self, path: &Path) -> io::Result<Stamp>;
    /// Makes a folder that only the person may enter, its parents included.
    fn make_folder(&self, path: &Path) -> io::Result<()>;
    /// Writes a file that is not there yet and that only the person may read.
    fn write_new(&self, path: &Path, bytes: &[u8]) -> io::Result<()>;
    /// Has the disk take a file's bytes.
    fn sync(&self, path: &Path) -> io::Result<()>;
    /// Renames a file, replacing one that may be there.
    fn rename(&self, from: &Path, to: &Path) -> io::Result<()>;
    /// Has the disk take the names in a folder.
    fn sync_folder(&self, path: &Path) -> io::Result<()>;
    /// Removes a file.
    fn remove(&self, path: &Path) -> io::Result<()>;
}

/// The system's files.
#[derive(Clone, Copy, Debug, Default)]
pub struct RealFiles;

/// Replaces a file so that at any moment its name leads to all the old bytes or to all the new ones.
///
/// Only for the holder of a lock: the file in between has one fixed name, so that a crash leaves at most one behind,
/// which the next replacement clears away.
pub fn replace_whole(files: &dyn Files, path: &Path, bytes: &[u8]) -> io::Result<()> {
    let between = between(path);
    remove_if_there(files, &between)?;
    let replaced = files
        .write_new(&between, bytes)
        .and_then(|()| files.sync(&between))
        .and_then(|()| files.rename(&between, path));
    if let Err(error) = replaced {
        // The first error is the one to tell; what stays behind is cleared next time.
        let _ = files.remove(&between);
        return Err(error);
    }
    files.sync_folder(folder_of(path))
}

/// Removes a file, and what a crash left beside it, for good.
pub fn remove_whole(files: &dyn Files, path: &Path) -> io::Result<()> {
    remove_if_there(files, path)?;
    remove_if_there(files, &between(path))?;
    files.sync_folder(folder_of(path))
}

/// The folder that a file lies in.
pub(crate) fn folder_of(path: &Path) -> &Path {
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
        // A folder that is new is a name in the one above it, which a power cut must not take back.
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
        // Windows opens no folder as a file, and keeps names in its own journal.
        if cfg!(unix) { File::open(path)?.sync_all() } else { Ok(()) }
    }

    fn remove(&self, path: &Path) -> io::Result<()> {
        fs::remove_file(path)
    }
}

/// Tries for up to a second: Windows gives no other name to a file while somebody, a virus scanner say, has it open.
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

/// Elsewhere an open file is in nobody's way.
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

/// The file that a replacement makes on its way.
pub(crate) fn between(path: &Path) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(".new");
    name.into()
}

/// Removes a file; one that is not there is fine.
pub(crate) fn remove_if_there(files: &dyn Files, path: &Path) -> io::Result<()> {
    match files.remove(path) {
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(()),
        done => done,
    }
}
