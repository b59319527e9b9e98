//! The vault: the sealed file, its key and its lock, so that no crash, other process or locked keyring loses a sign-in.

mod disk;
mod held;
mod reseal;
mod seen;

use std::{
    fmt,
    path::{Path, PathBuf},
    sync::{Arc, Mutex},
    time::Duration,
};

pub(crate) use self::disk::{finished, to_its_end};
use self::held::{Held, Memory, Queue, random};
pub(crate) use self::seen::Look;
use crate::{
    account::{AccountId, Contents},
    error::{Error, Remedy},
    files::{self, Files},
    key_place::KeyPlace,
    keyring::Asked,
    lock::RenewalLock,
    places::Places,
    sealed,
};

/// The vault of one identifier; clones share what they know of it.
#[derive(Clone)]
pub struct Vault {
    places: Places,
    keys: KeyPlace,
    files: Arc<dyn Files>,
    memory: Arc<Mutex<Memory>>,
    queue: Queue,
}

/// Without what it knows of its contents.
impl fmt::Debug for Vault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Vault").field("places", &self.places).field("keys", &self.keys).finish_non_exhaustive()
    }
}

/// `vault.lock` is held for milliseconds, or while a keyring that hangs runs into its own limit.
const VAULT_LIMIT: Duration = Duration::from_secs(30);
/// A renewal is a chain of requests, each with its own time-out.
const RENEWAL_LIMIT: Duration = Duration::from_secs(120);

impl Vault {
    /// The vault at its place, with the place of its key and the file operations that it uses.
    #[must_use]
    pub fn new(places: Places, keys: impl Into<KeyPlace>, files: Arc<dyn Files>) -> Vault {
        Vault { places, keys: keys.into(), files, memory: Arc::default(), queue: Queue::default() }
    }

    /// What the vault holds; nothing where there is no file yet.
    pub async fn read(&self, asked: Asked) -> Result<Contents, Error> {
        let read = self.read_and_note(asked).await;
        if read.is_err() {
            let stamp = self.stamp();
            self.memory().seen.could_not_read(stamp);
        }
        read
    }

    /// Reads, changes and writes the contents under the lock; when this returns, the disk has them.
    ///
    /// It runs to its end even where the caller is dropped. Contents that are left empty take the file with them, and its key in the keyring; a key file is the person's.
    pub async fn change<R: Send + 'static>(
        &self,
        asked: Asked,
        change: impl FnOnce(&mut Contents) -> R + Send + 'static,
    ) -> Result<(Contents, R), Error> {
        let vault = self.clone();
        to_its_end(async move { vault.rewrite(asked, || WhenEmpty::Remove, change).await }).await
    }

    /// Sees before a sign-in that its tokens can be kept, by writing the vault as it is, or a new one that is empty.
    ///
    /// The empty one goes with the next [`Vault::change`] that leaves nothing in it.
    pub async fn prepare(&self, asked: Asked) -> Result<(), Error> {
        self.prepare_while(asked, || true).await
    }

    /// Does the same unless `is_wanted`, asked under the lock, says that the sign-in was cancelled meanwhile.
    pub async fn prepare_while(
        &self,
        asked: Asked,
        is_wanted: impl FnOnce() -> bool + Send + 'static,
    ) -> Result<(), Error> {
        let vault = self.clone();
        let when_empty = || if is_wanted() { WhenEmpty::Keep } else { WhenEmpty::Leave };
        to_its_end(async move { vault.rewrite(asked, when_empty, |_| ()).await.map(drop) }).await
    }

    /// Waits until nobody else, in any process, renews that account.
    pub async fn lock_renewal(&self, id: AccountId) -> Result<RenewalLock, Error> {
        RenewalLock::take(self.places.renewal_lock(id), RENEWAL_LIMIT).await
    }

    /// Renames a vault that no key opens anymore, and returns the new name; one that opens stays.
    ///
    /// Where something else would help, such as an unlocked keyring or a later version of this program, that is said.
    pub async fn start_afresh(&self) -> Result<Option<PathBuf>, Error> {
        let vault = self.clone();
        to_its_end(async move { vault.put_aside().await }).await
    }

    /// Whether another process has written the vault since this one last read or wrote it.
    #[must_use]
    pub fn has_changed(&self) -> bool {
        self.look() != Look::Same
    }

    /// Compares the file with what this process last read or wrote.
    pub(crate) fn look(&self) -> Look {
        let stamp = self.stamp();
        self.memory().seen.compare(stamp)
    }

    /// Returns the newest contents that anything in this process read or wrote, each once.
    pub(crate) fn news(&self) -> Option<Contents> {
        self.memory().seen.take_news()
    }

    /// The file operations that it uses.
    pub(crate) fn files(&self) -> Arc<dyn Files> {
        self.files.clone()
    }

    async fn read_and_note(&self, asked: Asked) -> Result<Contents, Error> {
        let glance = self.glance().await?;
        let contents = match &glance.bytes {
            Some(bytes) => self.open(bytes, asked).await?,
            None => Contents::default(),
        };
        self.note(&glance, &contents);
        Ok(contents)
    }

    async fn rewrite<R>(
        &self,
        asked: Asked,
        when_empty: impl FnOnce() -> WhenEmpty,
        change: impl FnOnce(&mut Contents) -> R,
    ) -> Result<(Contents, R), Error> {
        let Held { lock, mut contents, known } = self.hold(asked).await?;
        let result = change(&mut contents);
        let when_empty = if contents.is_empty() { when_empty() } else { WhenEmpty::Keep };
        match (known, when_empty) {
            (None, WhenEmpty::Remove) | (_, WhenEmpty::Leave) => {}
            (Some((id, _)), WhenEmpty::Remove) => {
                // The file first: a key that a crash leaves behind opens nothing, a file without its key is an alarm.
                self.write(&contents, |files, path| files::remove_whole(files, path)).await?;
                // The keyring may be slow, so other processes do not wait for it. Whoever empties the vault in this one does: once
                // a sign-in counts as cancelled, its key is gone too.
                let _turn = lock.free();
                self.remove_key(id).await;
            }
            (known, WhenEmpty::Keep) => {
                // A key that was made for a write that then fails is not removed: the file may be there all the same.
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
        match self.open(&bytes, Asked::Unasked).await {
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

/// What becomes of a vault with nothing in it.
enum WhenEmpty {
    Keep,
    Remove,
    /// It stays as it is: there, or not.
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
