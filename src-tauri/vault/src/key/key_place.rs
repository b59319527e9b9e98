//! Where the vault's key is stored: in the keyring, in a file chosen by the user, or unknown.

use std::path::PathBuf;

use spartan_auth::random;

use crate::{
    error::{Error, KeyCause, KeyFileCause, SettingsCause, VaultCause},
    fs::paths::Paths,
    key::{Key, key_file::KeyFile},
    keyring::{Interaction, Keyring},
    settings_file,
    vault::sealed::VaultId,
};

/// Where the key is stored.
#[derive(Clone, Debug)]
pub enum KeyPlace {
    /// The system's keyring, under the vault's ID.
    Keyring(Keyring),
    /// A file chosen by the user. It belongs to them and isn't deleted with the vault.
    File(KeyFile),
    /// Unknown, because the settings aren't understood. A key in the keyring is used; no key is created.
    Unknown {
        /// Why the settings aren't understood.
        cause: SettingsCause,
        /// The keyring, where most keys are stored.
        keyring: Keyring,
    },
}

impl KeyPlace {
    /// Returns the key file specified for this process, otherwise the one in the settings, otherwise the keyring.
    #[must_use]
    pub fn chosen(paths: &Paths, for_this_process: Option<PathBuf>, keyring: Keyring) -> KeyPlace {
        match for_this_process.map_or_else(|| settings_file::key_file(paths), |path| Ok(Some(path))) {
            Ok(Some(path)) => KeyPlace::File(KeyFile::at(path)),
            Ok(None) => KeyPlace::Keyring(keyring),
            Err(cause) => KeyPlace::Unknown { cause, keyring },
        }
    }

    /// Fails if the key's location is unknown.
    pub fn known(&self) -> Result<(), Error> {
        match self {
            KeyPlace::Keyring(_) | KeyPlace::File(_) => Ok(()),
            KeyPlace::Unknown { cause, .. } => Err(cause.clone().into()),
        }
    }

    /// The key file, if the key is in one.
    #[must_use]
    pub const fn file(&self) -> Option<&KeyFile> {
        match self {
            KeyPlace::Keyring(_) | KeyPlace::Unknown { .. } => None,
            KeyPlace::File(file) => Some(file),
        }
    }

    /// Returns the key of an existing vault.
    pub async fn key(&self, id: VaultId, asked: Interaction) -> Result<Key, Error> {
        match self {
            KeyPlace::Keyring(keyring) => Ok(keyring.key(id, asked).await?),
            KeyPlace::File(file) => read(file.clone()).await,
            KeyPlace::Unknown { cause, keyring } => match keyring.key(id, asked).await {
                // If so, the key is or was in a file, and the settings must be fixed.
                Err(KeyCause::Missing | KeyCause::NoKeyring) => Err(cause.clone().into()),
                key => Ok(key?),
            },
        }
    }

    /// Verifies that a new vault's key could be read or stored. Unlocks the keyring if the user initiated this.
    pub async fn ready(&self, asked: Interaction) -> Result<(), Error> {
        match self {
            KeyPlace::Keyring(keyring) => Ok(keyring.ready(VaultId(random::bytes()), asked).await?),
            KeyPlace::File(file) => read(file.clone()).await.map(drop).map_err(not_made),
            KeyPlace::Unknown { cause, .. } => Err(cause.clone().into()),
        }
    }

    /// Returns the key for a new vault, and creates it in the keyring. A key file is never created automatically,
    /// because on a disk that's temporarily not mounted this would create a second key.
    pub(crate) async fn make(&self, id: VaultId) -> Result<Key, Error> {
        match self {
            KeyPlace::Keyring(keyring) => {
                let key = Key::new(random::bytes());
                keyring.keep(id, &key, Interaction::Forbidden).await?;
                Ok(key)
            }
            KeyPlace::File(file) => read(file.clone()).await.map_err(not_made),
            KeyPlace::Unknown { cause, .. } => Err(cause.clone().into()),
        }
    }

    /// Deletes a deleted vault's key from the keyring. Succeeds if there is none.
    pub(crate) async fn remove(&self, id: VaultId, asked: Interaction) -> Result<(), KeyCause> {
        match self {
            KeyPlace::Keyring(keyring) | KeyPlace::Unknown { keyring, .. } => keyring.remove(id, asked).await,
            KeyPlace::File(_) => Ok(()),
        }
    }

    /// Returns the error for a vault that doesn't open with the key from here.
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

/// Reads the key in a key file, off the threads that must not block.
pub async fn read(file: KeyFile) -> Result<Key, Error> {
    tokio::task::spawn_blocking(move || file.read()).await.map_err(|_| KeyCause::Failed)?
}

/// Without a vault, a missing key file hasn't been lost.
fn not_made(error: Error) -> Error {
    match error {
        Error::KeyFile { path, why: KeyFileCause::Missing } => KeyFile::at(path).error(KeyFileCause::NotMade),
        error => error,
    }
}
