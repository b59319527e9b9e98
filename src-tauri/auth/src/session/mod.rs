//! The session: one task owns every account. Requests go in, one status comes out.
//!
//! A program that stays signed in, here with a code on a phone at its first start:
//! ```
//! # use rustls::pki_types::{CertificateDer, pem::PemObject};
//! use std::sync::Arc;
//!
//! use spartan_auth::{
//!     azure_app::AzureApp,
//!     clock::SystemClock,
//!     endpoints::Endpoints,
//!     files::RealFiles,
//!     format::Format,
//!     http::{Http, Timeouts},
//!     keyring::Keyring,
//!     places::Paths,
//!     secrecy::ExposeSecret,
//!     services::Services,
//!     session::{Parts, Session, Through, SignInRequest},
//!     status::{SigningIn, Status},
//!     vault::Vault,
//!     way::SignInMethod,
//! };
//!
//! # #[tokio::main]
//! # async fn main() -> Result<(), Box<dyn std::error::Error>> {
//! let services = Services::new(Endpoints::services(), Http::new(Timeouts::default(), Vec::new()));
//! // A name of your own, or `app.spartantray` to share the sign-ins of Spartan Tray.
//! # let folder = tempfile::tempdir()?;
//! let places = Paths::of("com.example.my-stats", None)?;
//! # let places = Paths::of("com.example.my-stats", Some(folder.path().to_owned()))?;
//! let key = Keyring::of_system(places.identifier());
//! # let key = spartan_auth::key_file::KeyFile::at(folder.path().join("key"));
//! # key.make(&spartan_auth::key::Key::from_text(&"A".repeat(43)).map_err(spartan_auth::error::Error::from)?)?;
//! # let fakes = spartan_fakes::Fakes::start(spartan_fakes::Setup::default()).await;
//! # let authority = CertificateDer::from_pem_slice(fakes.ca_pem().as_bytes())?;
//! # let endpoints: Endpoints = serde_json::from_value(serde_json::to_value(fakes.addresses())?)?;
//! # let services = Services::new(endpoints, Http::new(Timeouts::default(), vec![authority]));
//! let vault = Vault::new(places.clone(), key, Arc::new(RealFiles));
//! let session = Session::start(Parts { issuer: services, clock: SystemClock::default(), vault, places });
//!
//! let mut status = session.status();
//! let known = status.wait_for(|status| *status != Status::Opening).await?.clone();
//! if let Status::SignedOut { .. } = known {
//!     let app = AzureApp::parse("12345678-1234-1234-1234-123456789abc", "http://localhost")?;
//!     # let app = AzureApp { client_id: spartan_fakes::PUBLIC_CLIENT_ID.parse()?, ..app };
//!     session.sign_in(SignInRequest { way: Some(SignInMethod::Phone), ..Through::App(app).into() }).await?;
//! }
//! // Everything to show, from the first code to a renewal next week, is in the status.
//! loop {
//!     match &*status.borrow_and_update() {
//!         Status::SigningIn { stage: SigningIn::Code { user_code, page, .. }, .. } => {
//!             println!("Open {page} on any device and enter {user_code}.");
//!             # fakes.approve(user_code, &spartan_fakes::Pick::Account("curtis@example.com".into()));
//!         }
//!         Status::SignedIn(person) => {
//!             println!("{:?} is signed in.", person.gamertag);
//!             break;
//!         }
//!         Status::SignedOut { why } => println!("Nobody is signed in: {why:?}"),
//!         Status::Shut { problem } => return Err(problem.clone().into()),
//!         Status::Opening | Status::Unlocking | Status::SigningIn { .. } => {}
//!     }
//!     status.changed().await?;
//! }
//!
//! // Whenever it is needed: renewed first where little is left of it.
//! let token = session.hand_out(Format::Token).await?;
//! println!("{} letters, good until {:?}", token.text.expose_secret().len(), token.expires_at);
//! # assert!(token.text.expose_secret().starts_with("v4="));
//! # Ok(())
//! # }
//! ```

mod adopt;
mod apps;
mod arriving;
mod end;
mod handing_out;
mod jobs;
mod kept;
mod network;
mod opening;
mod pace;
mod people;
mod phone;
mod renewing;
mod request;
mod sign_in;
mod sign_in_request;
mod signing;
mod state;
mod task;
mod ways;
mod work;

use std::{fmt, sync::Arc};

use jiff::Timestamp;
use secrecy::SecretString;
use tokio::sync::{broadcast, mpsc, oneshot, watch};
use url::Url;
use uuid::Uuid;

use self::request::{AtPage, InWindow, Link, Reply, Request};
pub use self::{
    apps::KnownApp,
    end::SignInEnd,
    request::Secret,
    sign_in_request::{NextStep, SignInPage, SignInRequest, Through, Wanted},
};
use crate::{
    account::AccountId,
    azure_app::AzureApp,
    clock::Clock,
    error::{Cause, Error, Step},
    format::Format,
    import::ImportedCredentials,
    issuer::Issuer,
    paths::Paths,
    redirect::Redirect,
    sign_in_method::SignInMethod,
    status::{AccountLine, Status, Storage},
    token_file::TokenFile,
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
    pub places: Paths,
}

