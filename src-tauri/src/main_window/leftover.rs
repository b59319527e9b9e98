//! The memory that a closed window leaves behind.

use tauri::WebviewWindow;

/// Removes the scripts from the webview. `wry`'s message handler and the webview keep each other in memory, and the
/// scripts of every window that was ever opened would stay with them.
#[cfg(target_os = "linux")]
pub(super) fn lighten(window: &WebviewWindow) -> tauri::Result<()> {
    use webkit2gtk::{UserContentManagerExt, WebViewExt};
    window.with_webview(|webview| {
        if let Some(scripts) = webview.inner().user_content_manager() {
            scripts.remove_all_scripts();
        }
    })
}

/// Does nothing: on other systems, nothing stays in memory.
#[cfg(not(target_os = "linux"))]
pub(super) const fn lighten(_window: &WebviewWindow) -> tauri::Result<()> {
    Ok(())
}
