//! Files that fail at the nth operation.

use std::{
    io,
    path::Path,
    sync::atomic::{AtomicUsize, Ordering},
};

use spartan_auth::files::{Files, RealFiles, Stamp};

/// What becomes of the file operation whose turn it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fault {
    /// It alone fails.
    Fails,
    /// It and all after it fail, as if the process had ended; a write gets half-way.
    Ends,
}

/// The real files, up to a fault.
pub struct FaultyFiles {
    left: AtomicUsize,
    fault: Fault,
}

impl FaultyFiles {
    pub fn at(operation: usize, fault: Fault) -> FaultyFiles {
        FaultyFiles { left: AtomicUsize::new(operation + 1), fault }
    }

    /// Whether the fault has struck.
    pub fn has_struck(&self) -> bool {
        self.left.load(Ordering::SeqCst) == 0
    }

    fn turn(&self) -> io::Result<()> {
        let step = |left: usize| left.checked_sub(1);
        match self.left.fetch_update(Ordering::SeqCst, Ordering::SeqCst, step) {
            Ok(1) => Err(io::Error::other("the fault")),
            Err(_) if self.fault == Fault::Ends => Err(io::Error::other("after the fault")),
            _ => Ok(()),
        }
    }
}

impl Files for FaultyFiles {
    fn read(&self, path: &Path) -> io::Result<(Vec<u8>, Stamp)> {
        self.turn().and_then(|()| RealFiles.read(path))
    }

    fn stamp(&self, path: &Path) -> io::Result<Stamp> {
        RealFiles.stamp(path)
    }

    fn make_folder(&self, path: &Path) -> io::Result<()> {
        self.turn().and_then(|()| RealFiles.make_folder(path))
    }

    fn write_new(&self, path: &Path, bytes: &[u8]) -> io::Result<()> {
        let turn = self.turn();
        let bytes = if turn.is_ok() { bytes } else { &bytes[..bytes.len() / 2] };
        RealFiles.write_new(path, bytes).and(turn)
    }

    fn sync(&self, path: &Path) -> io::Result<()> {
        self.turn().and_then(|()| RealFiles.sync(path))
    }

    fn rename(&self, from: &Path, to: &Path) -> io::Result<()> {
        self.turn().and_then(|()| RealFiles.rename(from, to))
    }

    fn sync_folder(&self, path: &Path) -> io::Result<()> {
        self.turn().and_then(|()| RealFiles.sync_folder(path))
    }

    fn remove(&self, path: &Path) -> io::Result<()> {
        self.turn().and_then(|()| RealFiles.remove(path))
    }
}
