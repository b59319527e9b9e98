//! What the session does beside its loop: open, renew, sign out. Each reports by messages.

use jiff::{SignedDuration, Timestamp};

use super::{
    Parts,
    arriving::{Ready, SignedUp},
    jobs::Reports,
    keep::{First, Keep},
};
use crate::{
    account::{Account, AccountId, Contents},
    chain::{Progress, Save, Start},
    clock::Clock,
    device::DeviceCode,
    error::{Cause, Error, Step},
    issuer::Issuer,
    keyring::Asked,
    leg::Leg,
    loopback::Arrival,
    token::{OauthToken, Tokens},
    vault::Vault,
};

/// What a piece of work says while it goes on.
#[derive(Debug)]
pub(super) enum Report {
    /// A leg began, ended or failed.
    Progress(Progress),
    /// Tokens are where they are kept.
    Saved(Box<Account>),
    /// There is a code for another device.
    Code(Box<DeviceCode>),
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
    Renewed(AccountId, Box<Result<Ran, Error>>),
    /// Whether a connection could be made for that account.
    Tried(AccountId, Leg, bool),
}

/// An account after its chain ran: what it holds now, and what stopped it, if anything did.
#[derive(Debug)]
pub(super) struct Ran {
    pub(super) account: Account,
    pub(super) error: Option<Error>,
}

/// What the vault holds.
pub(super) async fn open<I: Issuer, C: Clock>(parts: &Parts<I, C>, asked: Asked) -> Result<Contents, Error> {
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

/// Renews an account, one process at a time: whoever waited for the lock takes what the other one got.
pub(super) async fn renew<I: Issuer, C: Clock>(
    parts: &Parts<I, C>,
    shown: Account,
    asked: Asked,
    reports: Reports,
) -> Result<Ran, Error> {
    let _lock = parts.vault.lock_renewal(shown.id).await?;
    let contents = parts.vault.read(asked).await?;
    let Some(account) = contents.account(shown.id).cloned() else { return Err(gone()) };
    let now = services_now(parts.clock.now(), shown.clock_error_ms);
    if is_newer(&account.tokens, &shown.tokens) && has_enough(&account.tokens, now) {
        return Ok(Ran { account, error: None });
    }
    let unsaved = has_unsaved(&account.tokens, &shown.tokens).then(|| shown.tokens.clone());
    let keep = Keep::new(parts, if unsaved.is_some() { shown } else { account }, First::Replace, reports);
    if let Some(tokens) = unsaved {
        keep.save(&tokens).await?;
    }
    let Ran { account, error } = renew_with(&keep, parts, Start::Renew).await;
    let (kept, is_well) = (account.clone(), error.is_none());
    let put = move |contents: &mut Contents| {
        let mut kept = kept;
        kept.heed(contents.account(kept.id).ok_or_else(gone)?);
        contents.put(kept.clone());
        if is_well {
            // Only now it may be known who that is, and that somebody is there twice.
            contents.merge();
        }
        let merged = contents.accounts.iter().find(|account| is_well && account.is_same_person(&kept)).cloned();
        Ok(merged.unwrap_or(kept))
    };
    match parts.vault.change(Asked::Unasked, put).await.and_then(|(_, put)| put) {
        Ok(account) => Ok(Ran { account, error }),
        Err(gone) if gone.cause == Cause::NotSignedIn => Err(gone),
        // What cannot be kept works all the same for as long as this program runs.
        Err(unkept) => Ok(Ran { account, error: error.or(Some(unkept)) }),
    }
}

/// Renews an account that is in memory alone.
pub(super) async fn renew_in_memory<I: Issuer, C: Clock>(
    parts: &Parts<I, C>,
    account: Account,
    reports: Reports,
) -> Ran {
    renew_with(&Keep::new(parts, account, First::Never, reports), parts, Start::Renew).await
}

/// Renews with the app that issued the refresh token; once Microsoft refuses that app, with what the person has made of it.
async fn renew_with<I: Issuer, C: Clock>(keep: &Keep, parts: &Parts<I, C>, start: Start) -> Ran {
    let (app, edited) = keep.apps();
    let ran = keep.run(parts, &app, start.clone()).await;
    match (&ran.error, edited) {
        (Some(Error { cause: Cause::Setup { .. }, .. }), Some(edited)) => {
            keep.go_on_with(edited.clone());
            keep.run(parts, &edited, start).await
        }
        _ => ran,
    }
}

/// Takes a sign-in that came to nothing out of the vault; with nothing left in it, vault and key go too.
pub(super) async fn clean(vault: Vault, kept: Option<AccountId>) {
    let change = move |contents: &mut Contents| kept.into_iter().for_each(|id| contents.remove(id));
    if let Err(error) = vault.change(Asked::Unasked, change).await {
        tracing::warn!(%error, "what a sign-in left could not be removed");
    }
}

/// Deletes accounts; with nothing left in it, vault and key go too.
pub(super) async fn sign_out(vault: &Vault, ids: Vec<AccountId>) -> Result<(), Error> {
    let remove = move |contents: &mut Contents| ids.iter().for_each(|id| contents.remove(*id));
    vault.change(Asked::ByPerson, remove).await.map(|_| ())
}

pub(super) fn gone() -> Error {
    Error::new(Step::Vault, Cause::NotSignedIn)
}

fn has_enough(tokens: &Tokens, now: Timestamp) -> bool {
    tokens.spartan.as_ref().is_some_and(|spartan| spartan.life.is_enough_to_copy(now))
}

fn is_newer(there: &Tokens, shown: &Tokens) -> bool {
    let issued = |tokens: &Tokens| tokens.spartan.as_ref().map(|spartan| spartan.life.issued_at);
    issued(there) > issued(shown)
}

/// Whether a rotated refresh token could not be saved when it came: it is in memory alone.
fn has_unsaved(there: &Tokens, shown: &Tokens) -> bool {
    let issued = |tokens: &Tokens| tokens.access.as_ref().map(|access| access.life.issued_at);
    issued(shown) > issued(there)
}

pub(super) fn milliseconds(error: SignedDuration) -> i64 {
    i64::try_from(error.as_millis()).unwrap_or_default()
}

/// The services' time, from this computer's clock and its known error.
pub(super) fn services_now(now: Timestamp, clock_error_ms: i64) -> Timestamp {
    now.checked_sub(SignedDuration::from_millis(clock_error_ms)).unwrap_or(now)
}
