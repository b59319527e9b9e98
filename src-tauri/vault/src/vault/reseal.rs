//! Changing the vault's key: the contents are encrypted as a new vault that replaces the old one.

use super::{
    Vault,
    disk::to_its_end,
    held::{Held, random},
};
use crate::{
    error::Error,
    fs::files,
    key::Key,
    keyring::Interaction,
    vault::sealed::{self, VaultId},
};

impl Vault {
    /// Whether the vault exists and opens with this key.
    pub(crate) async fn opens_with(&self, key: &Key) -> Result<bool, Error> {
        let bytes = self.glance().await?.bytes;
        Ok(bytes.is_some_and(|bytes| sealed::open(&bytes, key).is_ok()))
    }

    /// Encrypts the contents with this key under a new ID. When this returns, they're on disk. Returns the previous ID.
    ///
    /// The old key isn't deleted, because it opens copies of the old file.
    pub(crate) async fn reseal(&self, asked: Interaction, key: Key) -> Result<Option<VaultId>, Error> {
        let vault = self.clone();
        to_its_end(async move {
            let Held { lock: _lock, contents, known } = vault.hold(asked).await?;
            let Some((before, _)) = known else { return Ok(None) };
            let sealed = sealed::seal(&contents, VaultId(random()?), &key, random()?)?;
            vault.write(&contents, move |files, path| files::replace_whole(files, path, &sealed)).await?;
            vault.memory().key = None;
            Ok(Some(before))
        })
        .await
    }
}
