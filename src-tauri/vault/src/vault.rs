//! The vault: the encrypted file, its key and its lock, so that no crash, other process or locked keyring loses a
//! sign-in.

mod disk;
mod held;
mod reseal;
pub mod sealed;
mod seen;

use std::{
    fmt,
    path::{Path, PathBuf},
    sync::{Arc, Mutex},
    time::Duration,
};

pub use self::disk::{finished, to_its_end};
use self::held::{Held, Memory, Queue, random};
pub use self::seen::Look;
use crate::{
    account::{AccountId, Contents},
    error::{Error, Remedy},
    fs::{
        files::{self, Files},
        lock::RenewalLock,
        paths::Paths,
    },
    key::key_place::KeyPlace,
    keyring::Interaction,
};

/// The vault of one app identifier; clones share its cached state.
#[derive(Clone)]
pub struct Vault {
    paths: Paths,
    keys: KeyPlace,
    files: Arc<dyn Files>,
    memory: Arc<Mutex<Memory>>,
    queue: Queue,
}

/// Omits the cached contents.
impl fmt::Debug for Vault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Vault").field("places", &self.paths).field("keys", &self.keys).finish_non_exhaustive()
    }
}

/// `vault.lock` is held for milliseconds, or until a keyring that hangs reaches its own timeout.
const VAULT_LIMIT: Duration = Duration::from_secs(30);
/// A renewal is a chain of requests, each with its own timeout.
const RENEWAL_LIMIT: Duration = Duration::from_secs(120);
/// How often a file that's replaced while its key is fetched is read.
const MOST_READS: usize = 3;

impl Vault {
    /// Returns the vault at its path, with its key's location and the file operations to use.
    #[must_use]
    pub fn new(paths: Paths, keys: impl Into<KeyPlace>, files: Arc<dyn Files>) -> Vault {
        Vault { paths, keys: keys.into(), files, memory: Arc::default(), queue: Queue::default() }
    }

    /// Returns the vault's contents; they're empty if there's no file yet.
    pub async fn read(&self, asked: Interaction) -> Result<Contents, Error> {
        let mut times = 0;
        loop {
            times += 1;
            let glance = self.glance().await?;
            let read = match &glance.bytes {
                Some(bytes) => self.open(bytes, asked).await,
                None => Ok(Contents::default()),
            };
            match &read {
                Ok(contents) => self.note(&glance, contents),
                // The file was removed or replaced since, so its key may have been too.
                Err(_) if times < MOST_READS && self.stamp() != glance.stamp => continue,
                // Not the file's stamp now: another process may have replaced it since.
                Err(_) => self.memory().seen.could_not_read(glance.stamp),
            }
            return read;
        }
    }

    /// Reads, changes and writes the contents under the lock. When this returns, they're on disk.
    ///
    /// Completes even if the caller is dropped. If the contents are left empty, deletes the file and its key in the
    /// keyring; a key file belongs to the user and is kept.
    pub async fn change<R: Send + 'static>(
        &self,
        asked: Interaction,
        change: impl FnOnce(&mut Contents) -> R + Send + 'static,
    ) -> Result<(Contents, R), Error> {
        let vault = self.clone();
        to_its_end(async move { vault.rewrite(asked, || WhenEmpty::Remove, change).await }).await
    }

    /// Verifies before a sign-in that its tokens can be saved, by rewriting the vault or creating an empty one.
    ///
    /// The next [`Vault::change`] that leaves the vault empty deletes it.
    pub async fn prepare(&self, asked: Interaction) -> Result<(), Error> {
        self.prepare_while(asked, || true).await
    }

    /// Does the same unless `is_wanted`, called under the lock, reports that the sign-in was cancelled in the meantime.
    pub async fn prepare_while(
        &self,
        asked: Interaction,
        is_wanted: impl FnOnce() -> bool + Send + 'static,
    ) -> Result<(), Error> {
        let vault = self.clone();
        let when_empty = || if is_wanted() { WhenEmpty::Keep } else { WhenEmpty::Leave };
        to_its_end(async move { vault.rewrite(asked, when_empty, |_| ()).await.map(drop) }).await
    }

    /// Waits until no other task or process is renewing this account, and takes its lock.
    pub async fn lock_renewal(&self, id: AccountId) -> Result<RenewalLock, Error> {
        RenewalLock::take(self.paths.renewal_lock(id), RENEWAL_LIMIT).await
    }

    /// Renames a vault that can no longer be opened with any key, and returns its new path. A vault that opens isn't
    /// renamed.
    ///
    /// Fails if there's another remedy, such as unlocking the keyring or using a later version of this program.
    pub async fn start_afresh(&self) -> Result<Option<PathBuf>, Error> {
        let vault = self.clone();
        to_its_end(async move { vault.put_aside().await }).await
    }

    /// Compares the file with what this process last read or wrote.
    #[must_use]
    pub fn look(&self) -> Look {
        let stamp = self.stamp();
        self.memory().seen.compare(stamp)
    }

    /// Returns the newest contents that anything in this process has read or written, each only once.
    #[must_use]
    pub fn news(&self) -> Option<Contents> {
        self.memory().seen.take_news()
    }

    /// The file operations to use.
    #[must_use]
    pub fn files(&self) -> Arc<dyn Files> {
        self.files.clone()
    }

    async fn rewrite<R>(
        &self,
        asked: Interaction,
        when_empty: impl FnOnce() -> WhenEmpty,
        change: impl FnOnce(&mut Contents) -> R,
    ) -> Result<(Contents, R), Error> {
        let Held { lock, mut contents, known } = self.hold(asked).await?;
        let result = change(&mut contents);
        let when_empty = if contents.is_empty() { when_empty() } else { WhenEmpty::Keep };
        match (known, when_empty) {
            (None, WhenEmpty::Remove) | (_, WhenEmpty::Leave) => {}
            (Some((id, _)), WhenEmpty::Remove) => {
                // Delete the file first: a key that a crash leaves behind is harmless, but a file without its key
                // causes an error.
                self.write(&contents, |files, path| files::remove_whole(files, path)).await?;
                // The keyring may be slow, so other processes don't wait for it. Another task in this process that
                // empties the vault does: once a sign-in counts as cancelled, its key has been deleted too.
                let _turn = lock.free();
                self.remove_key(id).await;
            }
            (known, WhenEmpty::Keep) => {
                // If the write fails, a key made for it isn't deleted because the file may exist nonetheless.
                let (id, key) = match known {
                    Some(known) => known,
                    None => self.make_key().await?,
                };
                let sealed = sealed::seal(&contents, id, &key, random()?)?;
                self.write(&contents, move |files, path| files::replace_whole(files, path, &sealed)).await?;
            }
        }
        Ok((contents, result))
    }

    async fn put_aside(&self) -> Result<Option<PathBuf>, Error> {
        let _lock = self.lock().await?;
        let Some(bytes) = self.glance().await?.bytes else { return Ok(None) };
        match self.open(&bytes, Interaction::Forbidden).await {
            Ok(_) => return Ok(None),
            Err(error) if error.remedy() != Remedy::StartAfresh => return Err(error),
            Err(_) => {}
        }
        self.write(&Contents::default(), |files, path| {
            let aside = free_name_beside(files, path);
            files.rename(path, &aside)?;
            files.sync_folder(files::folder_of(path))?;
            Ok(Some(aside))
        })
        .await
    }
}

/// What to do with an empty vault.
enum WhenEmpty {
    Keep,
    Remove,
    /// Leave it as it is, whether or not it exists.
    Leave,
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
