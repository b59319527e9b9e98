//! The icon in the tray: there while something shows icons, drawn anew when what it shows has changed.

mod act;
mod draw;
mod host;
mod left;
mod menu;

use std::{
    sync::atomic::{AtomicBool, Ordering},
    time::Duration,
};

use jiff::Timestamp;
use spartan_auth::status::Status;
use tauri::{AppHandle, Manager};
use tokio::sync::{Notify, watch};

use self::menu::Shown;
pub(crate) use self::{
    act::{icon_event, menu_event, sign_in},
    host::look,
};
use crate::{autostart, main_window, start::Shell};

/// What the rest of the shell knows of the tray.
#[derive(Debug)]
pub(crate) struct Tray {
    /// Whether anything shows icons.
    host: watch::Receiver<bool>,
    /// Whether the icon is there.
    is_there: AtomicBool,
    /// Something changed that no status tells.
    redraw: Notify,
}

/// How often the time left is looked at: what is shown changes once a minute.
const LOOK: Duration = Duration::from_secs(20);

/// How long a panel may take to come up at login, or to come back.
const PATIENCE: Duration = Duration::from_secs(10);

impl Tray {
    pub(crate) fn new(host: watch::Receiver<bool>) -> Tray {
        Tray { host, is_there: AtomicBool::default(), redraw: Notify::new() }
    }
}

/// Keeps the icon as it should be, for as long as the program runs.
pub(crate) async fn keep(app: AppHandle) {
    let shell = app.state::<Shell>();
    let (mut host, mut status) = (shell.tray.host.clone(), shell.session.status());
    let mut drawn = None;
    loop {
        let wanted = host.borrow_and_update().then(|| shown(&app, &status.borrow_and_update()));
        if wanted != drawn {
            drawn = draw::change(&app, drawn, wanted).await;
            shell.tray.is_there.store(drawn.is_some(), Ordering::Release);
        }
        tokio::select! {
            Ok(()) = host.changed() => {}
            Ok(()) = status.changed() => {}
            () = shell.tray.redraw.notified() => {}
            () = tokio::time::sleep(LOOK) => {}
        }
    }
}

/// Never leaves the program where nobody can see it: where no host is, or none comes back, the window opens.
pub(crate) async fn stay_in_sight(app: AppHandle) {
    let mut host = app.state::<Shell>().tray.host.clone();
    loop {
        let went = host.wait_for(|there| !there).await.is_ok();
        if went
            && tokio::time::timeout(PATIENCE, host.wait_for(|there| *there)).await.is_err()
            && !main_window::is_open(&app)
        {
            main_window::show(&app);
        }
        // Windows and macOS never tell of a change.
        if host.wait_for(|there| *there).await.is_err() {
            return;
        }
    }
}

/// Whether the icon is there to open the window again.
pub(crate) fn is_there(app: &AppHandle) -> bool {
    app.state::<Shell>().tray.is_there.load(Ordering::Acquire)
}

/// On macOS a program with a window is in the Dock.
pub(crate) fn window_opened(app: &AppHandle) {
    #[cfg(target_os = "macos")]
    policy(app, tauri::ActivationPolicy::Regular);
    let _ = app;
}

/// On macOS a program without a window is in the menu bar alone.
pub(crate) fn window_closed(app: &AppHandle) {
    #[cfg(target_os = "macos")]
    policy(app, tauri::ActivationPolicy::Accessory);
    let _ = app;
}

#[cfg(target_os = "macos")]
fn policy(app: &AppHandle, policy: tauri::ActivationPolicy) {
    if let Err(error) = app.set_activation_policy(policy) {
        tracing::warn!(%error, "the Dock does not follow the window");
    }
}

fn shown(app: &AppHandle, status: &Status) -> Shown {
    Shown::of(status, Timestamp::now(), autostart::is_on(app))
}
