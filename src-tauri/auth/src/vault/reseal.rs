//! Another key for the vault: what it holds is sealed as a new vault, in the place of the old.

use super::{
    Vault,
    disk::to_its_end,
    held::{Held, random},
};
use crate::{
    error::Error,
    files,
    key::Key,
    keyring::Asked,
    sealed::{self, VaultId},
};

impl Vault {
    /// Whether it is there, and opens with this key.
    pub(crate) async fn opens_with(&self, key: &Key) -> Result<bool, Error> {
        let bytes = self.glance().await?.bytes;
        Ok(bytes.is_some_and(|bytes| sealed::open(&bytes, key).is_ok()))
    }

    /// Seals the contents with this key and a new id; when this returns, the disk has them. Gives the id that it had.
    ///
    /// The old key stays where it is: it opens what a copy of the old file may hold.
    pub(crate) async fn reseal(&self, asked: Asked, key: Key) -> Result<Option<VaultId>, Error> {
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
