//! The settings, and removing everything.

use serde::Deserialize;
use spartan_session::settings::Choices;
use tauri::{AppHandle, State};

use super::Answer;
use crate::{
    removal, settings,
    shell::{Shell, removal_state::Removal},
};

/// All choices, changed or not.
#[derive(Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(deny_unknown_fields)]
pub(crate) struct ChangeSettings {
    settings: Choices,
}

#[tauri::command]
pub(crate) async fn change_settings(app: AppHandle, shell: State<'_, Shell>, args: ChangeSettings) -> Answer<()> {
    shell.answer(settings::change(&app, args.settings).await)
}

/// Removes everything that the program keeps, and quits if nothing is left.
#[tauri::command]
pub(crate) async fn remove_everything(app: AppHandle, shell: State<'_, Shell>) -> Answer<()> {
    match shell.answer(removal::everything(&app).await)? {
        Removal::Done => app.exit(0),
        Removal::Left { .. } | Removal::Nothing => {}
    }
    Ok(())
}

/// Keeps what couldn't be removed.
#[tauri::command]
pub(crate) async fn leave_the_rest(shell: State<'_, Shell>) -> Answer<()> {
    removal::leave_the_rest(&shell);
    Ok(())
}
