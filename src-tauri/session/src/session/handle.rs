//! The handle by which programs talk to the session's task.

use std::sync::Arc;

use secrecy::SecretString;
use spartan_auth::{
    azure_app::AzureApp, clock::Clock, error::Cause as AuthCause, import::ImportedCredentials, issuer::Issuer,
    redirect::Redirect, sign_in_method::SignInMethod,
};
use spartan_vault::account::AccountId;
use tokio::sync::{broadcast, mpsc, oneshot, watch};
use url::Url;
use uuid::Uuid;

use super::{
    publish::Publish,
    request::{
        InWindow, Link, PageEvent, Request, Secret,
        answers::{HandedOut, Imported, KnownApp},
        reply::Reply,
        sign_in_request::{NextStep, SignInPage, SignInRequest},
    },
    sign_in::end::SignInEnd,
    task::Task,
};
use crate::{
    error::{Cause, Error, Step},
    format::Format,
    parts::Parts,
    settings::token_file::TokenFile,
    status::{Snapshot, Status, Storage},
};

/// A handle to the task that owns the accounts; cheap to clone. The task ends when its last handle is dropped.
#[derive(Clone, Debug)]
pub struct Session {
    requests: mpsc::Sender<Request>,
    snapshot: watch::Receiver<Snapshot>,
    watched: watch::Sender<bool>,
    written: broadcast::Sender<TokenFile>,
    ends: broadcast::Sender<SignInEnd>,
}

impl Session {
    /// Starts the task on the current tokio runtime. It opens the vault at once, without asking anybody.
    #[must_use]
    pub fn start<I: Issuer, C: Clock>(parts: Parts<I, C>) -> Session {
        Session::begin(parts, None)
    }

    /// Starts a task in which only this account renews by itself.
    #[must_use]
    pub fn start_for<I: Issuer, C: Clock>(parts: Parts<I, C>, account: AccountId) -> Session {
        Session::begin(parts, Some(account))
    }

    fn begin<I: Issuer, C: Clock>(parts: Parts<I, C>, only: Option<AccountId>) -> Session {
        let (requests, received) = mpsc::channel(16);
        let (to_snapshot, snapshot) = watch::channel(Snapshot { shown: Status::Opening, accounts: Vec::new() });
        let watched = watch::Sender::new(true);
        let (written, ends) = (broadcast::Sender::new(64), broadcast::Sender::new(64));
        let (to_written, to_ends) = (written.clone(), ends.clone());
        let publish = Publish { snapshot: to_snapshot, written: to_written, ends: to_ends };
        tokio::spawn(Task::new(Arc::new(parts), publish, only, watched.subscribe()).run(received));
        Session { requests, snapshot, watched, written, ends }
    }

    /// Returns the status to show and the accounts, now and whenever one of them changes.
    #[must_use]
    pub fn snapshot(&self) -> watch::Receiver<Snapshot> {
        self.snapshot.clone()
    }

    /// Returns each token file whenever it's written from now on.
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

    /// Returns what to open, once it's certain that a sign-in can be kept and Microsoft can be reached.
    pub async fn sign_in(&self, request: impl Into<SignInRequest>) -> Result<NextStep, Error> {
        self.ask(|reply| Request::SignIn(request.into(), reply)).await
    }

    /// Continues the pending sign-in with another method. Fails once its chain runs.
    pub async fn another_way(&self, method: SignInMethod) -> Result<NextStep, Error> {
        self.ask(|reply| Request::AnotherWay(method, reply)).await
    }

    /// Imports pasted lines; if they include a refresh token, it signs in at once. `storage` is where the account is kept.
    pub async fn import(&self, brought: ImportedCredentials, storage: Storage) -> Result<Imported, Error> {
        self.ask(|reply| Request::Import(brought, storage, reply)).await
    }

    /// Reports that the page in a window went from one address to another. Reports about any page but the current one are
    /// ignored.
    pub async fn navigated(&self, page: SignInPage) {
        self.in_window(page, InWindow::Navigated).await;
    }

    /// Reports that the page in a window hasn't drawn anything for longer than usual, or can't be loaded.
    pub async fn not_loaded(&self, page: SignInPage) {
        self.in_window(page, InWindow::NotLoaded).await;
    }

    /// Reports what the page in a window returned when it redirected.
    pub async fn redirected(&self, page: SignInPage, said: Redirect) {
        self.in_window(page, InWindow::Redirected(said)).await;
    }

    /// Reports that the person closed the page's window, which cancels the sign-in.
    pub async fn closed(&self, page: SignInPage) {
        self.in_window(page, InWindow::Closed).await;
    }

