//! The commands that the page can call. Each is a line or two, and the session does the work.

#![expect(clippy::needless_pass_by_value, reason = "Tauri hands commands their arguments by value")]

pub(crate) mod accounts;
pub(crate) mod apps;
pub(crate) mod diagnostics;
pub(crate) mod settings;
pub(crate) mod signing;
pub(crate) mod tokens;

use std::{convert::identity, sync::PoisonError};

use serde::Serialize;
use spartan_auth::link;
use spartan_messages::{Problem, told, told_end, told_lines};
use spartan_session::{
    session::SignInEnd,
    settings::Settings,
    status::{AccountLine, Status},
};
use tauri::{AppHandle, State, WebviewWindow, async_runtime, ipc::Channel};
use tauri_plugin_opener::OpenerExt;
use tokio::sync::{
    broadcast::{self, error::RecvError},
    watch,
};
use url::Url;

use crate::{
    about,
    page_request::PageRequest,
    refusals::Refusal,
    shell::{Shell, removal_state::Removal},
};

pub(crate) type Answer<T> = Result<T, Problem>;

/// Microsoft's pages that the program's page links to, by name.
const PAGES: [(&str, &str); 3] = [
    ("portal", "https://entra.microsoft.com/#view/Microsoft_AAD_RegisteredApps/ApplicationsListBlade"),
    ("consent", "https://account.live.com/consent/Manage"),
    ("directory", "https://azure.microsoft.com/free"),
];

/// Sends the current status, accounts, settings and removal, then each new one; how each sign-in ends; and what clicks
/// outside the page ask it to show.
#[tauri::command]
pub(crate) fn subscribe(
    shell: State<'_, Shell>,
    channel: Channel<Status<Problem>>,
    requests: Channel<PageRequest>,
    accounts: Channel<Vec<AccountLine<Problem>>>,
    settings: Channel<Settings>,
    removal: Channel<Removal>,
    ends: Channel<SignInEnd<Problem>>,
) {
    let (statuses, lines) = (shell.session.status(), shell.session.accounts());
    let (live, left, ended) = (shell.settings.follow(), shell.removal.subscribe(), shell.session.sign_in_ends());
    let subscription = async_runtime::spawn(async move {
        tokio::join!(
            pass_on(statuses, channel, told),
            pass_on(lines, accounts, told_lines),
            pass_on(live, settings, identity),
            pass_on(left, removal, identity),
            pass_ends_on(ended, ends),
        );
    });
    let before = shell.subscription.lock().unwrap_or_else(PoisonError::into_inner).replace(subscription);
    // A page that was reloaded has a new channel.
    before.inspect(async_runtime::JoinHandle::abort);
    shell.page_requests.listen(requests);
}

async fn pass_on<T: Clone, U: Serialize>(mut from: watch::Receiver<T>, to: Channel<U>, told: impl Fn(T) -> U) {
    loop {
        let now = told(from.borrow_and_update().clone());
        if to.send(now).is_err() || from.changed().await.is_err() {
            return;
        }
    }
}

async fn pass_ends_on(mut from: broadcast::Receiver<SignInEnd>, to: Channel<SignInEnd<Problem>>) {
    loop {
        let is_heard = match from.recv().await {
            Ok(end) => to.send(told_end(end)).is_ok(),
            Err(RecvError::Lagged(_)) => true,
            Err(RecvError::Closed) => false,
        };
        if !is_heard {
            return;
        }
    }
}

#[tauri::command]
pub(crate) async fn copy_details(shell: State<'_, Shell>, details: String) -> Answer<()> {
    shell.clipboard.copy_plain(details).await.map(drop).map_err(|error| no_clipboard(&error))
}

#[tauri::command]
pub(crate) async fn retry(shell: State<'_, Shell>) -> Answer<()> {
    shell.session.unlock().await;
    Ok(())
}

#[tauri::command]
pub(crate) async fn unlock(shell: State<'_, Shell>) -> Answer<()> {
    shell.session.unlock().await;
    Ok(())
}

#[tauri::command]
pub(crate) async fn start_afresh(shell: State<'_, Shell>) -> Answer<()> {
    Ok(shell.session.start_afresh().await?)
}

#[tauri::command]
pub(crate) async fn open_link(app: AppHandle, link: String) -> Answer<()> {
    let known = PAGES.iter().find(|(name, _)| *name == link).map(|(_, address)| (*address).to_owned());
    let ours = || (link == "releases").then(about::releases).flatten();
    let Some(address) = known.or_else(ours).or_else(|| may_open(&link)) else { return Ok(()) };
    let opened = app.opener().open_url(address, None::<&str>);
    opened.map_err(|error| Refusal::NoBrowser.with(&error))
}

/// Closes the window after the person has read what that means.
#[tauri::command]
pub(crate) fn close(window: WebviewWindow) -> Answer<()> {
    window.close().map_err(|error| Refusal::NotClosed.with(&error))
}

#[tauri::command]
pub(crate) fn quit(app: AppHandle) {
    app.exit(0);
}

/// Returns a link from a service if it leads to one of Microsoft's or Xbox's own pages.
fn may_open(link: &str) -> Option<String> {
    Url::parse(link).ok().filter(link::may_open).map(String::from)
}

fn no_clipboard(error: &arboard::Error) -> Problem {
    Refusal::NoClipboard.with(error)
}
