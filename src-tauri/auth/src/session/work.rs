//! What the session does beside its loop: open, prepare, sign in, renew, sign out. Each reports by messages.

use std::sync::{Arc, atomic::AtomicBool};

use jiff::{SignedDuration, Timestamp};

use super::{
    Parts,
    jobs::Reports,
    keep::{First, Keep},
};
use crate::{
    account::{Account, AccountId, Contents},
    azure_app::{AzureApp, Platform},
    chain::{Progress, Save, Start},
    clock::Clock,
    error::{Cause, Error, Step},
    issuer::Issuer,
    keyring::Asked,
    leg::Leg,
    token::Tokens,
    vault::Vault,
};

/// What a piece of work says while it goes on.
#[derive(Debug)]
pub(super) enum Report {
    /// A leg began, ended or failed.
    Progress(Progress),
    /// Tokens are in the vault.
    Saved(Box<Account>),
}

/// What a piece of work comes to.
#[derive(Debug)]
pub(super) enum Outcome {
    Opened(Result<Contents, Error>),
    Prepared(Result<(), Error>),
    SignedIn(Result<Ran, Error>),
    Renewed(AccountId, Result<Ran, Error>),
    /// Whether a connection could be made for that account.
    Tried(AccountId, Leg, bool),
}

/// An account after its chain ran: what it holds now, and what stopped it, if anything did.
#[derive(Debug)]
pub(super) struct Ran {
    pub(super) account: Account,
    pub(super) error: Option<Error>,
}

/// Set when the person cancelled: what is under way may then keep nothing any more.
pub(super) type Cancelled = Arc<AtomicBool>;

/// Who signs in, and as whom.
pub(super) struct SigningIn {
    /// The account's id until it is known to be one that was there.
    pub(super) id: AccountId,
    pub(super) app: AzureApp,
    pub(super) start: Start,
    /// What was brought along.
    pub(super) tokens: Tokens,
    /// The account that is to sign in again.
    pub(super) expected: Option<Account>,
    pub(super) cancelled: Cancelled,
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

/// Before a person goes to Microsoft's page: can what comes back be kept, and is the page there?
pub(super) async fn prepare<I: Issuer, C: Clock>(parts: &Arc<Parts<I, C>>, platform: Platform) -> Result<(), Error> {
    keep_open_beyond(parts, platform);
    parts.issuer.open_ahead(platform, Leg::Microsoft).await?;
    // Last, because it may leave an empty vault and its key behind.
    parts.vault.prepare(Asked::ByPerson).await
}

/// The hosts behind Microsoft's, each once.
const BEYOND: [Leg; 3] = [Leg::XboxUser, Leg::XstsHalo, Leg::Spartan];

/// While a person is at Microsoft's page, connections to every host of the chain are kept young: the handshakes are then
/// over when the code comes. One that cannot be opened is no trouble yet; its leg will say so.
pub(super) fn keep_open<I: Issuer, C: Clock>(parts: &Arc<Parts<I, C>>, platform: Platform) {
    open_ahead(parts, platform, Leg::Microsoft);
    keep_open_beyond(parts, platform);
}

/// The same beside Microsoft's own leg.
pub(super) fn keep_open_beyond<I: Issuer, C: Clock>(parts: &Arc<Parts<I, C>>, platform: Platform) {
    for leg in BEYOND {
        open_ahead(parts, platform, leg);
    }
}

fn open_ahead<I: Issuer, C: Clock>(parts: &Arc<Parts<I, C>>, platform: Platform, leg: Leg) {
    let parts = parts.clone();
    tokio::spawn(async move { parts.issuer.open_ahead(platform, leg).await });
}

/// Runs the chain for somebody who just signed in. What was there before is replaced only by the same person.
pub(super) async fn sign_in<I: Issuer, C: Clock>(
    parts: &Parts<I, C>,
    signing_in: SigningIn,
    reports: Reports,
) -> Result<Ran, Error> {
    let SigningIn { id, app, start, tokens, expected, cancelled } = signing_in;
    let keep = Keep::new(parts, Account::new(id, app, tokens), First::Insert(cancelled), reports);
    let ran = keep.run(parts, start).await;
    let settled = settle(ran, expected.as_ref());
    let mut account = settled.as_ref().ok().map(|ran| ran.account.clone());
    let known = match &account {
        Some(account) => parts.vault.read(Asked::Unasked).await?.same_person(account, id),
        None => None,
    };
    if let (Some(account), Some(known)) = (&mut account, known) {
        account.id = known;
    }
    let placed = account.clone();
    // A renewal of the account whose place it takes would write the old tokens over the new ones.
    let _lock = match placed.as_ref().filter(|placed| placed.id != id) {
        Some(placed) => Some(parts.vault.lock_renewal(placed.id).await?),
        None => None,
    };
    let put = move |contents: &mut Contents| {
        // A cancel may have emptied the vault already: then nothing comes back.
        let account = account.filter(|_| keep.may_keep());
        if account.as_ref().is_none_or(|account| account.id != id) {
            contents.remove(id);
        }
        if let Some(account) = account {
            contents.put(account);
        }
    };
    parts.vault.change(Asked::Unasked, put).await?;
    settled.map(|ran| Ran { account: placed.unwrap_or(ran.account), error: ran.error })
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
    let Ran { account, error } = keep.run(parts, Start::Renew).await;
    let (kept, is_well) = (account.clone(), error.is_none());
    let put = move |contents: &mut Contents| {
        if contents.account(kept.id).is_none() {
            return Err(gone());
        }
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

/// Takes a sign-in that came to nothing out of the vault; with nothing left in it, vault and key go too.
pub(super) async fn clean(vault: Vault, kept: Option<AccountId>) {
    let change = move |contents: &mut Contents| kept.into_iter().for_each(|id| contents.remove(id));
    if let Err(error) = vault.change(Asked::Unasked, change).await {
        tracing::warn!(%error, "what a sign-in left could not be removed");
    }
}

/// Deletes an account; with nothing left in it, vault and key go too.
pub(super) async fn sign_out(vault: &Vault, id: AccountId) -> Result<(), Error> {
    vault.change(Asked::ByPerson, move |contents| contents.remove(id)).await.map(|_| ())
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

/// Whether the outcome of a sign-in may stay: refused and foreign ones may not. One that met a passing trouble behind
/// Microsoft's page stays, because its refresh token is good; only not in the place of another, whose person is unknown.
fn settle(ran: Ran, expected: Option<&Account>) -> Result<Ran, Error> {
    let Ran { mut account, error } = ran;
    if let Some(error) = error.clone().filter(|error| !error.passes() || account.tokens.refresh.is_none()) {
        return Err(error);
    }
    let Some(expected) = expected else { return Ok(Ran { account, error }) };
    match (&expected.person, &account.person, error) {
        (Some(before), Some(came), _) if before.xuid != came.xuid => {
            let (expected, came) = (before.gamertag.clone(), came.gamertag.clone());
            Err(Error::new(Step::Page, Cause::OtherAccount { expected, came }))
        }
        (Some(_), None, Some(error)) => Err(error),
        (_, _, error) => {
            account.id = expected.id;
            Ok(Ran { account, error })
        }
    }
}

pub(super) fn milliseconds(error: SignedDuration) -> i64 {
    i64::try_from(error.as_millis()).unwrap_or_default()
}

/// The services' time, from this computer's clock and its known error.
pub(super) fn services_now(now: Timestamp, clock_error_ms: i64) -> Timestamp {
    now.checked_sub(SignedDuration::from_millis(clock_error_ms)).unwrap_or(now)
}
