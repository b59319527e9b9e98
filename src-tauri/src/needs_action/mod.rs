//! Notifies the person of a failure that only they can fix, unless the window shows it.

mod rule;

use std::collections::BTreeMap;

use spartan_session::status::Snapshot;
use spartan_vault::account::AccountId;
use tauri::{AppHandle, Manager, async_runtime};

use self::rule::{Seen, Step};
use crate::{
    main_window,
    notice::{self, Answer, Notice},
    page_request::PageRequest,
    shell::Shell,
    sign_in,
};

/// Watches every account while the program runs.
pub(crate) async fn watch(app: AppHandle) {
    let shell = app.state::<Shell>();
    let mut snapshot = shell.session.snapshot();
    let mut shown: BTreeMap<AccountId, async_runtime::JoinHandle<()>> = BTreeMap::new();
    loop {
        let (streaming, known) = (shell.streaming(), shell.window_state.facts().knows_failures);
        let Step { tell: to_tell, known: mut now } = {
            let Snapshot { shown: status, accounts } = &*snapshot.borrow_and_update();
            let window = main_window::is_open(&app);
            Step::of(Seen { status, accounts, known: &known, window }, &streaming)
        };
        for over in known.difference(&now) {
            // A failure that's over needs no notification.
            shown.remove(over).inspect(async_runtime::JoinHandle::abort);
        }
        // Without notifications, the icon shows failures. Once they're on again, the next change is notified.
        if shell.settings.choices().notifications {
            for (id, notice) in to_tell {
                now.insert(id);
                shown.insert(id, async_runtime::spawn(notify(app.clone(), id, notice)));
            }
        }
        shell.window_state.change(|facts| facts.knows_failures = now);
        if snapshot.changed().await.is_err() {
            return;
        }
    }
}

async fn notify(app: AppHandle, id: AccountId, notice: Notice) {
    let shell = app.state::<Shell>();
    match notice::show(&notice).await {
        Some(Answer::Open) => {
            shell.session.show(id).await;
            main_window::show(&app);
        }
        Some(Answer::SignIn) => {
            shell.session.show(id).await;
            if let Err(problem) = sign_in::in_front_of_window(&app).await {
                shell.page_requests.send(PageRequest::Tell { problem: Box::new(problem) });
            }
        }
        None => {}
    }
}
