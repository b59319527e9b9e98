//! Azure apps: listing, editing, forgetting and checking them, and the exact texts for registering one.

use secrecy::{ExposeSecret, SecretString};
use serde::{Deserialize, Serialize};
use spartan_auth::{
    app_check,
    azure_app::{AzureApp, Platform},
};
use spartan_messages::CheckedApp;
use spartan_session::{
    environment::LINK_SCHEME,
    error::Error,
    session::{KnownApp, Secret},
    status::AppLine,
};
use spartan_vault::account::AccountId;
use tauri::State;
use uuid::Uuid;

use super::{Answer, copy};
use crate::{recent::Heard, shell::Shell};

/// An app as the page lists it.
#[derive(Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub(crate) struct ListedApp {
    #[serde(flatten)]
    app: AppLine,
    /// The accounts that use it.
    used_by: Vec<AccountId>,
}

/// A change to an app.
#[derive(Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(deny_unknown_fields)]
pub(crate) struct EditApp {
    client_id: String,
    redirect_uri: String,
    platform: Platform,
    /// `None` leaves the secret unchanged, and an empty one removes it.
    #[cfg_attr(test, ts(type = "string | null"))]
    client_secret: Option<SecretString>,
}

/// An app that no account uses.
#[derive(Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(deny_unknown_fields)]
pub(crate) struct ForgetApp {
    client_id: Uuid,
}

/// The app to check.
#[derive(Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(deny_unknown_fields)]
pub(crate) struct CheckApp {
    client_id: String,
}

/// A text that Microsoft's page for registering an app asks for.
#[derive(Clone, Copy, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(rename_all = "snake_case")]
pub(crate) enum RegistrationText {
    /// The app's name.
    Name,
    /// The redirect URI.
    Redirect,
}

/// The text to copy.
#[derive(Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(deny_unknown_fields)]
pub(crate) struct CopyText {
    what: RegistrationText,
}

#[tauri::command]
pub(crate) async fn apps(shell: State<'_, Shell>) -> Answer<Vec<ListedApp>> {
    let known = shell.answer(shell.session.apps().await)?;
    Ok(known.into_iter().map(|KnownApp { app, used_by }| ListedApp { app, used_by }).collect())
}

#[tauri::command]
pub(crate) async fn edit_app(shell: State<'_, Shell>, args: EditApp) -> Answer<()> {
    let EditApp { client_id, redirect_uri, platform, client_secret } = args;
    let app = shell.answer(AzureApp::parse_with(&client_id, &redirect_uri, Some(LINK_SCHEME)))?;
    let secret = match client_secret {
        None => Secret::Same,
        Some(secret) if secret.expose_secret().is_empty() => Secret::None,
        Some(secret) => Secret::New(secret),
    };
    shell.answer(shell.session.edit_app(AzureApp { platform, ..app }, secret).await)
}

#[tauri::command]
pub(crate) async fn forget_app(shell: State<'_, Shell>, args: ForgetApp) -> Answer<()> {
    shell.answer(shell.session.forget_app(args.client_id).await)
}

/// Asks Microsoft whether an app is registered correctly.
#[tauri::command]
pub(crate) async fn check_app(shell: State<'_, Shell>, args: CheckApp) -> Answer<CheckedApp> {
    let check = async |client_id: &String| {
        let checked = app_check::check(&shell.environment.services(), client_id).await;
        let checked = checked.map_err(Error::from);
        let wait = checked.as_ref().err().and_then(Error::asked_to_wait);
        Heard { answer: checked, wait }
    };
    let Heard { answer, wait } = shell.checked.ask(args.client_id, check).await;
    let until = |error: Error| match wait {
        Some(left) => error.until(left),
        None => error,
    };
    shell.answer(answer.map(CheckedApp::from).map_err(until))
}

/// Copies one of the texts for registering an app.
#[tauri::command]
pub(crate) async fn copy_text(shell: State<'_, Shell>, args: CopyText) -> Answer<()> {
    let text = match args.what {
        RegistrationText::Name => "Spartan Tray",
        RegistrationText::Redirect => "http://localhost",
    };
    shell.answer(copy(&shell, text).await)
}
