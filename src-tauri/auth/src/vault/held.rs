//! The vault under its lock, opened with the key that memory or its own place holds.

use std::sync::{Arc, MutexGuard, PoisonError};

use tokio::sync::OwnedMutexGuard;

use super::{VAULT_LIMIT, Vault, seen::Seen};
use crate::{
    account::Contents,
    error::{Error, KeyCause, VaultCause},
    key::Key,
    keyring::Asked,
    lock::Lock,
    sealed::{self, VaultId},
};

/// What this process knows of the vault.
#[derive(Default)]
pub(super) struct Memory {
    pub(super) key: Option<(VaultId, Key)>,
    pub(super) seen: Seen,
}

/// Tasks of one process wait here in a row; only processes have to look at the lock again and again.
pub(super) type Queue = Arc<tokio::sync::Mutex<()>>;

/// The lock with the turn at it; the lock is free again before the turn is.
pub(super) struct Locked {
    _lock: Lock,
    turn: OwnedMutexGuard<()>,
}

impl Locked {
    /// Frees the lock for other processes; the other tasks of this one go on waiting.
    pub(super) fn free(self) -> OwnedMutexGuard<()> {
        self.turn
    }
}

/// The lock, and the vault as it is under it.
pub(super) struct Held {
    pub(super) lock: Locked,
    pub(super) contents: Contents,
    pub(super) known: Option<(VaultId, Key)>,
}

/// How often the vault may change hands between reading and locking it.
const ROUNDS: u32 = 5;

impl Vault {
    /// Takes the lock with the contents as they are under it.
    pub(super) async fn hold(&self, asked: Asked) -> Result<Held, Error> {
        for _ in 0..ROUNDS {
            // A keyring may be slow or raise a prompt: that happens before the lock, not under it.
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
            // Another process has begun a new vault in between.
        }
        Err(VaultCause::Busy.into())
    }

    pub(super) async fn lock(&self) -> Result<Locked, Error> {
        let turn = self.queue.clone().lock_owned().await;
        Ok(Locked { _lock: Lock::take(self.places.vault_lock(), VAULT_LIMIT).await?, turn })
    }

    pub(super) async fn open(&self, bytes: &[u8], asked: Asked) -> Result<Contents, Error> {
        let id = sealed::vault_id(bytes)?;
        if let Some((_, contents)) = self.open_as_known(bytes) {
            return Ok(contents);
        }
        let key = self.keys.key(id, asked).await?;
        let contents = sealed::open(bytes, &key).map_err(|cause| self.keys.does_not_open(cause))?;
        self.memory().key = Some((id, key));
        Ok(contents)
    }

    /// With the key in memory, which is forgotten where it does not fit.
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

    /// Under the lock, so that two processes do not both make one.
    pub(super) async fn make_key(&self) -> Result<(VaultId, Key), Error> {
        let id = VaultId(random()?);
        let key = self.keys.make(id).await?;
        self.memory().key = Some((id, key.clone()));
        Ok((id, key))
    }

    pub(super) async fn remove_key(&self, id: VaultId) {
        self.memory().key = None;
        if let Err(cause) = self.keys.remove(id, Asked::Unasked).await {
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
