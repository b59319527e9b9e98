//! The real files, with a hook before each operation.

use std::{
    io,
    path::{Path, PathBuf},
};

use spartan_vault::fs::files::{Files, RealFiles, Stamp};

/// An operation that is about to be performed.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Operation {
    /// Write a new file with these bytes.
    Write(PathBuf, Vec<u8>),
    /// Sync the file's bytes to the disk.
    Sync(PathBuf),
    /// Rename one path to another.
    Rename(PathBuf, PathBuf),
    /// Sync the folder's names to the disk.
    SyncFolder(PathBuf),
    /// Remove the file.
    Remove(PathBuf),
    /// Any operation that changes no file.
    Look,
}

type Before = dyn Fn(&Operation) -> io::Result<()> + Send + Sync;

pub struct SteppedFiles {
    before: Box<Before>,
}

impl SteppedFiles {
    /// Returns files with this hook. If the hook returns an error, the operation fails with it and isn't performed.
    pub fn new(before: impl Fn(&Operation) -> io::Result<()> + Send + Sync + 'static) -> SteppedFiles {
        SteppedFiles { before: Box::new(before) }
    }

    fn before(&self, operation: &Operation) -> io::Result<()> {
        (self.before)(operation)
    }
}

impl Operation {
    /// Performs half of the operation, if that's possible.
    pub fn half(&self) -> io::Result<()> {
        match self {
            Operation::Write(path, bytes) => RealFiles.write_new(path, &bytes[..bytes.len() / 2]),
            _ => Ok(()),
        }
    }

    /// Returns the operation with paths relative to that folder.
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
