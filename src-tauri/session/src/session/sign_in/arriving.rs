//! Signing somebody in: the chain, and the account's place in the vault.

use spartan_auth::{
    azure_app::AzureApp, chain::Start, clock::Clock, error::Cause as AuthCause, issuer::Issuer, leg::Leg,
    sign_in_method::SignInMethod, token::Tokens,
};
use spartan_vault::{
    account::{Account, AccountId, Contents},
    keyring::Interaction,
};

use crate::{
    error::{Cause, Error, Step, Unreadable},
    parts::Parts,
    renewal::{
        account_writer::{AccountWriter, First, Outcome},
        commit::Commit,
    },
    session::work::{SignedUp, jobs::Reports, vault::clean},
    status::Storage,
};

/// A sign-in whose chain is about to run.
pub(crate) struct SigningIn {
    /// The account's ID, until it turns out to be a known one.
    pub(crate) id: AccountId,
    pub(crate) app: AzureApp,
    /// The app as it was at Microsoft's page, possibly with a port.
    pub(crate) there: AzureApp,
    pub(crate) method: SignInMethod,
    pub(crate) start: Start,
    /// The imported tokens.
    pub(crate) tokens: Tokens,
    /// The account whose person is to sign in again.
    pub(crate) expected: Option<Account>,
    pub(crate) storage: Storage,
    pub(crate) commit: Commit,
}

/// Runs the chain for somebody who just signed in. An earlier account is replaced only by the same person.
pub(crate) async fn sign_in<I: Issuer, C: Clock>(
    parts: &Parts<I, C>,
    signing_in: SigningIn,
    reports: Reports,
) -> Result<SignedUp, Error> {
    let SigningIn { id, app, there, method, start, tokens, expected, storage, commit } = signing_in;
    let account = Account { method, ..Account::new(id, app, tokens) };
    let first = match storage {
        Storage::Vault => First::Insert(commit.clone()),
        Storage::Memory => First::Never,
    };
    let writer = AccountWriter::new(parts, account, first, reports.of_chain());
    let ran = writer.run(parts, &there, start).await;
    let mut settled = settle(ran, expected.as_ref());
    let account = match &mut settled {
        Ok(Settled::Same(ran)) => Some(&mut ran.account),
        Ok(Settled::Other(..)) | Err(_) => None,
    };
    let storage = match settle_in(parts, id, account, storage, &commit).await {
        Ok(storage) => storage,
        Err(error) => {
            // It's reported as failed, so nothing of it may come back at the next start.
            clean(parts.vault.clone(), Some(id)).await;
            return Err(error);
        }
    };
    settled.map(|settled| match settled {
        Settled::Same(ran) => SignedUp::As(Box::new(ran), storage),
        Settled::Other(ran, error) => SignedUp::Other(Box::new(ran.account), error),
    })
}

/// Adds the account of a different person than the expected one, in its own place. Returns where it's stored.
pub(crate) async fn add<I, C>(parts: &Parts<I, C>, account: &mut Account, storage: Storage) -> Result<Storage, Error> {
    settle_in(parts, account.id, Some(account), storage, &Commit::default()).await
}

/// Puts an account in its place; `id` is the sign-in's own ID until then. Without an account, nothing with that ID stays.
async fn settle_in<I, C>(
    parts: &Parts<I, C>,
    id: AccountId,
    mut account: Option<&mut Account>,
    storage: Storage,
    commit: &Commit,
) -> Result<Storage, Error> {
    let known = match &account {
        Some(account) => known(parts, account, id, storage).await?,
        None => None,
    };
    let storage = if known.is_some() { Storage::Vault } else { storage };
    if let (Some(account), Some(known)) = (&mut account, known) {
        account.takes_place_of(&known);
    }
    if storage == Storage::Vault {
        place(parts, id, account.cloned(), commit).await?;
    }
    Ok(storage)
}

/// Returns the vault's account of the same person, other than the sign-in itself, which has the ID `id`.
async fn known<I, C>(
    parts: &Parts<I, C>,
    account: &Account,
    id: AccountId,
    storage: Storage,
) -> Result<Option<Account>, Error> {
    match parts.vault.read(Interaction::Forbidden).await {
        Ok(contents) => Ok(contents.same_person(account, id).and_then(|known| contents.account(known)).cloned()),
        // Nothing of it is to be kept there anyway.
        Err(_) if storage == Storage::Memory => Ok(None),
        Err(error) => Err(error.into()),
    }
}

/// Puts an account in its place in the vault; `id` is the sign-in's own ID until then.
async fn place<I, C>(
    parts: &Parts<I, C>,
    id: AccountId,
    account: Option<Account>,
    commit: &Commit,
) -> Result<(), Error> {
    // A renewal of the replaced account would overwrite the new tokens with the old ones.
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
                account.tokens.heed_refusals(&present.tokens);
                account.revision = account.revision.max(present.revision + 1);
            }
            contents.put(account);
        }
    };
    parts.vault.change(Interaction::Forbidden, put).await?;
    Ok(())
}

/// Whether a sign-in came from the expected person.
enum Settled {
    Same(Outcome),
    Other(Outcome, Error),
}

/// Fails if a sign-in may not stay because it was refused. One that met a passing error after Microsoft's consent stays,
/// because its refresh token is valid, but it doesn't replace another account while its person is unknown. An imported
/// refresh token that Microsoft hasn't answered yet may be anything.
fn settle(ran: Outcome, expected: Option<&Account>) -> Result<Settled, Error> {
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
        (Some(_), None, None) => {
            Err(Error::new(Step::Leg(Leg::XstsXbox), Cause::Auth(AuthCause::Unreadable(Unreadable::NoXuid))))
        }
        _ => {
            let mut ran = ran;
            ran.account.takes_place_of(expected);
            Ok(Settled::Same(ran))
        }
    }
}
