//! Moving the vault's key to a key file, the only time when that file is created.

use std::{io, sync::Arc, time::Duration};

use spartan_auth::random;

use crate::{
    error::{Error, KeyCause, KeyFileCause, SettingsCause},
    fs::{
        files::{self, Files},
        lock::Lock,
        paths::Paths,
    },
    key::{
        Key,
        key_file::KeyFile,
        key_place::{self, KeyPlace},
    },
    keyring::Interaction,
    settings_file,
    vault::{Vault, sealed::VaultId},
};

/// The result of switching to a key file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Begun {
    /// The file was created; there's no vault yet.
    Made,
    /// The file existed, and opens the vault if there is one.
    WasThere,
    /// The vault was re-encrypted with the file's key.
    Moved {
        /// Why the old key couldn't be deleted, if so; it no longer opens anything.
        old_key_stays: Option<KeyCause>,
    },
    /// Nothing was changed: the vault is encrypted with another key, and re-encrypting wasn't requested.
    IsSealedOtherwise,
}

/// Whether a vault that's encrypted with another key may be re-encrypted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Move {
    /// It may, because the user requested it.
    Allowed,
    /// It isn't changed.
    NotAsked,
}

/// Whether the key file is saved in the settings.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Holds {
    /// The path is saved in the settings and used from now on.
    FromNowOn,
    /// The file is used only by processes that specify it.
    WhereNamed,
}

/// The lock is held for milliseconds.
const LOCK_LIMIT: Duration = Duration::from_secs(30);

/// Moves the vault's key from `from` to `to`. After a crash halfway, a second call completes the move.
pub async fn begin(
    paths: &Paths,
    from: &KeyPlace,
    to: &KeyFile,
    files: Arc<dyn Files>,
    allowed: Move,
    holds: Holds,
) -> Result<Begun, Error> {
    from.known()?;
    if holds == Holds::FromNowOn {
        // Before the vault is encrypted with a key that the settings then wouldn't refer to.
        settings_can_be_written(paths, files.clone()).await?;
    }
    let sealed = seal(paths, from, to, files, allowed).await?;
    if holds == Holds::FromNowOn && !matches!(sealed, Sealed::Otherwise) {
        settings_file::keep_key_in(paths, to.path()).await?;
    }
    Ok(match sealed {
        Sealed::Otherwise => Begun::IsSealedOtherwise,
        Sealed::NotYet => Begun::Made,
        Sealed::Already => Begun::WasThere,
        // Last, because the old key may be needed until here.
        Sealed::Anew { before } => {
            Begun::Moved { old_key_stays: from.remove(before, Interaction::Allowed).await.err() }
        }
    })
}

/// Verifies this with the temporary file that every change of the settings creates, under the same lock.
async fn settings_can_be_written(paths: &Paths, files: Arc<dyn Files>) -> Result<(), Error> {
    let lock = Lock::take(paths.vault_lock(), LOCK_LIMIT).await?;
    let trial = files::between(&paths.settings());
    let tried = tokio::task::spawn_blocking(move || {
        let _lock = lock;
        files.make_folder(files::folder_of(&trial))?;
        files::remove_if_there(files.as_ref(), &trial)?;
        files.write_new(&trial, b"trial")?;
        files.remove(&trial)
    });
    tried.await.map_err(io::Error::other).flatten().map_err(|error| SettingsCause::from(error).into())
}

enum Sealed {
    NotYet,
    Already,
    Anew { before: VaultId },
    Otherwise,
}

async fn seal(
    paths: &Paths,
    from: &KeyPlace,
    to: &KeyFile,
    files: Arc<dyn Files>,
    allowed: Move,
) -> Result<Sealed, Error> {
    let vault = Vault::new(paths.clone(), from.clone(), files);
    let there = found(to).await?;
    if !paths.vault().exists() {
        return if there.is_some() { Ok(Sealed::Already) } else { make(to).await.map(|_| Sealed::NotYet) };
    }
    if let Some(key) = &there
        && vault.opens_with(key).await?
    {
        return Ok(Sealed::Already);
    }
    if from.file() == Some(to) {
        // Neither a new key nor another one would open the vault.
        let why = if there.is_some() { KeyFileCause::OtherKey } else { KeyFileCause::Missing };
        return Err(to.error(why));
    }
    if allowed == Move::NotAsked {
        return Ok(Sealed::Otherwise);
    }
    // Verify that the vault opens before making a key.
    vault.read(Interaction::Allowed).await?;
    let key = match there {
        Some(key) => key,
        None => make(to).await?,
    };
    let before = vault.reseal(Interaction::Allowed, key).await?;
    // Another process may have emptied the vault in the meantime.
    Ok(before.map_or(Sealed::NotYet, |before| Sealed::Anew { before }))
}

async fn found(file: &KeyFile) -> Result<Option<Key>, Error> {
    match key_place::read(file.clone()).await {
        Err(Error::KeyFile { why: KeyFileCause::Missing, .. }) => Ok(None),
        found => found.map(Some),
    }
}

async fn make(file: &KeyFile) -> Result<Key, Error> {
    let file = file.clone();
    let made = tokio::task::spawn_blocking(move || {
        let key = Key::new(random::bytes());
        file.make(&key).map(|()| key)
    });
    made.await.map_err(|_| KeyCause::Failed)?
}
