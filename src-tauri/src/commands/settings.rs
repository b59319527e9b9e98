//! What the person chooses.

use spartan_auth::settings::Choices;
use tauri::AppHandle;

use super::Answer;
use crate::{removal, settings};

#[tauri::command]
pub(crate) async fn change_settings(app: AppHandle, settings: Choices) -> Answer<()> {
    settings::change(&app, settings).await
}

/// Removes everything that the program keeps, and quits.
#[tauri::command]
pub(crate) async fn remove_everything(app: AppHandle) -> Answer<()> {
    removal::everything(&app).await?;
    app.exit(0);
    Ok(())
}
