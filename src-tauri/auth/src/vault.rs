//! The vault: the sealed file, its key and its lock, so that no crash, other process or locked keyring loses a sign-in.

use std::{
    io::{self, ErrorKind},
    path::{Path, PathBuf},
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::Duration,
};

use crate::{
    account::{AccountId, Contents},
    error::{Error, KeyCause, VaultCause},
    files::{self, Files, Stamp},
    key::Key,
    keyring::{Asked, Keyring},
    lock::{Lock, RenewalLock},
    places::Places,
    sealed::{self, VaultId},
};

/// The vault of one identifier; clones share what they know of it.
#[derive(Clone)]
pub struct Vault {
    places: Places,
    keyring: Keyring,
    files: Arc<dyn Files>,
    memory: Arc<Mutex<Memory>>,
}

/// `vault.lock` is held for milliseconds, or while a keyring that hangs runs into its own limit.
const VAULT_LIMIT: Duration = Duration::from_secs(30);
/// A renewal is a chain of requests, each with its own time-out.
const RENEWAL_LIMIT: Duration = Duration::from_secs(120);
/// How often the vault may change hands between reading and locking it.
const ROUNDS: u32 = 5;

impl Vault {
    /// The vault at its place, with the keyring and the file operations that it uses.
    #[must_use]
    pub fn new(places: Places, keyring: Keyring, files: Arc<dyn Files>) -> Vault {
        Vault { places, keyring, files, memory: Arc::default() }
    }

    /// What the vault holds; nothing where there is no file yet.
    pub async fn read(&self, asked: Asked) -> Result<Contents, Error> {
        match self.bytes().await? {
            Some(bytes) => self.open(&bytes, asked).await,
            None => Ok(Contents::default()),
        }
    }

    /// Reads, changes and writes the contents under the lock; when this returns, the disk has them.
    ///
    /// It runs to its end even where the caller is dropped. Contents that are left empty take file and key with them.
    pub async fn change<R: Send + 'static>(
        &self,
        asked: Asked,
        change: impl FnOnce(&mut Contents) -> R + Send + 'static,
    ) -> Result<(Contents, R), Error> {
        let vault = self.clone();
        to_its_end(async move { vault.rewrite(asked, WhenEmpty::Remove, change).await }).await
    }

    /// Sees before a sign-in that its tokens can be kept, by writing the vault as it is, or a new one that is empty.
    ///
    /// The empty one goes with the next [`Vault::change`] that leaves nothing in it.
    pub async fn prepare(&self, asked: Asked) -> Result<(), Error> {
        let vault = self.clone();
        to_its_end(async move { vault.rewrite(asked, WhenEmpty::Keep, |_| ()).await.map(drop) }).await
    }

    /// Waits until nobody else, in any process, renews that account.
    pub async fn lock_renewal(&self, id: AccountId) -> Result<RenewalLock, Error> {
        RenewalLock::take(self.places.renewal_lock(id), RENEWAL_LIMIT).await
    }

    /// Gives a vault that does not open another name and returns it; one that is open here stays, as does one of a
    /// later version.
    pub async fn start_afresh(&self) -> Result<Option<PathBuf>, Error> {
        let vault = self.clone();
        to_its_end(async move { vault.put_aside().await }).await
    }

    /// Whether another process has written the vault since this one last read or wrote it.
    #[must_use]
    pub fn has_changed(&self) -> bool {
        self.files.stamp(&self.places.vault()).ok() != self.memory().seen
    }

    async fn rewrite<R>(
        &self,
        asked: Asked,
        when_empty: WhenEmpty,
        change: impl FnOnce(&mut Contents) -> R,
    ) -> Result<(Contents, R), Error> {
        let Held { lock, mut contents, known } = self.hold(asked).await?;
        let result = change(&mut contents);
        match (known, contents.is_empty() && when_empty == WhenEmpty::Remove) {
            (None, true) => {}
            (Some((id, _)), true) => {
                // The file first: a key that a crash leaves behind opens nothing, a file without its key is an alarm.
                self.file(|files, path| files::remove_whole(files, path)).await?;
                drop(lock);
                self.remove_key(id).await;
            }
            (known, false) => {
                // A key that was made for a write that then fails is not removed: the file may be there all the same.
                let (id, key) = match known {
                    Some(known) => known,
                    None => self.make_key().await?,
                };
                let sealed = sealed::seal(&contents, id, &key, random()?)?;
                self.file(move |files, path| files::replace_whole(files, path, &sealed)).await?;
            }
        }
        Ok((contents, result))
    }

    /// Takes the lock with the contents as they are under it.
    async fn hold(&self, asked: Asked) -> Result<Held, Error> {
        for _ in 0..ROUNDS {
            // A keyring may be slow or raise a prompt: that happens before the lock, not under it.
            match self.bytes().await? {
                Some(bytes) => drop(self.open(&bytes, asked).await?),
                None => self.keyring.ready(VaultId(random()?), asked).await?,
            }
            let lock = self.lock().await?;
            let Some(bytes) = self.bytes().await? else {
                return Ok(Held { lock, contents: Contents::default(), known: None });
            };
            if let Some((known, contents)) = self.open_as_known(&bytes) {
                return Ok(Held { lock, contents, known: Some(known) });
            }
            // Another process has begun a new vault in between.
        }
        Err(VaultCause::Busy.into())
    }

    async fn lock(&self) -> Result<Lock, Error> {
        Lock::take(self.places.vault_lock(), VAULT_LIMIT).await
    }

    async fn open(&self, bytes: &[u8], asked: Asked) -> Result<Contents, Error> {
        let id = sealed::vault_id(bytes)?;
        if let Some((_, contents)) = self.open_as_known(bytes) {
            return Ok(contents);
        }
        let key = self.keyring.key(id, asked).await?;
        let contents = sealed::open(bytes, &key)?;
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
    async fn make_key(&self) -> Result<(VaultId, Key), Error> {
        let (id, key) = (VaultId(random()?), Key::new(random()?));
        self.keyring.keep(id, &key, Asked::Unasked).await?;
        self.memory().key = Some((id, key.clone()));
        Ok((id, key))
    }

    async fn remove_key(&self, id: VaultId) {
        self.memory().key = None;
        if let Err(cause) = self.keyring.remove(id, Asked::Unasked).await {
            tracing::warn!(?cause, "the key of an emptied vault stays in the keyring; it opens nothing");
        }
    }

    async fn put_aside(&self) -> Result<Option<PathBuf>, Error> {
        let _lock = self.lock().await?;
        let Some(bytes) = self.bytes().await? else { return Ok(None) };
        if let Err(later @ VaultCause::LaterVersion { .. }) = sealed::vault_id(&bytes) {
            return Err(later.into());
        }
        if self.open_as_known(&bytes).is_some() {
            return Ok(None);
        }
        self.memory().key = None;
        self.file(|files, path| {
            let aside = free_name_beside(files, path);
            files.rename(path, &aside)?;
            files.sync_folder(files::folder_of(path))?;
            Ok(Some(aside))
        })
        .await
    }

    async fn bytes(&self) -> Result<Option<Vec<u8>>, Error> {
        let (files, path) = (self.files.clone(), self.places.vault());
        let read = blocking(move || match files.read(&path) {
            Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
            read => read.map(Some),
        });
        let (bytes, stamp) = read.await?.unzip();
        self.memory().seen = stamp;
        Ok(bytes)
    }

    /// Works on the vault's file under the lock, and remembers what it then looks like.
    async fn file<T: Send + 'static>(
        &self,
        work: impl FnOnce(&dyn Files, &Path) -> io::Result<T> + Send + 'static,
    ) -> Result<T, Error> {
        let (files, path) = (self.files.clone(), self.places.vault());
        let (done, seen) = blocking(move || Ok((work(files.as_ref(), &path)?, files.stamp(&path).ok()))).await?;
        self.memory().seen = seen;
        Ok(done)
    }

    fn memory(&self) -> MutexGuard<'_, Memory> {
        self.memory.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// What this process knows of the vault.
