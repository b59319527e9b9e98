//! The thread that calls the keyring, because such calls can block indefinitely.

use std::{
    io,
    sync::{Arc, mpsc},
    thread,
};

use keyring_core::Error;

use super::Interaction;
use crate::{
    error::KeyCause,
    keyring::credentials::{Access, Credentials, EntryName},
};

/// A job for the thread.
pub(crate) type Job = Box<dyn FnOnce(&Worker) + Send>;

/// The thread's state.
pub(crate) struct Worker {
    credentials: Arc<dyn Credentials>,
}

impl Worker {
    /// Starts a thread, which ends when the sender is dropped and its last job is done.
    pub(crate) fn open(credentials: Arc<dyn Credentials>) -> io::Result<mpsc::Sender<Job>> {
        let (line, jobs) = mpsc::channel::<Job>();
        let worker = Worker { credentials };
        thread::Builder::new().name("keyring".into()).spawn(move || jobs.into_iter().for_each(|job| job(&worker)))?;
        Ok(line)
    }

    /// Runs a job on an entry. Shows a prompt only if the user initiated it.
    pub(crate) fn serve<R>(
        &self,
        name: &EntryName,
        asked: Interaction,
        work: impl FnOnce(&keyring::Entry) -> keyring::Result<R>,
    ) -> Result<R, KeyCause> {
        match (self.credentials.access(name)?, asked) {
            (Access::Open, _) => {}
            (Access::Locked, Interaction::Forbidden) => return Err(KeyCause::Locked),
            (Access::Locked, Interaction::Allowed) => self.credentials.unlock(name)?,
        }
        self.entry(name).and_then(|entry| work(&entry)).map_err(|error| cause(&error, asked))
    }

    /// Connects for each job: jobs are few, and a cached connection may have been closed unnoticed.
    fn entry(&self, name: &EntryName) -> keyring::Result<keyring::Entry> {
        let store = self.credentials.connect()?;
        // The crate's own constructor would cache a store that failed once until the process ends.
        let inner = store.build(&name.service, &name.user, Some(&self.credentials.modifiers()))?;
        Ok(keyring::Entry { inner })
    }
}

/// Returns the cause without the entries and bytes in the error, because they may contain the key.
fn cause(error: &Error, asked: Interaction) -> KeyCause {
    match (error, asked) {
        (Error::NoEntry, _) => KeyCause::Missing,
        (Error::NoStorageAccess(_), Interaction::Allowed) => KeyCause::Dismissed,
        (Error::NoStorageAccess(_), Interaction::Forbidden) => KeyCause::Locked,
        (Error::BadEncoding(_) | Error::BadDataFormat(..) | Error::Ambiguous(_), _) => KeyCause::Garbled,
        (Error::NoDefaultStore, _) => KeyCause::NoKeyring,
        _ => KeyCause::Failed,
    }
}
