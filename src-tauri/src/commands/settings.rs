//! What the person chooses.

use spartan_auth::settings::Choices;
use tauri::AppHandle;

use super::Answer;
use crate::settings;

#[tauri::command]
pub(crate) async fn change_settings(app: AppHandle, settings: Choices) -> Answer<()> {
    settings::change(&app, settings).await
}
