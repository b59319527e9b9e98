//! Notifications on Windows and macOS.

use std::{error::Error, path::PathBuf};

use notify_rust::{Notification, NotificationResponse};
use tauri::async_runtime;
use tokio::sync::oneshot;

use super::{Answer, Notice, sender};

/// Shows a notification and waits until it's answered or gone.
pub(super) async fn show(notice: &Notice) -> Result<Option<Answer>, Box<dyn Error + Send + Sync>> {
    let mut shown = Notification::new();
    in_own_name(&mut shown);
    shown.summary(&notice.summary).body(&notice.body);
    if let Some(label) = &notice.sign_in {
        shown.action(SIGN_IN, label);
    }
    let (tell, told) = oneshot::channel();
    let wait = move || {
        shown.show()?.wait_for_response(move |response: &NotificationResponse| {
            // Once the failure is over, nobody is waiting.
            let _ = tell.send(answer(response));
        })
    };
    async_runtime::spawn_blocking(wait).await??;
    Ok(told.await.ok().flatten())
}

/// Sets the sender, which would otherwise be PowerShell.
#[cfg(windows)]
fn in_own_name(shown: &mut Notification) {
    if program().is_some_and(|program| sender::is_installed(&program)) {
        shown.app_id(sender::KNOWN);
    }
}

/// Sets the sender, which would otherwise be the Finder.
#[cfg(target_os = "macos")]
fn in_own_name(_: &mut Notification) {
    if program().is_some_and(|program| sender::is_bundled(&program)) {
        // Only the first call succeeds.
        let _ = notify_rust::set_application(sender::KNOWN);
    }
}

fn program() -> Option<PathBuf> {
    tauri::process::current_binary(&tauri::Env::default()).ok()
}

const SIGN_IN: &str = "sign-in";

fn answer(response: &NotificationResponse) -> Option<Answer> {
    match response {
        NotificationResponse::Action(action) if action == SIGN_IN => Some(Answer::SignIn),
        NotificationResponse::Action(_) | NotificationResponse::Default => Some(Answer::Open),
        NotificationResponse::Reply(_) | NotificationResponse::Closed(_) => None,
    }
}
