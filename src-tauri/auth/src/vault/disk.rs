//! The vault's file operations, off the threads that must not block.

use std::{
    io::{self, ErrorKind},
    path::Path,
};

use super::{Vault, seen::Turn};
use crate::{
    account::Contents,
    error::{Error, VaultCause},
    files::{Files, Stamp},
};

/// The vault's file, as read.
pub(super) struct Glance {
    pub(super) bytes: Option<Vec<u8>>,
    turn: Turn,
    stamp: Option<Stamp>,
}

impl Vault {
    pub(super) async fn glance(&self) -> Result<Glance, Error> {
        let turn = self.memory().seen.turn();
        let (files, path) = (self.files.clone(), self.places.vault());
        let read = blocking(move || match files.read(&path) {
            Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
            read => read.map(Some),
        });
        let (bytes, stamp) = read.await?.unzip();
        Ok(Glance { bytes, turn, stamp })
    }

    /// Remembers what the file held at that moment.
    pub(super) fn note(&self, glance: &Glance, contents: &Contents) {
        self.memory().seen.note(glance.turn, glance.stamp, contents.clone());
    }

    /// Changes the vault's file under the lock, and remembers its contents and stamp.
    pub(super) async fn write<T: Send + 'static>(
        &self,
        contents: &Contents,
        work: impl FnOnce(&dyn Files, &Path) -> io::Result<T> + Send + 'static,
    ) -> Result<T, Error> {
        let (files, path) = (self.files.clone(), self.places.vault());
        let (done, stamp) = blocking(move || Ok((work(files.as_ref(), &path)?, files.stamp(&path).ok()))).await?;
        let seen = &mut self.memory().seen;
        let turn = seen.turn();
        seen.note(turn, stamp, contents.clone());
        Ok(done)
    }

    pub(super) fn stamp(&self) -> Option<Stamp> {
        self.files.stamp(&self.places.vault()).ok()
    }
}

/// A task of its own: a caller that is dropped half-way would free the lock while the disk is still being written.
pub(crate) async fn to_its_end<T: Send + 'static>(
    work: impl Future<Output = Result<T, Error>> + Send + 'static,
) -> Result<T, Error> {
    finished(tokio::spawn(work).await)?
}

async fn blocking<T: Send + 'static>(work: impl FnOnce() -> io::Result<T> + Send + 'static) -> Result<T, Error> {
    Ok(finished(tokio::task::spawn_blocking(work).await)?.map_err(VaultCause::from)?)
}

/// What came of work elsewhere; a panic in it goes on here.
pub(crate) fn finished<T>(joined: Result<T, tokio::task::JoinError>) -> Result<T, Error> {
    joined.map_err(|error| match error.try_into_panic() {
        Ok(panic) => std::panic::resume_unwind(panic),
        // Only a runtime that is shutting down cancels.
        Err(_) => VaultCause::Io { kind: ErrorKind::Interrupted }.into(),
    })
}
