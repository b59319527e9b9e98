//! Signing somebody in, beside the loop: what is made ready, the chain, and the account's place in the vault.

use std::sync::Arc;

use super::{Parts, jobs::Reports};
use crate::{
    account::{Account, AccountId, Contents},
    azure_app::{AzureApp, Platform},
    chain::Start,
    clock::Clock,
    commit::Commit,
    error::{Cause, Error, Step},
    issuer::Issuer,
    keep::{First, Keep, Ran},
    keyring::Interaction,
    leg::Leg,
    loopback::Loopback,
    sign_in_method::SignInMethod,
    status::Storage,
    token::Tokens,
};

/// What a sign-in comes to, where it comes to something.
#[derive(Debug)]
pub(super) enum SignedUp {
    /// An account, kept there.
    As(Box<Ran>, Storage),
    /// Somebody else than the person who was to sign in again.
    Other(Box<Account>, Error),
}

/// What is ready for a person.
#[derive(Debug)]
pub(super) struct Ready {
    /// Where their browser comes back, where it does.
    pub(super) port: Option<Loopback>,
}

/// Who signs in, and as whom.
pub(super) struct SigningIn {
    /// The account's id until it is known to be one that was there.
    pub(super) id: AccountId,
    pub(super) app: AzureApp,
    /// The app as it was at Microsoft's page, with a port perhaps.
    pub(super) there: AzureApp,
    pub(super) way: SignInMethod,
    pub(super) start: Start,
    /// What was brought along.
    pub(super) tokens: Tokens,
    /// The account that is to sign in again.
    pub(super) expected: Option<Account>,
    pub(super) kept: Storage,
    pub(super) commit: Commit,
}

/// Before a person goes to Microsoft's page: can what comes back be kept, is the page there, and does the way lead back?
pub(super) async fn prepare<I: Issuer, C: Clock>(
    parts: &Arc<Parts<I, C>>,
    way: SignInMethod,
    app: &AzureApp,
    kept: Storage,
    commit: Commit,
) -> Result<Ready, Error> {
    keep_open_beyond(parts, app.platform);
    parts.issuer.open_ahead(app.platform, Leg::Microsoft).await?;
    let port = match way {
        SignInMethod::Browser if app.redirect_uri.url().scheme() == "http" => {
            Some(port(app.redirect_uri.url().port()).await?)
        }
        SignInMethod::Window
        | SignInMethod::Browser
        | SignInMethod::Phone
        | SignInMethod::Paste
        | SignInMethod::Import => None,
    };
    if kept == Storage::Vault {
        // Last, because it may leave an empty vault and its key behind.
        parts.vault.prepare_while(Interaction::Allowed, move || !commit.is_cancelled()).await?;
    }
    Ok(Ready { port })
}

async fn port(named: Option<u16>) -> Result<Loopback, Error> {
    Loopback::bind(named).await.map_err(|error| {
        tracing::info!(%error, "no port for the browser");
        Error::new(Step::Page, Cause::NoPort { port: named })
    })
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
) -> Result<SignedUp, Error> {
    let SigningIn { id, app, there, way, start, tokens, expected, kept, commit } = signing_in;
    let account = Account { way, ..Account::new(id, app, tokens) };
    let first = match kept {
        Storage::Vault => First::Insert(commit.clone()),
        Storage::Memory => First::Never,
    };
    let keep = Keep::new(parts, account, first, reports.of_chain());
    let ran = keep.run(parts, &there, start).await;
    let mut settled = settle(ran, expected.as_ref());
    let account = match &mut settled {
        Ok(Settled::Same(ran)) => Some(&mut ran.account),
        Ok(Settled::Other(..)) | Err(_) => None,
    };
    let kept = match settle_in(parts, id, account, kept, &commit).await {
        Ok(kept) => kept,
        Err(error) => {
            // It is told as failed, so nothing of it may come back at the next start.
            super::work::clean(parts.vault.clone(), Some(id)).await;
            return Err(error);
        }
    };
    settled.map(|settled| match settled {
        Settled::Same(ran) => SignedUp::As(Box::new(ran), kept),
        Settled::Other(ran, error) => SignedUp::Other(Box::new(ran.account), error),
    })
}

