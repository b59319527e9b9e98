//! Opening the vault, and removing what a sign-in left in it.

use spartan_auth::{clock::Clock, issuer::Issuer};
use spartan_vault::{
    account::{AccountId, Contents},
    keyring::Interaction,
    vault::{Look, Vault, finished},
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
    if contents.is_empty() && parts.paths.vault().exists() {
        // The program ended while somebody was at Microsoft's page.
        clean(parts.vault.clone(), None).await;
    }
    Ok(contents)
}

/// Compares the file with what this process last read or wrote.
pub(crate) async fn look(vault: &Vault) -> Result<Look, Error> {
    let vault = vault.clone();
    finished(tokio::task::spawn_blocking(move || vault.look()).await)
}

/// Reads the vault again if another program has written it.
pub(crate) async fn read_again(vault: &Vault) -> Result<(), Error> {
    let look = look(vault).await?;
    match look {
        Look::Same => return Ok(()),
        Look::Changed | Look::Unreadable => {}
    }
    match vault.read(Interaction::Forbidden).await {
        // It has been reported already. What's in memory is still valid, and the read is tried again.
        Err(_) if look == Look::Unreadable => Ok(()),
        read => Ok(read.map(drop)?),
    }
}

/// Removes the account of a sign-in that isn't kept; if nothing else is left, vault and key go too.
pub(crate) async fn clean(vault: Vault, account: Option<AccountId>) {
    let change = move |contents: &mut Contents| account.into_iter().for_each(|id| contents.remove(id));
    if let Err(error) = vault.change(Interaction::Forbidden, change).await {
        tracing::warn!(%error, "what a sign-in left could not be removed");
    }
}
