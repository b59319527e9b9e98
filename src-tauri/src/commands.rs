//! What the page may ask for. Each is one line of the session's.

#![expect(clippy::needless_pass_by_value, reason = "Tauri hands commands their arguments by value")]

use std::sync::PoisonError;

use jiff::Timestamp;
use secrecy::{ExposeSecret, SecretString};
use serde::{Deserialize, Serialize};
use spartan_auth::{
    azure_app::{AzureApp, Platform},
    lines,
    session::{Imported, Through},
    status::Status,
    trouble::{self, Trouble},
};
use tauri::{AppHandle, State, WebviewWindow, async_runtime, ipc::Channel};
use tauri_plugin_opener::OpenerExt;
use url::Url;

use crate::{
    clipboard::{CLEARS_AFTER, Copied, Ended},
    main_window::Errand,
    sign_in_window,
    start::Shell,
};

type Answer<T> = Result<T, Trouble>;

/// Where a person registers an app of their own.
const PORTAL: &str = "https://entra.microsoft.com/#view/Microsoft_AAD_RegisteredApps/ApplicationsListBlade";

/// Which app the page wants to sign in through.
#[derive(Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub(crate) enum Wanted {
    Default,
    Known,
    Own { client_id: String, redirect_uri: String, client_secret: Option<SecretString>, platform: Platform },
}

/// What the page hears of pasted lines.
#[derive(Serialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub(crate) enum Found {
    SigningIn,
    App { client_id: String, redirect_uri: String, has_secret: bool },
}

/// What the page says after a copy; times in milliseconds since 1970 UTC.
#[derive(Serialize)]
pub(crate) struct CopiedToken {
    expires_at: i64,
    clears_at: Option<i64>,
}

/// The present status at once, then each new one; and what clicks elsewhere ask of the page.
#[tauri::command]
pub(crate) fn subscribe(shell: State<'_, Shell>, channel: Channel<Status>, errands: Channel<Errand>) {
    let mut status = shell.session.status();
    let subscription = async_runtime::spawn(async move {
        while channel.send(status.borrow_and_update().clone()).is_ok() && status.changed().await.is_ok() {}
    });
    let before = shell.subscription.lock().unwrap_or_else(PoisonError::into_inner).replace(subscription);
    // A page that was loaded anew has a new channel.
    before.inspect(async_runtime::JoinHandle::abort);
    shell.errands.listen(errands);
}

#[tauri::command]
pub(crate) async fn sign_in(app_handle: AppHandle, shell: State<'_, Shell>, app: Wanted) -> Answer<()> {
    let page = shell.session.sign_in(through(&shell, app)?).await?;
    let opened = sign_in_window::open(&app_handle, page, shell.session.clone());
    if let Err(error) = opened {
        shell.session.cancel().await;
        return Err(here("The sign-in window could not be opened.", "Try again.", &error));
    }
    Ok(())
}

#[tauri::command]
pub(crate) async fn import_lines(shell: State<'_, Shell>, text: SecretString) -> Answer<Found> {
    let brought = lines::read(text.expose_secret()).map_err(|error| Trouble::from(&error))?;
    Ok(match shell.session.import(brought).await? {
        Imported::SigningIn => Found::SigningIn,
        Imported::App(app) => Found::App {
            client_id: app.client_id.to_string(),
            redirect_uri: app.redirect_uri.as_str().into(),
            has_secret: app.secret.is_some(),
        },
    })
}

#[tauri::command]
pub(crate) async fn cancel(shell: State<'_, Shell>) -> Answer<()> {
    shell.session.cancel().await;
    Ok(())
}

#[tauri::command]
pub(crate) async fn renew(shell: State<'_, Shell>) -> Answer<()> {
    shell.session.renew().await;
    Ok(())
}

#[tauri::command]
pub(crate) async fn copy_spartan_token(shell: State<'_, Shell>) -> Answer<CopiedToken> {
    let handed_out = shell.session.hand_out().await?;
    let copied = shell.clipboard.copy_secret(handed_out.token).await.map_err(|error| no_clipboard(&error))?;
    let clears_at = match copied {
        Copied::ClearsItself => {
            Some(Timestamp::now().as_millisecond() + i64::try_from(CLEARS_AFTER.as_millis()).unwrap_or(0))
        }
        Copied::Stays => None,
    };
    Ok(CopiedToken { expires_at: handed_out.expires_at.as_millisecond(), clears_at })
}

#[tauri::command]
pub(crate) async fn clipboard_ended(shell: State<'_, Shell>) -> Answer<Ended> {
    Ok(shell.clipboard.ended().await)
}

#[tauri::command]
pub(crate) async fn copy_details(shell: State<'_, Shell>) -> Answer<()> {
    let details = shell.session.status().borrow().trouble().map(|trouble| trouble.details.clone());
    if let Some(details) = details {
        shell.clipboard.copy_plain(details).await.map_err(|error| no_clipboard(&error))?;
    }
    Ok(())
}

#[tauri::command]
pub(crate) async fn sign_out(shell: State<'_, Shell>) -> Answer<()> {
    shell.session.sign_out().await
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
    shell.session.start_afresh().await
}

#[tauri::command]
pub(crate) async fn open_link(app: AppHandle, link: String) -> Answer<()> {
    let address = if link == "portal" { Some(PORTAL.to_owned()) } else { may_open(&link) };
    let Some(address) = address else { return Ok(()) };
    let opened = app.opener().open_url(address, None::<&str>);
    opened.map_err(|error| here("Your browser could not be opened.", "Open the page yourself.", &error))
}

/// Closes the window for a person who has read what that means.
#[tauri::command]
pub(crate) fn close(window: WebviewWindow) -> Answer<()> {
    window.close().map_err(|error| here("The window could not be closed.", "Try again.", &error))
}

#[tauri::command]
pub(crate) fn quit(app: AppHandle) {
    app.exit(0);
}

fn through(shell: &Shell, wanted: Wanted) -> Answer<Through> {
    let app = match wanted {
        Wanted::Known => return Ok(Through::Known),
        Wanted::Default => return Ok(shell.built_in.clone().map_or(Through::Known, Through::App)),
        Wanted::Own { client_id, redirect_uri, client_secret, platform } => {
            let app = AzureApp::parse(&client_id, &redirect_uri).map_err(|error| Trouble::from(&error))?;
            AzureApp { secret: client_secret, platform, ..app }
        }
    };
    Ok(Through::App(app))
}

/// A link that came from a service opens only on Microsoft's and Xbox's own pages.
fn may_open(link: &str) -> Option<String> {
    Url::parse(link).ok().filter(trouble::may_open).map(String::from)
}

fn no_clipboard(error: &arboard::Error) -> Trouble {
    here("The clipboard could not be reached.", "Another program may be holding it. Try again.", error)
}

/// A trouble of this desktop, not of the sign-in.
pub(crate) fn here(what: &str, todo: &str, error: &dyn std::fmt::Display) -> Trouble {
    Trouble { what: what.into(), todo: todo.into(), button: None, details: format!("cause: {error}") }
}
