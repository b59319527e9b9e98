//! Changes to the settings, and what follows them at once.

use spartan_messages::Problem;
use spartan_session::settings::{Choices, Settings};
use tauri::{AppHandle, Manager};

use crate::{
    appearance, autostart,
    refusals::Refusal,
    shell::{Shell, live_settings::Change},
};

/// Reads the file and the system's entry again, because they may have been changed elsewhere.
pub(crate) fn look_again(app: &AppHandle) {
    let shell = app.state::<Shell>();
    let Some(Change { before, now }) = shell.settings.read_again(app, &shell.paths) else { return };
    shell.log.tell(now.log.into());
    shell.tray.redraw();
    for window in app.webview_windows().values() {
        appearance::change(window, &before, &now);
    }
}

/// Changes the person's choices; they're in effect when this returns.
pub(crate) async fn change(app: &AppHandle, choices: Choices) -> Result<(), Problem> {
    let shell = app.state::<Shell>();
    if choices.start_at_login != autostart::is_on(app) {
        autostart::set(app, choices.start_at_login).map_err(|error| Refusal::NoStartAtLogin.with(&error))?;
    }
    let written = Settings::choose(&shell.paths, choices).await;
    look_again(app);
    written.map_err(Problem::from)
}
