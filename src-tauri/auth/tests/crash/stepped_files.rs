//! The real files, with something that comes before each operation on them.

use std::{
    io,
    path::{Path, PathBuf},
};

use spartan_auth::files::{Files, RealFiles, Stamp};

/// An operation that is about to be done.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Operation {
    /// A new file of these bytes.
    Write(PathBuf, Vec<u8>),
    /// The file's bytes to the disk.
    Sync(PathBuf),
    /// From one name to another.
    Rename(PathBuf, PathBuf),
    /// The folder's names to the disk.
    SyncFolder(PathBuf),
    /// The file's end.
    Remove(PathBuf),
    /// It changes no file.
    Look,
}

type Before = dyn Fn(&Operation) -> io::Result<()> + Send + Sync;

pub struct SteppedFiles {
    before: Box<Before>,
}

impl SteppedFiles {
    /// An operation before which there is an error fails with it and is not done.
    pub fn new(before: impl Fn(&Operation) -> io::Result<()> + Send + Sync + 'static) -> SteppedFiles {
        SteppedFiles { before: Box::new(before) }
    }

    fn before(&self, operation: &Operation) -> io::Result<()> {
        (self.before)(operation)
    }
}

impl Operation {
    /// Gets half-way, where there is one.
    pub fn half(&self) -> io::Result<()> {
        match self {
            Operation::Write(path, bytes) => RealFiles.write_new(path, &bytes[..bytes.len() / 2]),
            _ => Ok(()),
        }
    }

    /// With paths from that folder on.
    pub fn within(&self, folder: &Path) -> Operation {
        let short = |path: &Path| path.strip_prefix(folder).unwrap().to_path_buf();
        match self {
            Operation::Write(path, bytes) => Operation::Write(short(path), bytes.clone()),
            Operation::Sync(path) => Operation::Sync(short(path)),
            Operation::Rename(from, to) => Operation::Rename(short(from), short(to)),
            Operation::SyncFolder(path) => Operation::SyncFolder(short(path)),
            Operation::Remove(path) => Operation::Remove(short(path)),
            Operation::Look => Operation::Look,
        }
    }
}

impl Files for SteppedFiles {
    fn read(&self, path: &Path) -> io::Result<(Vec<u8>, Stamp)> {
        self.before(&Operation::Look)?;
        RealFiles.read(path)
    }

    fn stamp(&self, path: &Path) -> io::Result<Stamp> {
        self.before(&Operation::Look)?;
        RealFiles.stamp(path)
    }

    fn make_folder(&self, path: &Path) -> io::Result<()> {
        self.before(&Operation::Look)?;
        RealFiles.make_folder(path)
    }

    fn write_new(&self, path: &Path, bytes: &[u8]) -> io::Result<()> {
        self.before(&Operation::Write(path.into(), bytes.into()))?;
        RealFiles.write_new(path, bytes)
    }

    fn sync(&self, path: &Path) -> io::Result<()> {
        self.before(&Operation::Sync(path.into()))?;
        RealFiles.sync(path)
    }

    fn rename(&self, from: &Path, to: &Path) -> io::Result<()> {
        self.before(&Operation::Rename(from.into(), to.into()))?;
        RealFiles.rename(from, to)
    }

    fn sync_folder(&self, path: &Path) -> io::Result<()> {
        self.before(&Operation::SyncFolder(path.into()))?;
        RealFiles.sync_folder(path)
    }

    fn remove(&self, path: &Path) -> io::Result<()> {
        self.before(&Operation::Remove(path.into()))?;
        RealFiles.remove(path)
    }
}
