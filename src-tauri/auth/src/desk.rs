//! The thread that talks to the keyring, because such calls block for as long as they like.

use std::{
    io,
    sync::{Arc, mpsc},
    thread,
};

use keyring_core::{CredentialStore, Error};

use crate::{
    credentials::{Access, Credentials, EntryName},
    error::KeyCause,
    keyring::Asked,
};

/// Where jobs wait for the thread; it ends when this is dropped and its last job is done.
pub(crate) type Line = mpsc::Sender<Box<dyn FnOnce(&mut Desk) + Send>>;

/// What lives on the thread: the store, for as long as its connection does.
pub(crate) struct Desk {
    credentials: Arc<dyn Credentials>,
    store: Option<Arc<CredentialStore>>,
}

impl Desk {
    /// Starts a thread.
    pub(crate) fn open(credentials: Arc<dyn Credentials>) -> io::Result<Line> {
        let (line, jobs) = mpsc::channel::<Box<dyn FnOnce(&mut Desk) + Send>>();
        thread::Builder::new().name("keyring".into()).spawn(move || {
            let mut desk = Desk { credentials, store: None };
            jobs.into_iter().for_each(|job| job(&mut desk));
        })?;
        Ok(line)
    }

    /// Does one piece of work on an entry, and raises a prompt only where a person asked.
    pub(crate) fn serve<R>(
        &mut self,
        name: &EntryName,
        asked: Asked,
        work: impl Fn(&keyring::Entry) -> keyring::Result<R>,
    ) -> Result<R, KeyCause> {
        match (self.credentials.access(name)?, asked) {
            (Access::Open, _) => {}
            (Access::Locked, Asked::Unasked) => return Err(KeyCause::Locked),
            (Access::Locked, Asked::ByPerson) => self.credentials.unlock(name)?,
        }
        let done = match self.attempt(name, &work) {
            // The keyring was started anew, or the bus was: the old connection leads nowhere.
            Err(Error::PlatformFailure(_)) => self.attempt(name, &work),
            done => done,
        };
        done.map_err(|error| cause(&error, asked))
    }

    fn attempt<R>(
        &mut self,
        name: &EntryName,
        work: impl Fn(&keyring::Entry) -> keyring::Result<R>,
    ) -> keyring::Result<R> {
        let store = match self.store.take() {
            Some(store) => store,
            None => self.credentials.connect()?,
        };
        let inner = store.build(&name.service, &name.user, Some(&self.credentials.modifiers()))?;
        let done = work(&keyring::Entry { inner });
        if !matches!(done, Err(Error::PlatformFailure(_))) {
            self.store = Some(store);
        }
        done
    }
}

fn cause(error: &Error, asked: Asked) -> KeyCause {
    match error {
        Error::NoEntry => KeyCause::Missing,
        Error::NoStorageAccess(_) => match asked {
            Asked::ByPerson => KeyCause::Dismissed,
            Asked::Unasked => KeyCause::Locked,
        },
        Error::BadEncoding(_) | Error::BadDataFormat(..) | Error::Ambiguous(_) => KeyCause::Garbled,
        Error::NoDefaultStore => KeyCause::NoKeyring,
        // An entry's bytes may stand in some of these errors: none is written to a log.
        _ => KeyCause::Failed,
    }
}
