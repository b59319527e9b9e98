//! On macOS a program is in the Dock while it has a window, and in the menu bar alone while it has none.

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

/// Elsewhere the window alone decides.
#[cfg(not(target_os = "macos"))]
pub(super) const fn show(_app: &AppHandle) {}

/// Elsewhere the window alone decides.
#[cfg(not(target_os = "macos"))]
pub(super) const fn hide(_app: &AppHandle) {}
