//! The window at the start of the program: on Linux it is seen long before its webview is built.

use tauri::WebviewWindow;

/// Elsewhere an early window would be white, and gains little.
pub(super) const IS_SEEN: bool = cfg!(target_os = "linux");

/// Asks Tauri to close the window when a person does: until the loop of events runs, GTK would destroy it behind our back.
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

/// Elsewhere nobody sees the window before Tauri listens to it.
#[cfg(not(target_os = "linux"))]
pub(super) fn listen(_window: &WebviewWindow) -> tauri::Result<()> {
    Ok(())
}
