//! Azure apps: listing, editing, forgetting and checking them, and the exact texts for registering one.

use secrecy::{ExposeSecret, SecretString};
use serde::Serialize;
use spartan_auth::{
    app_check,
    azure_app::{AzureApp, Platform},
};
use spartan_messages::CheckedApp;
use spartan_session::{error::Error, session::Secret, status::AppLine};
use tauri::State;
use uuid::Uuid;

use super::{Answer, no_clipboard};
use crate::{recent::Heard, shell::Shell};

/// An app as the page lists it.
#[derive(Serialize)]
pub(crate) struct ListedApp {
    #[serde(flatten)]
    app: AppLine,
    /// The names of the accounts that use it.
    used_by: Vec<String>,
}

/// The texts to copy while registering an app, by name.
const TEXTS: [(&str, &str); 2] = [("name", "Spartan Tray"), ("redirect", "http://localhost")];

#[tauri::command]
pub(crate) async fn apps(shell: State<'_, Shell>) -> Answer<Vec<ListedApp>> {
    let known = shell.session.apps().await?;
    let lines = shell.session.accounts().borrow().clone();
    let called = |id| {
        let line = lines.iter().find(|line| line.id == id)?;
        Some(line.name.clone().or_else(|| line.gamertag.clone()).unwrap_or_else(|| "Xbox account".into()))
    };
    let listed = known.into_iter().map(|known| {
        let used_by = known.used_by.into_iter().filter_map(called).collect();
        ListedApp { app: known.app, used_by }
    });
    Ok(listed.collect())
}

/// Changes an app. Without `client_secret`, the secret stays; an empty one removes it.
#[tauri::command(rename_all = "snake_case")]
pub(crate) async fn edit_app(
    shell: State<'_, Shell>,
    client_id: String,
    redirect_uri: String,
    platform: Platform,
    client_secret: Option<SecretString>,
) -> Answer<()> {
    let app = AzureApp::parse(&client_id, &redirect_uri)?;
    let secret = match client_secret {
        None => Secret::Same,
        Some(secret) if secret.expose_secret().is_empty() => Secret::None,
        Some(secret) => Secret::New(secret),
    };
    Ok(shell.session.edit_app(AzureApp { platform, ..app }, secret).await?)
}

#[tauri::command(rename_all = "snake_case")]
pub(crate) async fn forget_app(shell: State<'_, Shell>, client_id: Uuid) -> Answer<()> {
    Ok(shell.session.forget_app(client_id).await?)
}

/// Asks Microsoft whether an app is registered correctly.
#[tauri::command(rename_all = "snake_case")]
pub(crate) async fn check_app(shell: State<'_, Shell>, client_id: String) -> Answer<CheckedApp> {
    let check = async |client_id: &String| {
        let checked = app_check::check(&shell.world.services(), client_id).await;
        let checked = checked.map_err(Error::from);
        let wait = checked.as_ref().err().and_then(Error::asked_to_wait);
        Heard { answer: checked, wait }
    };
    let Heard { answer, wait } = shell.checked.ask(client_id, check).await;
    let until = |error: Error| match wait {
        Some(left) => error.until(left),
        None => error,
    };
    Ok(answer.map_err(until)?.into())
}

/// Copies one of the texts for registering an app.
#[tauri::command]
pub(crate) async fn copy_text(shell: State<'_, Shell>, what: String) -> Answer<()> {
    let Some((_, text)) = TEXTS.iter().find(|(name, _)| *name == what) else { return Ok(()) };
    shell.clipboard.copy_plain(*text).await.map(drop).map_err(|error| no_clipboard(&error))
}
