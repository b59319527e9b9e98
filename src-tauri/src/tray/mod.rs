//! The icon in the tray: there while something shows icons, drawn anew when what it shows has changed.

mod act;
mod draw;
mod host;
mod left;
mod menu;

use std::time::Duration;

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
    icon: watch::Sender<bool>,
    /// Something changed that no status tells.
    redraw: Notify,
}

/// The longest time between two looks: nobody tells when a start at login was switched off elsewhere.
const LOOK: Duration = Duration::from_secs(60);

/// How long a panel may take to come up at login, or to come back.
const PATIENCE: Duration = Duration::from_secs(10);

impl Tray {
    pub(crate) fn new(host: watch::Receiver<bool>) -> Tray {
        Tray { host, icon: watch::Sender::new(false), redraw: Notify::new() }
    }

    /// Something has changed that no status tells.
    pub(crate) fn redraw(&self) {
        self.redraw.notify_one();
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
            shell.tray.icon.send_if_modified(|there| std::mem::replace(there, drawn.is_some()) != drawn.is_some());
        }
        let lasts = Shown::lasts(&status.borrow(), Timestamp::now()).map_or(LOOK, |lasts| lasts.min(LOOK));
        tokio::select! {
            Ok(()) = host.changed() => {}
            Ok(()) = status.changed() => {}
            () = shell.tray.redraw.notified() => {}
            () = tokio::time::sleep(lasts) => {}
        }
    }
}

/// Never leaves the program where nobody can see it: where no icon comes, or none comes back, the window opens.
pub(crate) async fn stay_in_sight(app: AppHandle) {
    let mut icon = app.state::<Shell>().tray.icon.subscribe();
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

/// Whether the icon is there to open the window again.
pub(crate) fn is_there(app: &AppHandle) -> bool {
    *app.state::<Shell>().tray.icon.borrow()
}

fn shown(app: &AppHandle, status: &Status) -> Shown {
    Shown::of(status, Timestamp::now(), autostart::is_on(app))
}
