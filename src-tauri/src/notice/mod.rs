//! One notification when only a person can go on and no window says so.

#[cfg(all(unix, not(target_os = "macos")))]
#[path = "bus.rs"]
mod show;
#[cfg(any(windows, target_os = "macos"))]
#[path = "elsewhere.rs"]
mod show;

mod rule;

use spartan_auth::trouble::Trouble;
use tauri::{AppHandle, Manager, async_runtime};

use self::rule::{Notice, Step};
use crate::{
    main_window::{self, Errand},
    start::Shell,
    tray,
    veil::Veil,
};

/// What a person does with a notification.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Answer {
    /// Looks at what is the matter.
    Open,
    /// Signs in again.
    SignIn,
}

/// Watches the status for as long as the program runs.
pub(crate) async fn keep(app: AppHandle) {
    let shell = app.state::<Shell>();
    let mut status = shell.session.status();
    let mut shown: Option<async_runtime::JoinHandle<()>> = None;
    loop {
        let step =
            rule::step(&status.borrow_and_update(), shell.memory.facts().knows_failure, main_window::is_open(&app));
        match step {
            Step::Nothing => {}
            // The icon tells; who wants notifications again hears of the next failure.
            Step::Tell(_) if !shell.settings.choices().notifications => {}
            Step::Seen => shell.memory.change(|facts| facts.knows_failure = true),
            Step::Over => {
                shell.memory.change(|facts| facts.knows_failure = false);
                // What is over needs no notification any more.
                shown.take().inspect(async_runtime::JoinHandle::abort);
            }
            Step::Tell(notice) => {
                shell.memory.change(|facts| facts.knows_failure = true);
                let notice = Notice { body: Veil::of(&shell).over(&notice.body), ..notice };
                shown = Some(async_runtime::spawn(tell(app.clone(), notice)));
            }
        }
        if status.changed().await.is_err() {
            return;
        }
    }
}

/// Shows what happened where no window can, until it is read or gone.
pub(crate) async fn alert(Trouble { what, todo, .. }: &Trouble) {
    let notice = Notice { summary: "Spartan Tray", body: format!("{what} {todo}"), sign_in: None };
    if let Err(error) = show::show(&notice).await {
        tracing::info!(%error, "no notification could be shown");
    }
}

async fn tell(app: AppHandle, notice: Notice) {
    match show::show(&notice).await {
        Ok(Some(Answer::Open)) => main_window::show(&app),
        Ok(Some(Answer::SignIn)) => {
            if let Err(trouble) = tray::sign_in(&app).await {
                app.state::<Shell>().errands.send(Errand::Tell { trouble });
            }
        }
        Ok(None) => {}
        Err(error) => tracing::info!(%error, "no notification could be shown; the icon in the tray tells"),
    }
}
