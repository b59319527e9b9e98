//! Opening the vault, and removing what a sign-in left in it.

use spartan_auth::{clock::Clock, issuer::Issuer};
use spartan_vault::{
    account::{AccountId, Contents},
    keyring::Interaction,
    vault::Vault,
};

use crate::{error::Error, parts::Parts};

/// Returns the contents of the vault.
pub(crate) async fn open<I: Issuer, C: Clock>(parts: &Parts<I, C>, asked: Interaction) -> Result<Contents, Error> {
    let mut contents = parts.vault.read(asked).await?;
    let before = contents.accounts.len();
    contents.merge();
    if contents.accounts.len() < before {
        contents = parts.vault.change(asked, Contents::merge).await?.0;
    }
    if contents.is_empty() && parts.places.vault().exists() {
        // The program ended while somebody was at Microsoft's page.
        clean(parts.vault.clone(), None).await;
    }
    Ok(contents)
}

/// Removes the account of a sign-in that isn't kept; if nothing else is left, vault and key go too.
pub(crate) async fn clean(vault: Vault, account: Option<AccountId>) {
    let change = move |contents: &mut Contents| account.into_iter().for_each(|id| contents.remove(id));
    if let Err(error) = vault.change(Interaction::Forbidden, change).await {
        tracing::warn!(%error, "what a sign-in left could not be removed");
    }
}
