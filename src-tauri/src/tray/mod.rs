//! The tray icon: shown while something shows icons, and drawn again when its contents change.

mod act;
mod draw;
mod entry;
mod host;
mod left;
mod menu;
mod words;

use std::time::Duration;

use jiff::Timestamp;
use spartan_session::status::Snapshot;
use tauri::{AppHandle, Manager};

use self::menu::{Shown, View};
pub(crate) use self::{
    act::{icon_event, menu_event},
    host::look,
};
use crate::{main_window, settings, shell::Shell};

/// The longest time between two looks: nothing reports that starting at login was switched off elsewhere.
const LOOK: Duration = Duration::from_secs(60);

/// How long a panel may take to appear at login, or to come back.
const PATIENCE: Duration = Duration::from_secs(10);

/// Keeps the icon up to date while the program runs.
pub(crate) async fn keep(app: AppHandle) {
    let shell = app.state::<Shell>();
    let mut host = shell.tray.host.clone();
    let mut snapshot = shell.session.snapshot();
    let mut drawn: Option<Shown> = None;
    loop {
        settings::look_again(&app);
        let (shown, lasts) = shown(&shell, &snapshot.borrow_and_update());
        let wanted = host.borrow_and_update().then_some(shown);
        if shell.tray.take_clicked() {
            drawn = drawn.map(|drawn| Shown { menu: Vec::new(), ..drawn });
        }
        if wanted != drawn {
            drawn = draw::change(&app, drawn, wanted).await;
            shell.tray.set_icon(drawn.is_some());
        }
        tokio::select! {
            Ok(()) = host.changed() => {}
            Ok(()) = snapshot.changed() => {}
            () = shell.tray.changed() => {}
            () = tokio::time::sleep(lasts) => {}
        }
    }
}

/// Opens the window if no icon appears, or none comes back, so that the program is never out of sight.
pub(crate) async fn stay_in_sight(app: AppHandle) {
    let mut icon = app.state::<Shell>().tray.follow_icon();
    while icon.wait_for(|there| !there).await.is_ok() {
        let came = tokio::time::timeout(PATIENCE, icon.wait_for(|there| *there)).await.is_ok();
        if !came && !main_window::is_open(&app) {
            main_window::show(&app);
        }
        if icon.wait_for(|there| *there).await.is_err() {
            return;
        }
    }
}

/// Returns what to show now, and how long it stays right.
fn shown(shell: &Shell, Snapshot { shown: status, accounts }: &Snapshot) -> (Shown, Duration) {
    let (said, choices) = (shell.tray.said(), shell.settings.choices());
    let words = said.as_ref().map(|(words, _)| words.as_str());
    let view = View { status, accounts, choices: &choices, said: words, now: Timestamp::now() };
    let lasts = view.lasts().into_iter().chain(said.as_ref().map(|(_, left)| *left)).fold(LOOK, Duration::min);
    (Shown::of(view), lasts)
}
