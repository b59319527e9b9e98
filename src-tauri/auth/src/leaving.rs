//! Signing out: nothing of an account remains on this computer.

use crate::{
    account::{AccountId, Contents},
    error::Error,
    handed_out,
    keyring::Asked,
    places::Places,
    vault::Vault,
};

/// Deletes accounts. If none are left, deletes the vault and its key too.
pub async fn sign_out(vault: &Vault, places: &Places, ids: &[AccountId], asked: Asked) -> Result<(), Error> {
    let these = ids.to_owned();
    let remove = move |contents: &mut Contents| these.iter().for_each(|id| contents.remove(*id));
    vault.change(asked, remove).await?;
    handed_out::forget(places, ids);
    Ok(())
}