/// Without those who issue and tell the time.
impl<I, C> fmt::Debug for Parts<I, C> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Parts").field("vault", &self.vault).field("places", &self.places).finish_non_exhaustive()
    }
}

/// A handle to the task that owns the accounts; cheap to clone. The task ends with its last handle.
#[derive(Clone, Debug)]
pub struct Session {
    requests: mpsc::Sender<Request>,
    status: watch::Receiver<Status>,
    accounts: watch::Receiver<Vec<AccountLine>>,
    watched: watch::Sender<bool>,
    written: broadcast::Sender<TokenFile>,
    ends: broadcast::Sender<SignInEnd>,
}

/// Tokens in a format, for the clipboard.
#[derive(Clone, Debug)]
pub struct HandedOut {
    /// Whose it is.
    pub account: AccountId,
    /// Where that account is kept.
    pub kept: Storage,
    /// What the format writes.
    pub text: SecretString,
    /// When that stops working, by the services' clock; `None` for what does not.
    pub expires_at: Option<Timestamp>,
}

/// What became of pasted lines.
#[derive(Clone, Debug)]
pub enum Imported {
    /// A refresh token was among them: the chain runs.
    SigningIn,
    /// Only an app was: now [`Through::Known`] means it.
    App(AzureApp),
}

impl Session {
    /// Starts the task on the present tokio runtime; it opens the vault at once, without asking anybody.
    #[must_use]
    pub fn start<I: Issuer, C: Clock>(parts: Parts<I, C>) -> Session {
        Session::begin(parts, None)
    }

    /// The same, but only this account renews by itself.
    #[must_use]
    pub fn start_for<I: Issuer, C: Clock>(parts: Parts<I, C>, account: AccountId) -> Session {
        Session::begin(parts, Some(account))
    }

    fn begin<I: Issuer, C: Clock>(parts: Parts<I, C>, only: Option<AccountId>) -> Session {
        let (requests, received) = mpsc::channel(16);
        let (to_status, status) = watch::channel(Status::Opening);
        let (to_accounts, accounts) = watch::channel(Vec::new());
        let watched = watch::Sender::new(true);
        let (written, ends) = (broadcast::Sender::new(64), broadcast::Sender::new(64));
        let (to_written, to_ends) = (written.clone(), ends.clone());
        let publish = task::Publish { status: to_status, accounts: to_accounts, written: to_written, ends: to_ends };
        tokio::spawn(task::Task::new(Arc::new(parts), publish, only, watched.subscribe()).run(received));
        Session { requests, status, accounts, watched, written, ends }
    }

    /// The last published status, and those to come.
    #[must_use]
    pub fn status(&self) -> watch::Receiver<Status> {
        self.status.clone()
    }

    /// Every account, in the person's order, now and whenever one changes; the first is the default.
    #[must_use]
    pub fn accounts(&self) -> watch::Receiver<Vec<AccountLine>> {
        self.accounts.clone()
    }

    /// Every kept file that is written from now on, each time.
    #[must_use]
    pub fn written(&self) -> broadcast::Receiver<TokenFile> {
        self.written.subscribe()
    }

    /// Returns how each sign-in ends from now on. If you call this before the sign-in begins, you can't miss its end,
    /// however short it is; statuses in quick succession may be merged.
    #[must_use]
    pub fn sign_in_ends(&self) -> broadcast::Receiver<SignInEnd> {
        self.ends.subscribe()
    }

    /// Makes sure that a sign-in can be kept and Microsoft can be reached, then gives what to open.
    pub async fn sign_in(&self, wish: impl Into<SignInRequest>) -> Result<NextStep, Error> {
        self.ask(|reply| Request::SignIn(wish.into(), reply)).await
    }

    /// Lets the sign-in that is under way go on another way; not once its chain runs.
    pub async fn another_way(&self, way: SignInMethod) -> Result<NextStep, Error> {
        self.ask(|reply| Request::AnotherWay(way, reply)).await
    }

    /// Takes pasted lines in; with a refresh token among them it signs in at once. `kept` says where what they lead to goes.
    pub async fn import(&self, brought: ImportedCredentials, kept: Storage) -> Result<Imported, Error> {
        self.ask(|reply| Request::Import(brought, kept, reply)).await
    }

    /// Tells that the page in a window went from one address to another. What is told of a page that is not the present
    /// one changes nothing.
    pub async fn navigated(&self, page: SignInPage) {
        self.in_window(page, InWindow::Navigated).await;
    }

    /// Tells that the page in a window has not drawn anything for longer than usual, or cannot be loaded.
    pub async fn not_loaded(&self, page: SignInPage) {
        self.in_window(page, InWindow::NotLoaded).await;
    }

    /// Tells what the page in a window said at its end.
    pub async fn redirected(&self, page: SignInPage, said: Redirect) {
        self.in_window(page, InWindow::Redirected(said)).await;
    }

