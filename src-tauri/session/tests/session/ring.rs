//! A keyring in memory that can be locked.

use std::{
    collections::HashMap,
    sync::{
        Arc, Mutex,
        atomic::{AtomicU32, Ordering},
        mpsc::{self, Receiver, Sender},
    },
};

use keyring_core::{CredentialStore, api::CredentialStoreApi, mock};
use spartan_session::error::KeyCause;
use spartan_vault::keyring::credentials::{Access, Credentials, EntryName};

pub struct Ring {
    store: Arc<mock::Store>,
    access: Mutex<Access>,
    unlocked: AtomicU32,
    question: Mutex<Option<Receiver<()>>>,
}

impl Ring {
    pub fn new() -> Ring {
        Ring {
            store: mock::Store::new().unwrap(),
            access: Mutex::new(Access::Open),
            unlocked: AtomicU32::default(),
            question: Mutex::default(),
        }
    }

    pub fn lock(&self) {
        *self.access.lock().unwrap() = Access::Locked;
    }

    /// Opens it, as another program or the system does.
    pub fn open(&self) {
        *self.access.lock().unwrap() = Access::Open;
    }

    /// Locks it; its question stays open until it is answered, and dropping the sender dismisses it.
    pub fn ask_for_long(&self) -> Sender<()> {
        let (answer, question) = mpsc::channel();
        *self.question.lock().unwrap() = Some(question);
        self.lock();
        answer
    }

    /// How often a person was asked to unlock it.
    pub fn unlocked(&self) -> u32 {
        self.unlocked.load(Ordering::SeqCst)
    }

    /// How many keys it holds.
    pub fn keys(&self) -> usize {
        self.entries().filter(|entry| entry.get_secret().is_ok()).count()
    }

    pub fn lose_every_key(&self) {
        self.entries().for_each(|entry| drop(entry.delete_credential()));
    }

    fn entries(&self) -> impl Iterator<Item = keyring_core::Entry> {
        self.store.search(&HashMap::new()).unwrap().into_iter()
    }
}

impl Credentials for Ring {
    fn connect(&self) -> keyring_core::Result<Arc<CredentialStore>> {
        Ok(self.store.clone())
    }

    fn access(&self, _: &EntryName) -> Result<Access, KeyCause> {
        Ok(*self.access.lock().unwrap())
    }

    fn unlock(&self, _: &EntryName) -> Result<(), KeyCause> {
        self.unlocked.fetch_add(1, Ordering::SeqCst);
        let question = self.question.lock().unwrap().take();
        if question.is_some_and(|question| question.recv().is_err()) {
            return Err(KeyCause::Dismissed);
        }
        *self.access.lock().unwrap() = Access::Open;
        Ok(())
    }
}
