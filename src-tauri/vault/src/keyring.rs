//! The keyring, which stores the vault's key: one thread that may block, and callers that wait only for a limited time.

pub mod credentials;
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
    error::KeyCause,
    key::Key,
    keyring::credentials::{Credentials, EntryName, SystemCredentials, UnattendedCredentials},
    vault::sealed::VaultId,
};

/// Whether the user initiated a request, and so whether the keyring may show its prompt.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Interaction {
    /// The user just clicked or typed a command.
    Allowed,
    /// It's automatic: at login, for a renewal, in a script.
    Forbidden,
}

/// Timeouts for the keyring.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Patience {
    /// For a request that shows no prompt.
    pub unasked: Duration,
    /// For a request during which the user may have to find and enter a password.
    pub by_person: Duration,
}

/// The keyring, as the vault uses it; clones share one thread.
#[derive(Clone)]
pub struct Keyring {
    service: String,
    patience: Patience,
    credentials: Arc<dyn Credentials>,
    worker: Arc<Mutex<Option<mpsc::Sender<Job>>>>,
}

/// Omits the store itself.
impl fmt::Debug for Keyring {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Keyring")
            .field("service", &self.service)
            .field("patience", &self.patience)
            .finish_non_exhaustive()
    }
}

impl Keyring {
    /// Returns the system's keyring, with entries under `service`.
    #[must_use]
    pub fn of_system(service: &str) -> Keyring {
        Keyring::new(service, Arc::new(SystemCredentials), Patience::default())
    }

    /// Returns the system's keyring for an unattended program. It never shows a prompt, even for a request by the user.
    #[must_use]
    pub fn of_system_unattended(service: &str) -> Keyring {
        // Many scripts may ask concurrently, and each one that waits gets an answer.
        let patience = Patience { unasked: Duration::from_secs(30), ..Patience::default() };
        Keyring::new(service, Arc::new(UnattendedCredentials), patience)
    }

    /// Returns a keyring with entries under `service` in the given store.
    #[must_use]
    pub fn new(service: &str, credentials: Arc<dyn Credentials>, patience: Patience) -> Keyring {
        Keyring { service: service.to_owned(), patience, credentials, worker: Arc::default() }
    }

    /// Returns a vault's key.
    pub async fn key(&self, id: VaultId, asked: Interaction) -> Result<Key, KeyCause> {
        let text = self.ask(id, asked, |entry| entry.get_password().map(Zeroizing::new)).await?;
        Key::from_text(&text)
    }

    /// Stores a vault's key, and reads it back to verify it.
    pub async fn keep(&self, id: VaultId, key: &Key, asked: Interaction) -> Result<(), KeyCause> {
        let text = key.to_text();
        let kept = self.ask(id, asked, move |entry| {
            entry.set_password(&text)?;
            entry.get_password().map(Zeroizing::new)
        });
        if Key::from_text(&kept.await?)? == *key { Ok(()) } else { Err(KeyCause::Failed) }
    }

    /// Deletes a vault's key. Succeeds if there is none.
    pub async fn remove(&self, id: VaultId, asked: Interaction) -> Result<(), KeyCause> {
        match self.ask(id, asked, keyring::Entry::delete_credential).await {
            Err(KeyCause::Missing) => Ok(()),
            done => done,
        }
    }

    /// Verifies that a vault's key could be read or stored. Unlocks the keyring if the user initiated this.
    pub async fn ready(&self, id: VaultId, asked: Interaction) -> Result<(), KeyCause> {
        self.ask(id, asked, |_| Ok(())).await
    }

    /// The service name of the entries, and their store.
    #[must_use]
    pub fn parts(&self) -> (&str, Arc<dyn Credentials>) {
        (&self.service, self.credentials.clone())
    }

    async fn ask<R: Send + 'static>(
        &self,
        id: VaultId,
        asked: Interaction,
        work: impl FnOnce(&keyring::Entry) -> keyring::Result<R> + Send + 'static,
    ) -> Result<R, KeyCause> {
        let limit = match asked {
            Interaction::Allowed => self.patience.by_person,
            Interaction::Forbidden => self.patience.unasked,
        };
        // Another request's prompt may be open for longer than this request can wait.
        let mut worker = timeout(limit, self.worker.lock()).await.map_err(|_| KeyCause::Silent)?;
        let line = match worker.take() {
            Some(line) => line,
            None => Worker::open(self.credentials.clone()).map_err(|_| KeyCause::Failed)?,
        };
        let name = EntryName { service: self.service.clone(), user: format!("vault-{id}") };
        let (reply, answer) = oneshot::channel();
        let job = move |worker: &Worker| drop(reply.send(worker.serve(&name, asked, work)));
        line.send(Box::new(job)).map_err(|_| KeyCause::Failed)?;
        // If there's no response, abandon the thread; the next request starts a new one.
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