    /// Tells that the person closed the page's window, which cancels the sign-in.
    pub async fn closed(&self, page: SignInPage) {
        self.in_window(page, InWindow::Closed).await;
    }

    /// Takes a link that was opened, by whomever: it counts only where a sign-in with its `state` is pending. Gives whether
    /// it does.
    pub async fn link_opened(&self, link: Url) -> bool {
        let (counts, answer) = oneshot::channel();
        self.tell(Request::AtPage(AtPage::Link(Link(link), counts))).await;
        // Dropped where no page is open.
        answer.await.unwrap_or(false)
    }

    /// Takes the address at which a browser ended; with one that is not it, the sign-in goes on.
    pub async fn paste(&self, text: SecretString) -> Result<(), Error> {
        self.ask(|reply| Request::Paste(text, reply)).await
    }

    /// The address of Microsoft's page for the sign-in under way, to open in a browser of one's choice.
    pub async fn link(&self) -> Result<Url, Error> {
        self.ask(Request::Link).await
    }

    /// Tells whether anybody can see how a sign-in goes, as at first: while nobody can, no new code for another device is
    /// asked for, and the sign-in ends with the last one.
    pub fn watched(&self, watched: bool) {
        self.watched.send_replace(watched);
    }

    /// Cancels the pending sign-in, and returns once it has ended. Nothing is kept, unless it ended first.
    pub async fn cancel(&self) {
        let (mut ends, (reply, is_under_way)) = (self.sign_in_ends(), oneshot::channel());
        self.tell(Request::Cancel(reply)).await;
        if is_under_way.await == Ok(true) {
            // All that counts here is that it has ended, not how.
            let _ = ends.recv().await;
        }
    }

    /// Shows another account: requests that name none are about that one from now on.
    pub async fn show(&self, id: AccountId) {
        self.tell(Request::Show(id)).await;
    }

    /// Gets a new Spartan token now, and whatever else is due, but at most once every few seconds. Fails if a service asked
    /// for a wait, with that wait.
    pub async fn renew(&self) -> Result<(), Error> {
        self.ask(Request::Renew).await
    }

    /// The shown account's tokens in a format; what is about to expire is renewed first, and a clearance that is on its way
    /// is waited for where the format holds one.
    pub async fn hand_out(&self, format: Format) -> Result<HandedOut, Error> {
        self.ask(|reply| Request::HandOut(format, reply)).await
    }

    /// Deletes the account that is shown from this computer.
    pub async fn sign_out(&self) -> Result<(), Error> {
        self.ask(Request::SignOut).await
    }

    /// Deletes every account from this computer.
    pub async fn sign_out_all(&self) -> Result<(), Error> {
        self.ask(Request::SignOutAll).await
    }

    /// Keeps the account that came in the place of the one that was to sign in again, beside it.
    pub async fn add_other(&self) -> Result<(), Error> {
        self.ask(Request::AddOther).await
    }

    /// Names an account as the person wants; an empty name removes theirs.
    pub async fn rename(&self, id: AccountId, name: String) -> Result<(), Error> {
        self.ask(|reply| Request::Rename(id, name, reply)).await
    }

    /// Moves an account to a place in the order, from 0 on.
    pub async fn move_to(&self, id: AccountId, place: usize) -> Result<(), Error> {
        self.ask(|reply| Request::Move(id, place, reply)).await
    }

    /// Every Azure app that is known, and whose accounts use it.
    pub async fn apps(&self) -> Result<Vec<KnownApp>, Error> {
        self.ask(Request::Apps).await
    }

    /// Changes an app that is known by its client id. Accounts renew with what issued their tokens until Microsoft refuses.
    pub async fn edit_app(&self, app: AzureApp, secret: Secret) -> Result<(), Error> {
        self.ask(|reply| Request::EditApp(Box::new(app), secret, reply)).await
    }

    /// Forgets an app that no account uses.
    pub async fn forget_app(&self, client_id: Uuid) -> Result<(), Error> {
        self.ask(|reply| Request::ForgetApp(client_id, reply)).await
    }

    /// Opens a vault again that did not open; a keyring may ask its own question then.
    pub async fn unlock(&self) {
        self.tell(Request::Unlock).await;
    }

    /// Puts a vault that does not open aside and begins a new one.
    pub async fn start_afresh(&self) -> Result<(), Error> {
        self.ask(Request::StartAfresh).await
    }

    async fn in_window(&self, page: SignInPage, seen: InWindow) {
        self.tell(Request::AtPage(AtPage::Window(Box::new(page), seen))).await;
    }

    async fn tell(&self, request: Request) {
        // The task ends only with its last handle, and this is one.
        let _ = self.requests.send(request).await;
    }

    async fn ask<T>(&self, request: impl FnOnce(Reply<T>) -> Request) -> Result<T, Error> {
        let (reply, answer) = oneshot::channel();
        self.tell(request(reply)).await;
        // A reply is dropped where the person cancelled what was asked for.
        answer.await.unwrap_or_else(|_| Err(Error::new(Step::Page, Cause::Cancelled)))
    }
}
