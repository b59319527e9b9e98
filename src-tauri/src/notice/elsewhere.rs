//! Notifications as Windows and macOS take them.

use std::{error::Error, path::PathBuf};

use notify_rust::{Notification, NotificationResponse};
use tauri::async_runtime;
use tokio::sync::oneshot;

use super::{Answer, Notice, sender};

/// Shows it and waits until it is answered or gone.
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
            // Nobody waits once the trouble is over.
            let _ = tell.send(answer(response));
        })
    };
    async_runtime::spawn_blocking(wait).await??;
    Ok(told.await.ok().flatten())
}

/// Windows would name PowerShell as the sender.
#[cfg(windows)]
fn in_own_name(shown: &mut Notification) {
    if program().is_some_and(|program| sender::is_installed(&program)) {
        shown.app_id(sender::KNOWN);
    }
}

/// macOS would name the Finder.
#[cfg(target_os = "macos")]
fn in_own_name(_: &mut Notification) {
    if program().is_some_and(|program| sender::is_bundled(&program)) {
        // It is said once; each later time is refused.
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
