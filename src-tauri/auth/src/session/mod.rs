//! The session: one task owns every account. Requests go in, one status comes out.

mod jobs;
mod keep;
mod network;
mod opening;
mod others;
mod renewing;
mod signing;
mod state;
mod task;
mod work;

use std::{fmt, sync::Arc};

use jiff::Timestamp;
use secrecy::SecretString;
use tokio::sync::{mpsc, oneshot, watch};
use url::Url;

use crate::{
    account::AccountId,
    azure_app::{AzureApp, RedirectUri},
    clock::Clock,
    error::{Cause, Error, Step},
    issuer::Issuer,
    lines::Brought,
    places::Places,
    redirect::{self, Redirect},
    status::{AccountLine, Status},
    trouble::Trouble,
    vault::Vault,
};

/// What a session is made of.
pub struct Parts<I, C> {
    /// Who issues tokens.
    pub issuer: I,
    /// The time.
    pub clock: C,
    /// Where the sign-in is kept.
    pub vault: Vault,
    /// Where the settings are.
    pub places: Places,
}

/// A handle to the task that owns the accounts; cheap to clone. The task ends with its last handle.
#[derive(Clone, Debug)]
pub struct Session {
    requests: mpsc::Sender<Request>,
    status: watch::Receiver<Status>,
    accounts: watch::Receiver<Vec<AccountLine>>,
}

/// Which Azure app to sign in through.
#[derive(Clone, Debug)]
pub enum Through {
    /// The app of the account that is signed in, or of the last sign-in or import.
    Known,
    /// This one.
    App(AzureApp),
}

/// Microsoft's page for one sign-in, and how to recognise its end.
#[derive(Clone)]
pub struct SignInPage {
    /// The address to open.
    pub url: Url,
    redirect_uri: RedirectUri,
    state: SecretString,
}

/// A Spartan token for the clipboard.
#[derive(Clone, Debug)]
pub struct HandedOut {
    /// The token.
    pub token: SecretString,
    /// When it stops working, by the services' clock.
    pub expires_at: Timestamp,
}

/// What became of pasted lines.
#[derive(Clone, Debug)]
pub enum Imported {
    /// A refresh token was among them: the chain runs.
    SigningIn,
    /// Only an app was: now [`Through::Known`] means it.
    App(AzureApp),
}

/// Without its address: that one carries `state`.
impl fmt::Debug for SignInPage {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SignInPage").field("redirect_uri", &self.redirect_uri).finish_non_exhaustive()
    }
}

impl SignInPage {
    /// What an address to which the page wants to go says to this sign-in.
    #[must_use]
    pub fn read(&self, address: &Url) -> Redirect {
        redirect::read(address, &self.redirect_uri, &self.state)
    }
}

impl Session {
    /// Starts the task on the present tokio runtime; it opens the vault at once, without asking anybody.
    #[must_use]
    pub fn start<I: Issuer, C: Clock>(parts: Parts<I, C>) -> Session {
        let (requests, received) = mpsc::channel(16);
        let (to_status, status) = watch::channel(Status::Opening);
        let (to_accounts, accounts) = watch::channel(Vec::new());
        let publish = task::Publish { status: to_status, accounts: to_accounts };
        tokio::spawn(task::Task::new(Arc::new(parts), publish).run(received));
        Session { requests, status, accounts }
    }

    /// The last published status, and those to come.
    #[must_use]
    pub fn status(&self) -> watch::Receiver<Status> {
        self.status.clone()
    }

    /// Every account, in the person's order, now and whenever one changes.
    #[must_use]
    pub fn accounts(&self) -> watch::Receiver<Vec<AccountLine>> {
        self.accounts.clone()
    }

    /// Shows another account: requests that name none are about that one from now on.
    pub async fn show(&self, id: AccountId) {
        self.tell(Request::Show(id)).await;
    }

    /// Like [`Session::sign_in`], for one more account.
    pub async fn add(&self, through: Through) -> Result<SignInPage, Trouble> {
        self.ask(|reply| Request::SignIn { through, who: Wanted::Another, reply }).await
    }

    /// Makes sure that a sign-in can be kept and Microsoft can be reached, then gives the page to open. Where an account is
    /// shown, its person is to sign in again, and nobody else.
    pub async fn sign_in(&self, through: Through) -> Result<SignInPage, Trouble> {
        self.ask(|reply| Request::SignIn { through, who: Wanted::Shown, reply }).await
    }

    /// Tells that the page went from one address to another.
    pub async fn navigated(&self) {
        self.tell(Request::Navigated).await;
    }

    /// Tells what the page said at its end.
    pub async fn redirected(&self, said: Redirect) {
        self.tell(Request::Redirected(said)).await;
    }

    /// Takes pasted lines in; with a refresh token among them it signs in at once.
    pub async fn import(&self, brought: Brought) -> Result<Imported, Trouble> {
        self.ask(|reply| Request::Import { brought, reply }).await
    }

    /// Ends a sign-in that is under way; nothing of it is kept.
    pub async fn cancel(&self) {
        self.tell(Request::Cancel).await;
    }

    /// Makes a new Spartan token now, and whatever else is due.
    pub async fn renew(&self) {
        self.tell(Request::Renew).await;
    }

    /// The Spartan token; one that is about to expire is renewed first.
    pub async fn hand_out(&self) -> Result<HandedOut, Trouble> {
        self.ask(Request::HandOut).await
    }

    /// Deletes the account from this computer.
    pub async fn sign_out(&self) -> Result<(), Trouble> {
        self.ask(Request::SignOut).await
    }

    /// Opens a vault again that did not open; a keyring may ask its own question then.
    pub async fn unlock(&self) {
        self.tell(Request::Unlock).await;
    }

    /// Puts a vault that does not open aside and begins a new one.
    pub async fn start_afresh(&self) -> Result<(), Trouble> {
        self.ask(Request::StartAfresh).await
    }

    async fn tell(&self, request: Request) {
        // The task ends only with its last handle, and this is one.
        let _ = self.requests.send(request).await;
    }

    async fn ask<T>(&self, request: impl FnOnce(Reply<T>) -> Request) -> Result<T, Trouble> {
        let (reply, answer) = oneshot::channel();
        self.tell(request(reply)).await;
        // A reply is dropped where the person cancelled what was asked for.
        answer.await.unwrap_or_else(|_| Err(Trouble::from(&Error::new(Step::Page, Cause::Cancelled))))
    }
}

impl Request {
    /// Whether somebody went on to something else.
    const fn is_a_persons(&self) -> bool {
        match self {
            Request::SignIn { .. } | Request::Import { .. } | Request::Show(_) | Request::Renew => true,
            Request::HandOut(_) | Request::SignOut(_) | Request::Unlock | Request::StartAfresh(_) => true,
            Request::Navigated | Request::Redirected(_) | Request::Cancel => false,
        }
    }
}

type Reply<T> = oneshot::Sender<Result<T, Trouble>>;

/// Whom a sign-in is for.
#[derive(Clone, Copy, Debug)]
enum Wanted {
    /// The account that is shown, where one is.
    Shown,
    /// One more.
    Another,
}

#[derive(Debug)]
enum Request {
    SignIn { through: Through, who: Wanted, reply: Reply<SignInPage> },
    Navigated,
    Redirected(Redirect),
    Import { brought: Brought, reply: Reply<Imported> },
    Cancel,
    Show(AccountId),
    Renew,
    HandOut(Reply<HandedOut>),
    SignOut(Reply<()>),
    Unlock,
    StartAfresh(Reply<()>),
}
