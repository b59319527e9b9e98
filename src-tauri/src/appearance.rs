//! A window's theme, and whether screen captures show it.

use spartan_session::settings::{self, Choices};
use tauri::{Theme, WebviewWindow};

/// Whether a program can keep its windows out of screen captures on this system.
pub(crate) const HIDES_FROM_CAPTURES: bool = cfg!(any(windows, target_os = "macos"));

/// Changes a window's appearance from `before` to `now`. A new window has the default choices.
pub(crate) fn change(window: &WebviewWindow, before: &Choices, now: &Choices) {
    let hidden = if before.streaming == now.streaming { Ok(()) } else { window.set_content_protected(now.streaming) };
    let themed = if before.theme == now.theme { Ok(()) } else { theme(window, now.theme) };
    if let Err(error) = hidden.and(themed) {
        tracing::warn!(%error, "a window does not look as the settings say");
    }
}

fn theme(window: &WebviewWindow, chosen: settings::Theme) -> tauri::Result<()> {
    match chosen {
        settings::Theme::Light => window.set_theme(Some(Theme::Light)),
        settings::Theme::Dark => window.set_theme(Some(Theme::Dark)),
        settings::Theme::System => {
            window.set_theme(None)?;
            // On Linux, a window without its own theme reports the system's theme but shows a light one.
            if cfg!(target_os = "linux") { window.set_theme(Some(window.theme()?)) } else { Ok(()) }
        }
    }
}
