//! The vault under its lock, opened with a key from memory or from where the key is stored.

use std::sync::{Arc, MutexGuard, PoisonError};

use tokio::sync::OwnedMutexGuard;

use super::{VAULT_LIMIT, Vault, seen::Seen};
use crate::{
    account::Contents,
    error::{Error, KeyCause, VaultCause},
    fs::lock::Lock,
    key::Key,
    keyring::Interaction,
    vault::sealed::{self, VaultId},
};

/// What this process has cached of the vault.
#[derive(Default)]
pub(super) struct Memory {
    pub(super) key: Option<(VaultId, Key)>,
    pub(super) seen: Seen,
}

/// Tasks in one process queue here; only different processes poll the lock.
pub(super) type Queue = Arc<tokio::sync::Mutex<()>>;

/// The lock with its place in this process's queue; the lock is released first.
pub(super) struct Locked {
    _lock: Lock,
    turn: OwnedMutexGuard<()>,
}

impl Locked {
    /// Releases the lock for other processes; other tasks in this process keep waiting.
    pub(super) fn free(self) -> OwnedMutexGuard<()> {
        self.turn
    }
}

/// The lock and the vault's state under it.
pub(super) struct Held {
    pub(super) lock: Locked,
    pub(super) contents: Contents,
    pub(super) known: Option<(VaultId, Key)>,
}

/// How often the vault may be replaced between being read and being locked.
const ROUNDS: u32 = 5;

impl Vault {
    /// Takes the lock and returns the contents under it.
    pub(super) async fn hold(&self, asked: Interaction) -> Result<Held, Error> {
        for _ in 0..ROUNDS {
            // The keyring may be slow or show a prompt, so it's accessed before locking.
            if self.memory().key.is_none() {
                match self.glance().await?.bytes {
                    Some(bytes) => drop(self.open(&bytes, asked).await?),
                    None => self.keys.ready(asked).await?,
                }
            }
            let lock = self.lock().await?;
            let glance = self.glance().await?;
            let Some(bytes) = &glance.bytes else {
                self.note(&glance, &Contents::default());
                return Ok(Held { lock, contents: Contents::default(), known: None });
            };
            if let Some((known, contents)) = self.open_as_known(bytes) {
                self.note(&glance, &contents);
                return Ok(Held { lock, contents, known: Some(known) });
            }
            // Another process has created a new vault in the meantime.
        }
        Err(VaultCause::Busy.into())
    }

    pub(super) async fn lock(&self) -> Result<Locked, Error> {
        let turn = self.queue.clone().lock_owned().await;
        Ok(Locked { _lock: Lock::take(self.paths.vault_lock(), VAULT_LIMIT).await?, turn })
    }

    pub(super) async fn open(&self, bytes: &[u8], asked: Interaction) -> Result<Contents, Error> {
        let id = sealed::vault_id(bytes)?;
        if let Some((_, contents)) = self.open_as_known(bytes) {
            return Ok(contents);
        }
        let key = self.keys.key(id, asked).await?;
        let contents = sealed::open(bytes, &key).map_err(|cause| self.keys.does_not_open(cause))?;
        self.memory().key = Some((id, key));
        Ok(contents)
    }

    /// Opens the vault with the key in memory; discards that key if it doesn't fit.
    fn open_as_known(&self, bytes: &[u8]) -> Option<((VaultId, Key), Contents)> {
        let mut memory = self.memory();
        let known = memory.key.take()?;
        if sealed::vault_id(bytes) != Ok(known.0) {
            return None;
        }
        let contents = sealed::open(bytes, &known.1).ok()?;
        memory.key = Some(known.clone());
        Some((known, contents))
    }

    /// Makes a key. Call it under the lock, so that two processes don't both make one.
    pub(super) async fn make_key(&self) -> Result<(VaultId, Key), Error> {
        let id = VaultId(random()?);
        let key = self.keys.make(id).await?;
        self.memory().key = Some((id, key.clone()));
        Ok((id, key))
    }

    pub(super) async fn remove_key(&self, id: VaultId) {
        self.memory().key = None;
        if let Err(cause) = self.keys.remove(id, Interaction::Forbidden).await {
            tracing::warn!(?cause, "the key of an emptied vault stays in the keyring; it opens nothing");
        }
    }

    pub(super) fn memory(&self) -> MutexGuard<'_, Memory> {
        self.memory.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

pub(super) fn random<const N: usize>() -> Result<[u8; N], Error> {
    let mut bytes = [0; N];
    getrandom::fill(&mut bytes).map_err(|_| KeyCause::Failed)?;
    Ok(bytes)
}
