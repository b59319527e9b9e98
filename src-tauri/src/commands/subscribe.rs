//! What the page receives without asking, from the time it opens.

use std::sync::PoisonError;

use serde::Serialize;
use spartan_messages::{Problem, SettingsInWords};
use spartan_session::{
    session::SignInEnd,
    status::{AccountLine, Snapshot, Status},
};
use tauri::{AppHandle, Manager, async_runtime, ipc::Channel};
use tokio::sync::{
    broadcast::{self, error::RecvError},
    watch,
};

use crate::{
    page_request::PageRequest,
    shell::{Shell, removal_state::Removal},
    streaming::{ForPage, Streaming},
};

/// A channel to the page that sends nothing twice in a row.
struct Latest<T> {
    to: Channel<ForPage<T>>,
    sent: Option<ForPage<T>>,
}

/// Sends the current status, accounts, settings and removal, then each new one; how each sign-in ends; and what clicks
/// outside the page ask it to show.
#[tauri::command]
pub(crate) fn subscribe(
    app: AppHandle,
    channel: Channel<ForPage<Status<Problem>>>,
    requests: Channel<PageRequest>,
    accounts: Channel<ForPage<Vec<AccountLine<Problem>>>>,
    settings: Channel<ForPage<SettingsInWords>>,
    removal: Channel<ForPage<Removal>>,
    ends: Channel<ForPage<SignInEnd<Problem>>>,
) {
    let shell = app.state::<Shell>();
    let (live, left, ended) = (shell.settings.follow(), shell.removal.subscribe(), shell.session.sign_in_ends());
    let passing = app.clone();
    let subscription = async_runtime::spawn(async move {
        let shell = passing.state::<Shell>();
        tokio::join!(
            pass_session_on(&shell, Latest::new(channel), Latest::new(accounts)),
            pass_on(live, settings, |settings| shell.streaming().settings(settings)),
            pass_on(left, removal, |removal| shell.streaming().removal(removal)),
            pass_ends_on(&shell, ended, ends),
        );
    });
    let before = shell.subscription.lock().unwrap_or_else(PoisonError::into_inner).replace(subscription);
    // A page that was reloaded has a new channel.
    before.inspect(async_runtime::JoinHandle::abort);
    shell.page_requests.listen(requests);
}

/// Forwards the status and the accounts; how they're shown depends on the settings and on each other.
async fn pass_session_on(
    shell: &Shell,
    mut status: Latest<Status<Problem>>,
    mut accounts: Latest<Vec<AccountLine<Problem>>>,
) {
    let (mut snapshot, mut settings) = (shell.session.snapshot(), shell.settings.follow());
    loop {
        let Snapshot { shown, accounts: known } = snapshot.borrow_and_update().clone();
        let streaming = Streaming::new(settings.borrow_and_update().choices.streaming, &shown, &known);
        let is_heard = accounts.send(streaming.lines(known)) && status.send(streaming.status(shown));
        if !is_heard {
            return;
        }
        let changed = tokio::select! {
            changed = snapshot.changed() => changed,
            changed = settings.changed() => changed,
        };
        if changed.is_err() {
            return;
        }
    }
}

async fn pass_on<T: Clone, U: Serialize>(mut from: watch::Receiver<T>, to: Channel<U>, told: impl Fn(T) -> U) {
    loop {
        let now = from.borrow_and_update().clone();
        if to.send(told(now)).is_err() || from.changed().await.is_err() {
            return;
        }
    }
}

async fn pass_ends_on(
    shell: &Shell,
    mut from: broadcast::Receiver<SignInEnd>,
    to: Channel<ForPage<SignInEnd<Problem>>>,
) {
    loop {
        let is_heard = match from.recv().await {
            Ok(end) => to.send(shell.streaming().end(end)).is_ok(),
            Err(RecvError::Lagged(_)) => true,
            Err(RecvError::Closed) => false,
        };
        if !is_heard {
            return;
        }
    }
}

impl<T: Clone + PartialEq + Serialize> Latest<T> {
    const fn new(to: Channel<ForPage<T>>) -> Latest<T> {
        Latest { to, sent: None }
    }

    /// Returns whether the page still listens.
    fn send(&mut self, now: ForPage<T>) -> bool {
        if self.sent.as_ref() == Some(&now) {
            return true;
        }
        self.sent = Some(now.clone());
        self.to.send(now).is_ok()
    }
}
