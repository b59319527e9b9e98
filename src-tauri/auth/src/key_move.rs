//! Beginning to keep the vault's key in a file: the one time when that file is made.

use std::sync::Arc;

use crate::{
    error::{Cause, Error, KeyCause, KeyFileCause},
    files::Files,
    key::Key,
    key_file::KeyFile,
    key_place::{self, KeyPlace},
    keyring::Asked,
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
