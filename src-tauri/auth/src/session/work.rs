//! What the session does beside its loop, and what it reports: opening and cleaning up.

use super::{
    Parts,
    arriving::{Ready, SignedUp},
    kept,
    sign_in::Code,
};
use crate::{
    account::{AccountId, Contents},
    clock::Clock,
    error::Error,
    issuer::Issuer,
    keep::{Ran, Told},
    keyring::Interaction,
    leg::Leg,
    loopback::Arrival,
    token::OauthToken,
    vault::Vault,
};

/// What a piece of work says while it goes on.
#[derive(Debug)]
pub(super) enum Report {
    /// Of a chain that runs.
    Chain(Told),
    /// There is a code for another device.
    Code(Box<Code>),
}

/// What a piece of work comes to.
#[derive(Debug)]
pub(super) enum Outcome {
    Opened(Result<Contents, Error>),
    Prepared(Result<Ready, Error>),
    /// The person's browser came back.
    Arrived(Option<Arrival>),
    /// Somebody typed a code in.
    Granted(Result<OauthToken, Error>),
    SignedIn(Result<SignedUp, Error>),
    Renewed(Box<Result<Ran, Error>>),
    /// What became of the kept files.
    FilesKept(kept::Came),
    /// Whether a connection could be made for that account.
    Tried(AccountId, Leg, bool),
}

/// What the vault holds.
pub(super) async fn open<I: Issuer, C: Clock>(parts: &Parts<I, C>, asked: Interaction) -> Result<Contents, Error> {
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

/// Takes a sign-in that came to nothing out of the vault; with nothing left in it, vault and key go too.
pub(super) async fn clean(vault: Vault, kept: Option<AccountId>) {
    let change = move |contents: &mut Contents| kept.into_iter().for_each(|id| contents.remove(id));
    if let Err(error) = vault.change(Interaction::Forbidden, change).await {
        tracing::warn!(%error, "what a sign-in left could not be removed");
    }
}