#[derive(Default)]
struct Memory {
    key: Option<(VaultId, Key)>,
    seen: Option<Stamp>,
}

/// The lock, and the vault as it is under it.
struct Held {
    lock: Lock,
    contents: Contents,
    known: Option<(VaultId, Key)>,
}

#[derive(PartialEq, Eq)]
enum WhenEmpty {
    Keep,
    Remove,
}

/// A task of its own: a caller that is dropped half-way would free the lock while the disk is still being written.
async fn to_its_end<T: Send + 'static>(
    work: impl Future<Output = Result<T, Error>> + Send + 'static,
) -> Result<T, Error> {
    finished(tokio::spawn(work).await)?
}

async fn blocking<T: Send + 'static>(work: impl FnOnce() -> io::Result<T> + Send + 'static) -> Result<T, Error> {
    Ok(finished(tokio::task::spawn_blocking(work).await)?.map_err(VaultCause::from)?)
}

fn finished<T>(joined: Result<T, tokio::task::JoinError>) -> Result<T, Error> {
    joined.map_err(|error| match error.try_into_panic() {
        Ok(panic) => std::panic::resume_unwind(panic),
        // Only a runtime that is shutting down cancels.
        Err(_) => VaultCause::Io { kind: ErrorKind::Interrupted }.into(),
    })
}

fn free_name_beside(files: &dyn Files, path: &Path) -> PathBuf {
    let now = jiff::Timestamp::now().strftime("%Y-%m-%dT%H%M%SZ");
    let name = |extra: String| path.with_file_name(format!("vault.{now}{extra}-aside"));
    let taken = |path: &PathBuf| files.stamp(path).is_ok();
    let mut free = name(String::new());
    let mut count = 1;
    while taken(&free) {
        count += 1;
        free = name(format!("-{count}"));
    }
    free
}

fn random<const N: usize>() -> Result<[u8; N], Error> {
    let mut bytes = [0; N];
    getrandom::fill(&mut bytes).map_err(|_| KeyCause::Failed)?;
    Ok(bytes)
}
