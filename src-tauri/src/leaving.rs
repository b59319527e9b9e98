//! How the program ends, without leaving a copied token or a sign-in page behind.

use std::time::Duration;

use spartan_session::{
    session::Session,
    status::{Renewal, SigningIn, Snapshot, Status},
};
use tauri::{AppHandle, Manager, async_runtime};

use crate::{notice, refusals::Refusal, removal, shell::Shell};

/// The longest that quitting waits.
const LEAVING: Duration = Duration::from_secs(2);
/// The longest that quitting waits for a change that a person asked for, such as a sign-out.
const SAVING: Duration = Duration::from_secs(10);

/// Cleans up on the main thread, last of all.
pub(crate) fn tidy(app: &AppHandle) {
    // From now on, a start must not ask this program to show its window.
    tauri_plugin_single_instance::destroy(app);
    let shell = &*app.state::<Shell>();
    async_runtime::block_on(async {
        leave_page(&shell.session).await;
        finish(&shell.session).await;
        save(&shell.session).await;
    });
    // Tauri never drops what it manages.
    shell.clipboard.quit();
    async_runtime::block_on(removal::sweep(shell));
}

/// Quits when the system asks the program to end.
#[cfg(unix)]
pub(crate) async fn quit_on_signal(app: AppHandle) {
    use tokio::signal::unix::{SignalKind, signal};
    let signals = signal(SignalKind::terminate()).and_then(|end| Ok((end, signal(SignalKind::interrupt())?)));
    match signals {
        Ok((mut terminate, mut interrupt)) => {
            tokio::select! { _ = terminate.recv() => {}, _ = interrupt.recv() => {} }
            app.exit(0);
        }
        Err(error) => tracing::warn!(%error, "a signal will end the program without clearing the clipboard"),
    }
}

/// Quits when the system asks the program to end.
#[cfg(not(unix))]
pub(crate) async fn quit_on_signal(app: AppHandle) {
    if tokio::signal::ctrl_c().await.is_ok() {
        app.exit(0);
    }
}

/// Cancels a sign-in that waits for the person, because its window closes.
async fn leave_page(session: &Session) {
    let is_open = matches!(
        session.snapshot().borrow().shown,
        Status::SigningIn { stage: SigningIn::AtPage { .. } | SigningIn::Code { .. }, .. }
    );
    if is_open {
        // Another process may hold the vault; quitting doesn't wait for it.
        let _ = tokio::time::timeout(LEAVING, session.cancel()).await;
    }
}

/// Waits for the changes that were requested. If they can't be saved, a notification says so.
async fn save(session: &Session) {
    let problem = match tokio::time::timeout(SAVING, session.finish()).await {
        Ok(Ok(())) => return,
        Ok(Err(error)) => Refusal::NotChanged.with(&error),
        Err(late) => Refusal::NotChanged.with(&late),
    };
    eprintln!("{problem}");
    let _ = tokio::time::timeout(LEAVING, notice::alert(&problem)).await;
}

/// Waits for answers that are on their way, because one may contain the only copy of the next refresh token.
async fn finish(session: &Session) {
    let mut snapshot = session.snapshot();
    let is_quiet = |Snapshot { shown, accounts }: &Snapshot| {
        let signs_in = matches!(shown, Status::SigningIn { stage: SigningIn::Chain, .. });
        !signs_in && accounts.iter().all(|line| line.renewal != Renewal::Renewing)
    };
    let _ = tokio::time::timeout(LEAVING, snapshot.wait_for(is_quiet)).await;
}
