//! The vault's file operations, run off the threads that must not block.

use std::{
    io::{self, ErrorKind},
    path::Path,
};

use super::{Vault, seen::Turn};
use crate::{
    account::Contents,
    error::{Error, VaultCause},
    fs::files::{Files, Stamp},
};

/// The vault's file, as read.
pub(super) struct Glance {
    pub(super) bytes: Option<Vec<u8>>,
    turn: Turn,
    pub(super) stamp: Option<Stamp>,
}

impl Vault {
    pub(super) async fn glance(&self) -> Result<Glance, Error> {
        let turn = self.memory().seen.turn();
        let (files, path) = (self.files.clone(), self.paths.vault());
        let read = blocking(move || match files.read(&path) {
            Err(error) if error.kind() == ErrorKind::NotFound => Ok(Ok(None)),
            Err(error) => Ok(Err((error, files.stamp(&path).ok()))),
            Ok(read) => Ok(Ok(Some(read))),
        });
        let read = read.await?.map_err(|(error, stamp)| {
            self.memory().seen.could_not_read(stamp);
            VaultCause::from(error)
        });
        let (bytes, stamp) = read?.unzip();
        Ok(Glance { bytes, turn, stamp })
    }

    /// Records the file's contents as of that read.
    pub(super) fn note(&self, glance: &Glance, contents: &Contents) {
        self.memory().seen.note(glance.turn, glance.stamp, contents.clone());
    }

    /// Changes the vault's file under the lock, and records its contents and stamp.
    pub(super) async fn write<T: Send + 'static>(
        &self,
        contents: &Contents,
        work: impl FnOnce(&dyn Files, &Path) -> io::Result<T> + Send + 'static,
    ) -> Result<T, Error> {
        let (files, path) = (self.files.clone(), self.paths.vault());
        let (done, stamp) = blocking(move || Ok((work(files.as_ref(), &path)?, files.stamp(&path).ok()))).await?;
        let seen = &mut self.memory().seen;
        let turn = seen.turn();
        seen.note(turn, stamp, contents.clone());
        Ok(done)
    }

    pub(super) fn stamp(&self) -> Option<Stamp> {
        self.files.stamp(&self.paths.vault()).ok()
    }
}

/// Runs work in its own task, because a caller dropped halfway would release the lock during a disk write.
pub async fn to_its_end<T, E>(work: impl Future<Output = Result<T, E>> + Send + 'static) -> Result<T, E>
where
    T: Send + 'static,
    E: From<VaultCause> + Send + 'static,
{
    finished(tokio::spawn(work).await)?
}

async fn blocking<T: Send + 'static>(work: impl FnOnce() -> io::Result<T> + Send + 'static) -> Result<T, VaultCause> {
    Ok(finished::<_, VaultCause>(tokio::task::spawn_blocking(work).await)??)
}

/// Returns the result of work in another task. If it panicked, the panic continues here.
pub fn finished<T, E: From<VaultCause>>(joined: Result<T, tokio::task::JoinError>) -> Result<T, E> {
    joined.map_err(|error| match error.try_into_panic() {
        Ok(panic) => std::panic::resume_unwind(panic),
        // Tasks are cancelled only when the runtime shuts down.
        Err(_) => VaultCause::Io { kind: ErrorKind::Interrupted }.into(),
    })
}
