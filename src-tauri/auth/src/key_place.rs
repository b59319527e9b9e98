//! Where the vault's key lives: in the keyring, or in a file that a person chose; or that this is not known.

use std::path::PathBuf;

use crate::{
    error::{Cause, Error, KeyCause, KeyFileCause, SettingsCause, VaultCause},
    key::Key,
    key_file::KeyFile,
    keyring::{Asked, Keyring},
    places::Places,
    random,
    sealed::VaultId,
    settings::Settings,
};

/// The one place of the key.
#[derive(Clone, Debug)]
pub enum KeyPlace {
    /// The system's keyring, under the vault's id.
    Keyring(Keyring),
    /// A file that a person chose. It is theirs: it stays when the vault goes.
    File(KeyFile),
    /// The settings would tell, and are not understood. A key that the keyring has is taken; none is made.
    Unknown {
        /// Why they are not.
        cause: SettingsCause,
        /// Where most keys are.
        keyring: Keyring,
    },
}

impl KeyPlace {
    /// The file that was named for this process, else the one in the settings, else the keyring.
    #[must_use]
    pub fn chosen(places: &Places, for_this_process: Option<PathBuf>, keyring: Keyring) -> KeyPlace {
        match for_this_process.map_or_else(|| Settings::key_file(places), |path| Ok(Some(path))) {
            Ok(Some(path)) => KeyPlace::File(KeyFile::at(path)),
            Ok(None) => KeyPlace::Keyring(keyring),
            Err(cause) => KeyPlace::Unknown { cause, keyring },
        }
    }

    /// Why it is not known where the key is, where it is not.
    pub fn known(&self) -> Result<(), Error> {
        match self {
            KeyPlace::Keyring(_) | KeyPlace::File(_) => Ok(()),
            KeyPlace::Unknown { cause, .. } => Err(cause.clone().into()),
        }
    }

    /// The file, where it is one.
    #[must_use]
    pub const fn file(&self) -> Option<&KeyFile> {
        match self {
            KeyPlace::Keyring(_) | KeyPlace::Unknown { .. } => None,
            KeyPlace::File(file) => Some(file),
        }
    }

    /// The key of a vault that is there.
    pub async fn key(&self, id: VaultId, asked: Asked) -> Result<Key, Error> {
        match self {
            KeyPlace::Keyring(keyring) => Ok(keyring.key(id, asked).await?),
            KeyPlace::File(file) => read(file.clone()).await,
            KeyPlace::Unknown { cause, keyring } => match keyring.key(id, asked).await {
                // Then it is in a file, or was there once: the settings are what has to be mended.
                Err(KeyCause::Missing | KeyCause::NoKeyring) => Err(cause.clone().into()),
                key => Ok(key?),
            },
        }
    }

    /// Sees that a new vault's key could be had, unlocking the keyring where a person asked.
    pub async fn ready(&self, asked: Asked) -> Result<(), Error> {
        match self {
            KeyPlace::Keyring(keyring) => Ok(keyring.ready(VaultId(random::bytes()), asked).await?),
            KeyPlace::File(file) => read(file.clone()).await.map(drop).map_err(not_made),
            KeyPlace::Unknown { cause, .. } => Err(cause.clone().into()),
        }
    }

    /// The key for a new vault: made in the keyring; a file is never made by itself, so that a disk that is not
    /// mounted just then gets no second key.
    pub(crate) async fn make(&self, id: VaultId) -> Result<Key, Error> {
        match self {
            KeyPlace::Keyring(keyring) => {
                let key = Key::new(random::bytes());
                keyring.keep(id, &key, Asked::Unasked).await?;
                Ok(key)
            }
            KeyPlace::File(file) => read(file.clone()).await.map_err(not_made),
            KeyPlace::Unknown { cause, .. } => Err(cause.clone().into()),
        }
    }

    /// Removes the key of a vault that is gone from the keyring; one that is not there is no error.
    pub(crate) async fn remove(&self, id: VaultId, asked: Asked) -> Result<(), KeyCause> {
        match self {
            KeyPlace::Keyring(keyring) | KeyPlace::Unknown { keyring, .. } => keyring.remove(id, asked).await,
            KeyPlace::File(_) => Ok(()),
        }
    }

    /// Why a vault does not open with the key from here.
    pub(crate) fn does_not_open(&self, cause: VaultCause) -> Error {
        match (self, cause) {
            (KeyPlace::File(file), VaultCause::OtherKey) => file.error(KeyFileCause::OtherKey),
            (_, cause) => cause.into(),
        }
    }
}

impl From<Keyring> for KeyPlace {
    fn from(keyring: Keyring) -> KeyPlace {
        KeyPlace::Keyring(keyring)
    }
}

impl From<KeyFile> for KeyPlace {
    fn from(file: KeyFile) -> KeyPlace {
        KeyPlace::File(file)
    }
}

pub(crate) async fn read(file: KeyFile) -> Result<Key, Error> {
    tokio::task::spawn_blocking(move || file.read()).await.map_err(|_| KeyCause::Failed)?
}

/// Without a vault a file that is not there is none that was lost.
fn not_made(error: Error) -> Error {
    match error.cause {
        Cause::KeyFile { path, why: KeyFileCause::Missing } => KeyFile::at(path).error(KeyFileCause::NotMade),
        _ => error,
    }
}
