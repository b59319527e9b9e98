//! Signing out, which leaves nothing of an account on this computer.

use spartan_vault::{
    account::{AccountId, Contents},
    keyring::Interaction,
    vault::Vault,
};

use crate::error::Error;

/// Deletes accounts. If none are left, deletes the vault and its key too.
pub async fn sign_out(vault: &Vault, ids: &[AccountId], asked: Interaction) -> Result<(), Error> {
    let these = ids.to_owned();
    let remove = move |contents: &mut Contents| these.iter().for_each(|id| contents.remove(*id));
    vault.change(asked, remove).await?;
    Ok(())
}
