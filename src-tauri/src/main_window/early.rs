//! The window at the start of the program, which on Linux is visible long before its webview is built.

use tauri::WebviewWindow;

/// Whether the window is visible early. On other systems it would be white, and gain little time.
pub(super) const IS_SEEN: bool = cfg!(target_os = "linux");

/// Asks Tauri to close the window when a person does. Until the event loop runs, GTK would destroy it without Tauri's
/// knowledge.
#[cfg(target_os = "linux")]
pub(super) fn listen(window: &WebviewWindow) -> tauri::Result<()> {
    use gtk::{glib::Propagation, prelude::WidgetExt};
    let own = window.clone();
    window.gtk_window()?.connect_delete_event(move |_, _| {
        if let Err(error) = own.close() {
            tracing::warn!(%error, "the window could not be asked to close");
        }
        Propagation::Stop
    });
    Ok(())
}

/// Does nothing: on other systems, the window isn't visible before Tauri listens to it.
#[cfg(not(target_os = "linux"))]
pub(super) fn listen(_window: &WebviewWindow) -> tauri::Result<()> {
    Ok(())
}
