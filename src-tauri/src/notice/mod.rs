//! Notifications of the desktop.

#[cfg(all(unix, not(target_os = "macos")))]
#[path = "bus.rs"]
mod desktop;
#[cfg(any(windows, target_os = "macos"))]
#[path = "elsewhere.rs"]
mod desktop;

#[cfg(any(windows, target_os = "macos", test))]
mod sender;

use spartan_messages::Problem;

/// The contents of a notification.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Notice {
    pub(crate) summary: String,
    pub(crate) body: String,
    /// The label of the button that signs in, if signing in helps.
    pub(crate) sign_in: Option<String>,
}

/// A person's answer to a notification.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Answer {
    /// Opens the window.
    Open,
    /// Signs in again.
    SignIn,
}

/// Shows a notification until it's answered or gone, and returns the answer.
pub(crate) async fn show(notice: &Notice) -> Option<Answer> {
    desktop::show(notice).await.unwrap_or_else(|error| {
        tracing::info!(%error, "no notification could be shown");
        None
    })
}

/// Shows a problem, if no window can, until the notification is read or gone.
pub(crate) async fn alert(problem: &Problem) {
    show(&Notice { summary: "Spartan Tray".into(), body: problem.to_string(), sign_in: None }).await;
}
