//! The keyring, which keeps the vault's key: one thread that may block, and callers that never wait for it too long.

mod worker;

use std::{
    fmt,
    sync::{Arc, mpsc},
    time::Duration,
};

use tokio::{
    sync::{Mutex, oneshot},
    time::timeout,
};
use zeroize::Zeroizing;

use self::worker::{Job, Worker};
use crate::{
    credentials::{Credentials, EntryName, SystemCredentials, UnattendedCredentials},
    error::KeyCause,
    key::Key,
    sealed::VaultId,
};

/// Whether a person stands behind a request, and so whether the keyring may raise its prompt.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Asked {
    /// A person clicked, or typed a command, just now.
    ByPerson,
    /// It happens by itself: at login, for a renewal, in a script.
    Unasked,
}

/// How long the keyring may take to answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Patience {
    /// For a request that raises no prompt.
    pub unasked: Duration,
    /// For a request during which a person may have to find and type a password.
    pub by_person: Duration,
}

/// The keyring, as the vault needs it; clones share one thread.
#[derive(Clone)]
pub struct Keyring {
    service: String,
    patience: Patience,
    credentials: Arc<dyn Credentials>,
    worker: Arc<Mutex<Option<mpsc::Sender<Job>>>>,
}

/// Without the store itself.
impl fmt::Debug for Keyring {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Keyring")
            .field("service", &self.service)
            .field("patience", &self.patience)
            .finish_non_exhaustive()
    }
}

impl Keyring {
    /// This system's keyring, with entries under `service`.
    #[must_use]
    pub fn of_system(service: &str) -> Keyring {
        Keyring::new(service, Arc::new(SystemCredentials), Patience::default())
    }

    /// The same for a program that nobody looks at: whatever is asked of it, no question is raised.
    #[must_use]
    pub fn of_system_unattended(service: &str) -> Keyring {
        // Many scripts may ask at once, and whoever waits is served.
        let patience = Patience { unasked: Duration::from_secs(30), ..Patience::default() };
        Keyring::new(service, Arc::new(UnattendedCredentials), patience)
    }

    /// Entries under `service` in a store that is given.
    #[must_use]
    pub fn new(service: &str, credentials: Arc<dyn Credentials>, patience: Patience) -> Keyring {
        Keyring { service: service.to_owned(), patience, credentials, worker: Arc::default() }
    }

    /// The key of a vault.
    pub async fn key(&self, id: VaultId, asked: Asked) -> Result<Key, KeyCause> {
        let text = self.ask(id, asked, |entry| entry.get_password().map(Zeroizing::new)).await?;
        Key::from_text(&text)
    }

    /// Keeps the key of a vault, and reads it back to be sure.
    pub async fn keep(&self, id: VaultId, key: &Key, asked: Asked) -> Result<(), KeyCause> {
        let text = key.to_text();
        let kept = self.ask(id, asked, move |entry| {
            entry.set_password(&text)?;
            entry.get_password().map(Zeroizing::new)
        });
        if Key::from_text(&kept.await?)? == *key { Ok(()) } else { Err(KeyCause::Failed) }
    }

    /// Removes the key of a vault; one that is not there is no error.
    pub async fn remove(&self, id: VaultId, asked: Asked) -> Result<(), KeyCause> {
        match self.ask(id, asked, keyring::Entry::delete_credential).await {
            Err(KeyCause::Missing) => Ok(()),
            done => done,
        }
    }

    /// Sees that the key of a vault could be had or kept, unlocking the keyring where a person asked.
    pub async fn ready(&self, id: VaultId, asked: Asked) -> Result<(), KeyCause> {
        self.ask(id, asked, |_| Ok(())).await
    }

    /// Under what the entries stand, and in which store.
    pub(crate) fn parts(&self) -> (&str, Arc<dyn Credentials>) {
        (&self.service, self.credentials.clone())
    }

    async fn ask<R: Send + 'static>(
        &self,
        id: VaultId,
        asked: Asked,
        work: impl FnOnce(&keyring::Entry) -> keyring::Result<R> + Send + 'static,
    ) -> Result<R, KeyCause> {
        let limit = match asked {
            Asked::ByPerson => self.patience.by_person,
            Asked::Unasked => self.patience.unasked,
        };
        // Somebody else's prompt may be open for longer than this request can wait.
        let mut worker = timeout(limit, self.worker.lock()).await.map_err(|_| KeyCause::Silent)?;
        let line = match worker.take() {
            Some(line) => line,
            None => Worker::open(self.credentials.clone()).map_err(|_| KeyCause::Failed)?,
        };
        let name = EntryName { service: self.service.clone(), user: format!("vault-{id}") };
        let (reply, answer) = oneshot::channel();
        let job = move |worker: &Worker| drop(reply.send(worker.serve(&name, asked, work)));
        line.send(Box::new(job)).map_err(|_| KeyCause::Failed)?;
        // Without an answer the thread is left to itself, and the next request gets a new one.
        let answer = timeout(limit, answer).await.map_err(|_| KeyCause::Silent)?.map_err(|_| KeyCause::Failed)?;
        *worker = Some(line);
        answer
    }
}

impl Default for Patience {
    fn default() -> Patience {
        Patience { unasked: Duration::from_secs(5), by_person: Duration::from_secs(120) }
    }
}
