//! The commands that the page can call. Each is a line or two, and the session does the work.

#![expect(clippy::needless_pass_by_value, reason = "Tauri hands commands their arguments by value")]

pub(crate) mod accounts;
pub(crate) mod apps;
pub(crate) mod diagnostics;
pub(crate) mod settings;
pub(crate) mod signing;
pub(crate) mod subscribe;
pub(crate) mod tokens;

use secrecy::SecretString;
use serde::Deserialize;
use spartan_auth::link;
use spartan_messages::Problem;
use tauri::{AppHandle, State, WebviewWindow};
use tauri_plugin_opener::OpenerExt;
use url::Url;

use crate::{about, refusals::Refusal, shell::Shell, streaming::ForPage};

pub(crate) type Answer<T> = Result<T, ForPage<Problem>>;

/// Microsoft's pages that the program's page links to, by name.
const PAGES: [(&str, &str); 3] = [
    ("portal", "https://entra.microsoft.com/#view/Microsoft_AAD_RegisteredApps/ApplicationsListBlade"),
    ("consent", "https://account.live.com/consent/Manage"),
    ("directory", "https://azure.microsoft.com/free"),
];

/// The details of a problem.
#[derive(Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(deny_unknown_fields)]
pub(crate) struct CopyDetails {
    details: String,
}

/// The page to open.
#[derive(Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(deny_unknown_fields)]
pub(crate) struct OpenLink {
    /// `portal`, `directory`, `consent`, `releases`, or an address that a problem offers.
    link: String,
}

#[tauri::command]
pub(crate) async fn copy_details(shell: State<'_, Shell>, args: CopyDetails) -> Answer<()> {
    shell.answer(copy(&shell, args.details).await)
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
    shell.answer(shell.session.start_afresh().await)
}

#[tauri::command]
pub(crate) async fn open_link(app: AppHandle, shell: State<'_, Shell>, args: OpenLink) -> Answer<()> {
    let OpenLink { link } = args;
    let known = PAGES.iter().find(|(name, _)| *name == link).map(|(_, address)| (*address).to_owned());
    let ours = || (link == "releases").then(about::releases).flatten();
    let Some(address) = known.or_else(ours).or_else(|| may_open(&link)) else { return Ok(()) };
    let opened = app.opener().open_url(address, None::<&str>);
    shell.answer(opened.map_err(|error| Refusal::NoBrowser.with(&error)))
}

/// Closes the window after the person has read what that means.
#[tauri::command]
pub(crate) async fn close(window: WebviewWindow, shell: State<'_, Shell>) -> Answer<()> {
    shell.answer(window.close().map_err(|error| Refusal::NotClosed.with(&error)))
}

#[tauri::command]
pub(crate) async fn quit(app: AppHandle) -> Answer<()> {
    app.exit(0);
    Ok(())
}

/// Returns a link from a service if it leads to one of Microsoft's or Xbox's own pages.
fn may_open(link: &str) -> Option<String> {
    Url::parse(link).ok().filter(link::may_open).map(String::from)
}

/// Copies something that isn't a token.
async fn copy(shell: &Shell, text: impl Into<SecretString>) -> Result<(), Problem> {
    shell.clipboard.copy_plain(text).await.map(drop).map_err(|error| no_clipboard(&error))
}

fn no_clipboard(error: &arboard::Error) -> Problem {
    Refusal::NoClipboard.with(error)
}
