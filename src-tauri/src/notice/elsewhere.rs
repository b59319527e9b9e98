//! Notifications as Windows and macOS take them.

use std::error::Error;

use notify_rust::{Notification, NotificationResponse};
use tauri::async_runtime;
use tokio::sync::oneshot;

use super::{Answer, Notice};

/// Shows it and waits until it is answered or gone.
pub(super) async fn show(notice: &Notice) -> Result<Option<Answer>, Box<dyn Error + Send + Sync>> {
    let mut shown = Notification::new();
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

const SIGN_IN: &str = "sign-in";

fn answer(response: &NotificationResponse) -> Option<Answer> {
    match response {
        NotificationResponse::Action(action) if action == SIGN_IN => Some(Answer::SignIn),
        NotificationResponse::Action(_) | NotificationResponse::Default => Some(Answer::Open),
        NotificationResponse::Reply(_) | NotificationResponse::Closed(_) => None,
    }
}
