//! How a window looks, and whether captures of the screen show it.

use spartan_auth::settings::{self, Choices};
use tauri::{Theme, WebviewWindow};

/// Elsewhere no program can keep its windows out of captures.
pub(crate) const HIDES_FROM_CAPTURES: bool = cfg!(any(windows, target_os = "macos"));

/// Dresses a window as `now` says, which was dressed as `before` says; a new one is as is usual.
pub(crate) fn window(window: &WebviewWindow, before: &Choices, now: &Choices) {
    let hidden = if before.streaming == now.streaming { Ok(()) } else { window.set_content_protected(now.streaming) };
    let looks = if before.theme == now.theme { Ok(()) } else { theme(window, now.theme) };
    if let Err(error) = hidden.and(looks) {
        tracing::warn!(%error, "a window does not look as the settings say");
    }
}

fn theme(window: &WebviewWindow, chosen: settings::Theme) -> tauri::Result<()> {
    match chosen {
        settings::Theme::Light => window.set_theme(Some(Theme::Light)),
        settings::Theme::Dark => window.set_theme(Some(Theme::Dark)),
        settings::Theme::System => {
            window.set_theme(None)?;
            // There, a window without a theme of its own tells the system's, and shows a light one.
            if cfg!(target_os = "linux") { window.set_theme(Some(window.theme()?)) } else { Ok(()) }
        }
    }
}
