//! What stays of a window that is closed for good.

use tauri::WebviewWindow;

/// Takes its scripts from the webview: `wry`'s message handler and the webview hold each other in memory for ever, and
/// the scripts of each window that was ever opened would stay with them.
#[cfg(target_os = "linux")]
pub(super) fn lighten(window: &WebviewWindow) -> tauri::Result<()> {
    use webkit2gtk::{UserContentManagerExt, WebViewExt};
    window.with_webview(|webview| {
        if let Some(scripts) = webview.inner().user_content_manager() {
            scripts.remove_all_scripts();
        }
    })
}

/// Elsewhere nothing stays.
#[cfg(not(target_os = "linux"))]
pub(super) const fn lighten(_window: &WebviewWindow) -> tauri::Result<()> {
    Ok(())
}