/// Keeps an account that came in the place of another one, in its own place; gives where.
pub(super) async fn add<I, C>(parts: &Parts<I, C>, account: &mut Account, kept: Storage) -> Result<Storage, Error> {
    settle_in(parts, account.id, Some(account), kept, &Commit::default()).await
}

/// Puts an account in its place, where the sign-in had the id `id` meanwhile; without one, nothing of that id stays.
async fn settle_in<I, C>(
    parts: &Parts<I, C>,
    id: AccountId,
    mut account: Option<&mut Account>,
    kept: Storage,
    commit: &Commit,
) -> Result<Storage, Error> {
    let known = match &account {
        Some(account) => known(parts, account, id, kept).await?,
        None => None,
    };
    let kept = if known.is_some() { Storage::Vault } else { kept };
    if let (Some(account), Some(known)) = (&mut account, known) {
        account.takes_place_of(&known);
    }
    if kept == Storage::Vault {
        place(parts, id, account.cloned(), commit).await?;
    }
    Ok(kept)
}

/// The account in the vault that is of the same person, beside the one of id `id`, which is the sign-in itself.
async fn known<I, C>(
    parts: &Parts<I, C>,
    account: &Account,
    id: AccountId,
    kept: Storage,
) -> Result<Option<Account>, Error> {
    match parts.vault.read(Interaction::Forbidden).await {
        Ok(contents) => Ok(contents.same_person(account, id).and_then(|known| contents.account(known)).cloned()),
        // Nothing of it is to be kept there.
        Err(_) if kept == Storage::Memory => Ok(None),
        Err(error) => Err(error),
    }
}

/// Puts an account in its place in the vault, where the sign-in had the id `id` meanwhile.
async fn place<I, C>(
    parts: &Parts<I, C>,
    id: AccountId,
    account: Option<Account>,
    commit: &Commit,
) -> Result<(), Error> {
    // A renewal of the account whose place it takes would write the old tokens over the new ones.
    let _lock = match account.as_ref().filter(|account| account.id != id) {
        Some(account) => Some(parts.vault.lock_renewal(account.id).await?),
        None => None,
    };
    let commit = commit.clone();
    let put = move |contents: &mut Contents| {
        // A cancel may have emptied the vault already; then nothing comes back. A later one is too late.
        let account = account.filter(|_| commit.stay());
        if account.as_ref().is_none_or(|account| account.id != id) {
            contents.remove(id);
        }
        if let Some(mut account) = account {
            if let Some(present) = contents.account(account.id) {
                account.name.clone_from(&present.name);
                account.revision = account.revision.max(present.revision + 1);
            }
            contents.put(account);
        }
    };
    parts.vault.change(Interaction::Forbidden, put).await.map(|_| ())
}

/// What the outcome of a sign-in is to the account that was to sign in again.
enum Settled {
    Same(Ran),
    Other(Ran, Error),
}

/// Whether the outcome of a sign-in may stay: refused ones may not. One that met a passing trouble after Microsoft's yes
/// stays, because its refresh token is good; only not in the place of another, whose person is unknown. A refresh token that
/// was brought along, and to which Microsoft has not answered, may be anything.
fn settle(ran: Ran, expected: Option<&Account>) -> Result<Settled, Error> {
    if let Some(error) = ran.error.clone().filter(|error| !error.passes() || ran.account.tokens.access.is_none()) {
        return Err(error);
    }
    let Some(expected) = expected else { return Ok(Settled::Same(ran)) };
    match (&expected.person, &ran.account.person, &ran.error) {
        (Some(before), Some(came), _) if before.xuid != came.xuid => {
            let (expected, came) = (before.called().to_owned(), came.called().to_owned());
            Ok(Settled::Other(ran, Error::new(Step::Page, Cause::OtherAccount { expected, came })))
        }
        (Some(_), None, Some(error)) => Err(error.clone()),
        (Some(_), None, None) => Err(Error::new(Step::Leg(Leg::XstsXbox), Cause::Unreadable("no XUID in it".into()))),
        _ => {
            let mut ran = ran;
            ran.account.takes_place_of(expected);
            Ok(Settled::Same(ran))
        }
    }
}
