//! One notification when only a person can go on and no window says so.

#[cfg(all(unix, not(target_os = "macos")))]
#[path = "bus.rs"]
mod show;
#[cfg(any(windows, target_os = "macos"))]
#[path = "elsewhere.rs"]
mod show;

mod rule;
#[cfg(any(windows, target_os = "macos", test))]
mod sender;

use std::collections::BTreeMap;

use spartan_auth::account::AccountId;
use spartan_messages::Problem;
use tauri::{AppHandle, Manager, async_runtime};

use self::rule::{Notice, Seen, Step};
use crate::{main_window, page_request::PageRequest, start::Shell, streaming::Streaming, tray};

/// What a person does with a notification.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Answer {
    /// Looks at what is the matter.
    Open,
    /// Signs in again.
    SignIn,
}

/// Watches every account for as long as the program runs.
pub(crate) async fn keep(app: AppHandle) {
    let shell = app.state::<Shell>();
    let (mut status, mut accounts) = (shell.session.status(), shell.session.accounts());
    let mut shown: BTreeMap<AccountId, async_runtime::JoinHandle<()>> = BTreeMap::new();
    loop {
        let (streaming, known) = (Streaming::of(&shell), shell.window_state.facts().knows_failures);
        let Step { tell: to_tell, known: mut now } = {
            let (status, accounts) = (status.borrow_and_update(), accounts.borrow_and_update());
            let window = main_window::is_open(&app);
            Step::of(Seen { status: &status, accounts: &accounts, known: &known, window }, &streaming)
        };
        for over in known.difference(&now) {
            // What is over needs no notification any more.
            shown.remove(over).inspect(async_runtime::JoinHandle::abort);
        }
        // Otherwise the icon tells; who wants notifications again hears of the next change.
        if shell.settings.choices().notifications {
            for (id, notice) in to_tell {
                now.insert(id);
                shown.insert(id, async_runtime::spawn(tell(app.clone(), id, notice)));
            }
        }
        shell.window_state.change(|facts| facts.knows_failures = now);
        tokio::select! {
            Ok(()) = status.changed() => {}
            Ok(()) = accounts.changed() => {}
            else => return,
        }
    }
}

/// Shows what happened where no window can, until it is read or gone.
pub(crate) async fn alert(problem: &Problem) {
    let notice = Notice { summary: "Spartan Tray".into(), body: problem.to_string(), sign_in: None };
    if let Err(error) = show::show(&notice).await {
        tracing::info!(%error, "no notification could be shown");
    }
}

async fn tell(app: AppHandle, id: AccountId, notice: Notice) {
    let shell = app.state::<Shell>();
    match show::show(&notice).await {
        Ok(Some(Answer::Open)) => {
            shell.session.show(id).await;
            main_window::show(&app);
        }
        Ok(Some(Answer::SignIn)) => {
            shell.session.show(id).await;
            if let Err(problem) = tray::sign_in(&app).await {
                shell.page_requests.send(PageRequest::Tell { problem: Box::new(problem) });
            }
        }
        Ok(None) => {}
        Err(error) => tracing::info!(%error, "no notification could be shown; the icon in the tray tells"),
    }
}
