//! The Dock on macOS, which shows the program only while it has a window.

use tauri::AppHandle;

#[cfg(target_os = "macos")]
pub(super) fn show(app: &AppHandle) {
    follow(app, tauri::ActivationPolicy::Regular);
}

#[cfg(target_os = "macos")]
pub(super) fn hide(app: &AppHandle) {
    follow(app, tauri::ActivationPolicy::Accessory);
}

#[cfg(target_os = "macos")]
fn follow(app: &AppHandle, policy: tauri::ActivationPolicy) {
    if let Err(error) = app.set_activation_policy(policy) {
        tracing::warn!(%error, "the Dock does not follow the window");
    }
}

/// Does nothing: other systems have no Dock.
#[cfg(not(target_os = "macos"))]
pub(super) const fn show(_app: &AppHandle) {}

/// Does nothing: other systems have no Dock.
#[cfg(not(target_os = "macos"))]
pub(super) const fn hide(_app: &AppHandle) {}