    /// Takes a link that was opened by anybody. Returns whether it counts: only if a sign-in with its `state` is pending.
    pub async fn link_opened(&self, link: Url) -> bool {
        let (counts, answer) = oneshot::channel();
        self.tell(Request::AtPage(PageEvent::Link(Link(link), counts))).await;
        // It's dropped if no page is open.
        answer.await.unwrap_or(false)
    }

    /// Takes the address at which a browser ended. Fails if it's another address; the sign-in then continues.
    pub async fn paste(&self, text: SecretString) -> Result<(), Error> {
        self.ask(|reply| Request::Paste(text, reply)).await
    }

    /// Returns the address of Microsoft's page for the pending sign-in, to open in any browser.
    pub async fn link(&self) -> Result<Url, Error> {
        self.ask(Request::Link).await
    }

    /// Sets whether anybody can see a sign-in's progress, which is assumed at first. While nobody can, no new code for another
    /// device is requested, and the sign-in ends with the last one.
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

    /// Shows another account: from now on, requests that name none are about that one.
    pub async fn show(&self, id: AccountId) {
        self.tell(Request::Show(id)).await;
    }

    /// Gets a new Spartan token now, and whatever else is due, but at most once every few seconds. Fails if a service asked
    /// for a wait, with that wait.
    pub async fn renew(&self) -> Result<(), Error> {
        self.ask(Request::Renew).await
    }

    /// Returns the shown account's tokens in a format. Tokens that are about to expire are renewed first; if the format
    /// contains a clearance that's being renewed, it waits for that.
    pub async fn hand_out(&self, format: Format) -> Result<HandedOut, Error> {
        self.ask(|reply| Request::HandOut(format, reply)).await
    }

    /// Deletes the shown account from this computer. From then on, nothing of it is handed out.
    pub async fn sign_out(&self) -> Result<(), Error> {
        self.ask(Request::SignOut).await
    }

    /// Deletes every account from this computer.
    pub async fn sign_out_all(&self) -> Result<(), Error> {
        self.ask(Request::SignOutAll).await
    }

    /// Adds the account that came instead of the one that was to sign in again.
    pub async fn add_other(&self) -> Result<(), Error> {
        self.ask(Request::AddOther).await
    }

    /// Renames an account to the person's own name for it. An empty name removes that name.
    pub async fn rename(&self, id: AccountId, name: String) -> Result<(), Error> {
        self.ask(|reply| Request::Rename(id, name, reply)).await
    }

    /// Moves an account to a place in the order, counted from 0.
    pub async fn move_to(&self, id: AccountId, place: usize) -> Result<(), Error> {
        self.ask(|reply| Request::Move(id, place, reply)).await
    }

    /// Returns every known Azure app, and the accounts that use it.
    pub async fn apps(&self) -> Result<Vec<KnownApp>, Error> {
        self.ask(Request::Apps).await
    }

    /// Changes the app with that client ID. Accounts renew with the app that issued their tokens until Microsoft refuses it.
    pub async fn edit_app(&self, app: AzureApp, secret: Secret) -> Result<(), Error> {
        self.ask(|reply| Request::EditApp(Box::new(app), secret, reply)).await
    }

    /// Forgets an app that no account uses.
    pub async fn forget_app(&self, client_id: Uuid) -> Result<(), Error> {
        self.ask(|reply| Request::ForgetApp(client_id, reply)).await
    }

    /// Opens a vault again that didn't open; the keyring may ask the person.
    pub async fn unlock(&self) {
        self.tell(Request::Unlock).await;
    }

    /// Renames a vault that doesn't open, and starts a new one.
    pub async fn start_afresh(&self) -> Result<(), Error> {
        self.ask(Request::StartAfresh).await
    }

    /// Returns once every change that was requested before is saved. Fails if an account couldn't be signed out
    /// meanwhile, or something of it is left in a token file.
    pub async fn finish(&self) -> Result<(), Error> {
        self.ask(Request::Finish).await
    }

    async fn in_window(&self, page: SignInPage, event: InWindow) {
        self.tell(Request::AtPage(PageEvent::Window(Box::new(page), event))).await;
    }

    async fn tell(&self, request: Request) {
        // The task ends with its last handle, and this is one.
        let _ = self.requests.send(request).await;
    }

    async fn ask<T>(&self, request: impl FnOnce(Reply<T>) -> Request) -> Result<T, Error> {
        let (reply, answer) = oneshot::channel();
        self.tell(request(reply)).await;
        // A reply is dropped if the person cancelled the request.
        answer.await.unwrap_or_else(|_| Err(Error::new(Step::Page, Cause::Auth(AuthCause::Cancelled))))
    }
}
