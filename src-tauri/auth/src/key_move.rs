//! Beginning to keep the vault's key in a file: the one time when that file is made.

use std::{io, sync::Arc, time::Duration};

use crate::{
    error::{Cause, Error, KeyCause, KeyFileCause, SettingsCause, Step},
    files::{self, Files},
    key::Key,
    key_file::KeyFile,
    key_place::{self, KeyPlace},
    keyring::Asked,
    lock::Lock,
    places::Places,
    random,
    sealed::VaultId,
    settings::Settings,
    vault::Vault,
};

/// How a key file came to be the one that counts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Begun {
    /// It was made; there is no vault yet.
    Made,
    /// It was there, and opens the vault where there is one.
    WasThere,
    /// The vault was sealed anew with it.
    Moved {
        /// Why the old key could not be removed, where it could not; it opens nothing any more.
        old_key_stays: Option<KeyCause>,
    },
    /// Nothing was changed: the vault is sealed with another key, and nobody asked to seal it anew.
    IsSealedOtherwise,
}

/// Whether a vault that is sealed with another key may be sealed anew.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Move {
    /// It may: a person asked for that.
    Allowed,
    /// It stays as it is.
    NotAsked,
}

/// For how long the file is where the key lives.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Holds {
    /// From now on: the settings say so.
    FromNowOn,
    /// For whoever names it.
    WhereNamed,
}

/// The lock is held for milliseconds.
const LOCK_LIMIT: Duration = Duration::from_secs(30);

/// Has the vault's key be in `to`, where it was in `from` until now. What a crash leaves half done, a second try finishes.
pub async fn begin(
    places: &Places,
    from: &KeyPlace,
    to: &KeyFile,
    files: Arc<dyn Files>,
    allowed: Move,
    holds: Holds,
) -> Result<Begun, Error> {
    from.known()?;
    if holds == Holds::FromNowOn {
        // Before anything is sealed that the settings would then not name.
        settings_can_be_written(places, files.clone()).await?;
    }
    let sealed = seal(places, from, to, files, allowed).await?;
    if holds == Holds::FromNowOn && !matches!(sealed, Sealed::Otherwise) {
        Settings::keep_key_in(places, to.path()).await?;
    }
    Ok(match sealed {
        Sealed::Otherwise => Begun::IsSealedOtherwise,
        Sealed::NotYet => Begun::Made,
        Sealed::Already => Begun::WasThere,
        // Last of all: until here the old key may still be needed.
        Sealed::Anew { before } => Begun::Moved { old_key_stays: from.remove(before, Asked::ByPerson).await.err() },
    })
}

/// Tries it with the file that each change of the settings makes on its way, under their lock as that does.
async fn settings_can_be_written(places: &Places, files: Arc<dyn Files>) -> Result<(), Error> {
    let lock = Lock::take(places.vault_lock(), LOCK_LIMIT).await?;
    let trial = files::between(&places.settings());
    let tried = tokio::task::spawn_blocking(move || {
        let _lock = lock;
        files.make_folder(files::folder_of(&trial))?;
        files::remove_if_there(files.as_ref(), &trial)?;
        files.write_new(&trial, b"trial")?;
        files.remove(&trial)
    });
    tried
        .await
        .map_err(io::Error::other)
        .flatten()
        .map_err(|error| Error::new(Step::Settings, Cause::Settings(SettingsCause::Io { kind: error.kind() })))
}

enum Sealed {
    NotYet,
    Already,
    Anew { before: VaultId },
    Otherwise,
}

async fn seal(
    places: &Places,
    from: &KeyPlace,
    to: &KeyFile,
    files: Arc<dyn Files>,
    allowed: Move,
) -> Result<Sealed, Error> {
    let vault = Vault::new(places.clone(), from.clone(), files);
    let there = found(to).await?;
    if !places.vault().exists() {
        return if there.is_some() { Ok(Sealed::Already) } else { make(to).await.map(|_| Sealed::NotYet) };
    }
    if let Some(key) = &there
        && vault.opens_with(key).await?
    {
        return Ok(Sealed::Already);
    }
    if from.file() == Some(to) {
        // Neither a new key nor another one would open it.
        let why = if there.is_some() { KeyFileCause::OtherKey } else { KeyFileCause::Missing };
        return Err(to.error(why));
    }
    if allowed == Move::NotAsked {
        return Ok(Sealed::Otherwise);
    }
    // Before a key is made: whether the vault opens at all.
    vault.read(Asked::ByPerson).await?;
    let key = match there {
        Some(key) => key,
        None => make(to).await?,
    };
    let before = vault.reseal(Asked::ByPerson, key).await?;
    // Somebody else may have emptied it meanwhile.
    Ok(before.map_or(Sealed::NotYet, |before| Sealed::Anew { before }))
}

async fn found(file: &KeyFile) -> Result<Option<Key>, Error> {
    match key_place::read(file.clone()).await {
        Err(Error { cause: Cause::KeyFile { why: KeyFileCause::Missing, .. }, .. }) => Ok(None),
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
