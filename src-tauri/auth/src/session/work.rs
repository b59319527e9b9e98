//! What the session does beside its loop: open, prepare, sign in, renew, sign out. Each reports by messages.

use std::sync::{
    Arc,
    atomic::{AtomicBool, Ordering},
};

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
    device::DeviceCode,
    error::{Cause, Error, Step},
    issuer::Issuer,
    keyring::Asked,
    leg::Leg,
    loopback::{Arrival, Loopback},
    status::Kept,
    token::{OauthToken, Tokens},
    vault::Vault,
    way::Way,
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

/// What a sign-in comes to, where it comes to something.
#[derive(Debug)]
pub(super) enum SignedUp {
    /// An account, kept there.
    As(Box<Ran>, Kept),
    /// Somebody else than the person who was to sign in again.
    Other(Box<Account>, Error),
}

/// What is ready for a person.
#[derive(Debug)]
pub(super) struct Ready {
    /// Where their browser comes back, where it does.
    pub(super) port: Option<Loopback>,
}

/// Set when the person cancelled: what is under way may then keep nothing any more.
pub(super) type Cancelled = Arc<AtomicBool>;

/// Who signs in, and as whom.
pub(super) struct SigningIn {
    /// The account's id until it is known to be one that was there.
    pub(super) id: AccountId,
    pub(super) app: AzureApp,
    /// The app as it was at Microsoft's page, with a port perhaps.
    pub(super) there: AzureApp,
    pub(super) way: Way,
    pub(super) start: Start,
    /// What was brought along.
    pub(super) tokens: Tokens,
    /// The account that is to sign in again.
    pub(super) expected: Option<Account>,
    pub(super) kept: Kept,
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

/// Before a person goes to Microsoft's page: can what comes back be kept, is the page there, and does the way lead back?
pub(super) async fn prepare<I: Issuer, C: Clock>(
    parts: &Arc<Parts<I, C>>,
    way: Way,
    app: &AzureApp,
    kept: Kept,
) -> Result<Ready, Error> {
    keep_open_beyond(parts, app.platform);
    parts.issuer.open_ahead(app.platform, Leg::Microsoft).await?;
    let port = match way {
        Way::Browser if app.redirect_uri.url().scheme() == "http" => Some(port(app.redirect_uri.url().port()).await?),
        Way::Window | Way::Browser | Way::Phone | Way::Paste | Way::Import => None,
    };
    if kept == Kept::Sealed {
        // Last, because it may leave an empty vault and its key behind.
        parts.vault.prepare(Asked::ByPerson).await?;
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
    let SigningIn { id, app, there, way, start, tokens, expected, kept, cancelled } = signing_in;
    let account = Account { way, ..Account::new(id, app, tokens) };
    let first = match kept {
        Kept::Sealed => First::Insert(cancelled.clone()),
        Kept::Memory => First::Never,
    };
    let keep = Keep::new(parts, account, first, reports);
    let ran = keep.run(parts, &there, start).await;
    let mut settled = settle(ran, expected.as_ref());
    let known = match &settled {
        Ok(Settled::Same(ran)) => known(parts, &ran.account, id, kept).await?,
        Ok(Settled::Other(..)) | Err(_) => None,
    };
    let kept = if known.is_some() { Kept::Sealed } else { kept };
    if let (Ok(Settled::Same(ran)), Some(known)) = (&mut settled, known) {
        ran.account.takes_place_of(&known);
    }
    if kept == Kept::Sealed {
        place(parts, id, settled.as_ref().ok().and_then(Settled::account), &cancelled).await?;
    }
    settled.map(|settled| match settled {
        Settled::Same(ran) => SignedUp::As(Box::new(ran), kept),
        Settled::Other(ran, error) => SignedUp::Other(Box::new(ran.account), error),
    })
}

/// The account in the vault that is of the same person, beside the one of id `id`, which is the sign-in itself.
async fn known<I, C>(
    parts: &Parts<I, C>,
    account: &Account,
    id: AccountId,
    kept: Kept,
) -> Result<Option<Account>, Error> {
    match parts.vault.read(Asked::Unasked).await {
        Ok(contents) => Ok(contents.same_person(account, id).and_then(|known| contents.account(known)).cloned()),
        // Nothing of it is to be kept there.
        Err(_) if kept == Kept::Memory => Ok(None),
        Err(error) => Err(error),
    }
}

/// Puts an account in its place in the vault, where the sign-in had the id `id` meanwhile.
async fn place<I, C>(
    parts: &Parts<I, C>,
    id: AccountId,
    account: Option<Account>,
    cancelled: &Cancelled,
) -> Result<(), Error> {
    // A renewal of the account whose place it takes would write the old tokens over the new ones.
    let _lock = match account.as_ref().filter(|account| account.id != id) {
        Some(account) => Some(parts.vault.lock_renewal(account.id).await?),
        None => None,
    };
    let cancelled = cancelled.clone();
    let put = move |contents: &mut Contents| {
        // A cancel may have emptied the vault already: then nothing comes back.
        let account = account.filter(|_| !cancelled.load(Ordering::SeqCst));
        if account.as_ref().is_none_or(|account| account.id != id) {
            contents.remove(id);
        }
        if let Some(account) = account {
            contents.put(account);
        }
    };
    parts.vault.change(Asked::Unasked, put).await.map(|_| ())
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

/// What the outcome of a sign-in is to the account that was to sign in again.
enum Settled {
    Same(Ran),
    Other(Ran, Error),
}

impl Settled {
    fn account(&self) -> Option<Account> {
        match self {
            Settled::Same(ran) => Some(ran.account.clone()),
            Settled::Other(..) => None,
        }
    }
}

/// Whether the outcome of a sign-in may stay: refused ones may not. One that met a passing trouble behind Microsoft's page
/// stays, because its refresh token is good; only not in the place of another, whose person is unknown.
fn settle(ran: Ran, expected: Option<&Account>) -> Result<Settled, Error> {
    if let Some(error) = ran.error.clone().filter(|error| !error.passes() || ran.account.tokens.refresh.is_none()) {
        return Err(error);
    }
    let Some(expected) = expected else { return Ok(Settled::Same(ran)) };
    match (&expected.person, &ran.account.person, &ran.error) {
        (Some(before), Some(came), _) if before.xuid != came.xuid => {
            let (expected, came) = (before.gamertag.clone(), came.gamertag.clone());
            Ok(Settled::Other(ran, Error::new(Step::Page, Cause::OtherAccount { expected, came })))
        }
        (Some(_), None, Some(error)) => Err(error.clone()),
        _ => {
            let mut ran = ran;
            ran.account.takes_place_of(expected);
            Ok(Settled::Same(ran))
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
