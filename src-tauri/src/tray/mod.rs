//! The icon in the tray: there while something shows icons, drawn anew when what it shows has changed.

mod act;
mod draw;
mod entry;
mod host;
mod left;
mod menu;
mod words;

use std::{
    sync::{
        Mutex, PoisonError,
        atomic::{AtomicBool, Ordering},
    },
    time::{Duration, Instant},
};

use jiff::Timestamp;
use spartan_auth::status::{AccountLine, Status};
use tauri::{AppHandle, Manager};
use tokio::sync::{Notify, watch};

use self::menu::{Shown, View};
pub(crate) use self::{
    act::{icon_event, menu_event, sign_in},
    host::look,
};
use crate::{commands::tokens::Copied, main_window, settings, start::Shell};

/// What the rest of the shell knows of the tray.
#[derive(Debug)]
pub(crate) struct Tray {
    /// Whether anything shows icons.
    host: watch::Receiver<bool>,
    /// Whether the icon is there.
    icon: watch::Sender<bool>,
    /// Something changed that no status tells.
    redraw: Notify,
    /// A line was clicked: whoever draws the menu turns a tick by themselves.
    clicked: AtomicBool,
    said: Mutex<Option<Said>>,
}

/// Words about what was just done.
#[derive(Debug)]
struct Said {
    words: String,
    until: Instant,
}

/// How long words about what was just done stay.
const READING: Duration = Duration::from_secs(6);

/// The longest time between two looks: nobody tells when a start at login was switched off elsewhere.
const LOOK: Duration = Duration::from_secs(60);

/// How long a panel may take to come up at login, or to come back.
const PATIENCE: Duration = Duration::from_secs(10);

impl Tray {
    pub(crate) fn new(host: watch::Receiver<bool>) -> Tray {
        Tray {
            host,
            icon: watch::Sender::new(false),
            redraw: Notify::new(),
            clicked: AtomicBool::default(),
            said: Mutex::default(),
        }
    }

    /// Something has changed that no status tells.
    pub(crate) fn redraw(&self) {
        self.redraw.notify_one();
    }

    /// The menu is drawn anew, whatever it should be.
    fn clicked(&self) {
        self.clicked.store(true, Ordering::Relaxed);
        self.redraw();
    }

    /// Says for a moment what was copied, where a window may not be there to say so.
    fn say_copied(&self, Copied { format, expires_at, .. }: Copied, status: &Status) {
        let clock_error_ms = status.signed_in().map_or(0, |shown| shown.clock_error_ms);
        let words = words::copied(format, expires_at, words::services_time(Timestamp::now(), clock_error_ms));
        let said = Said { words, until: Instant::now() + READING };
        *self.said.lock().unwrap_or_else(PoisonError::into_inner) = Some(said);
        self.redraw();
    }

    /// What is still to be said, and for how long.
    fn said(&self) -> Option<(String, Duration)> {
        let mut said = self.said.lock().unwrap_or_else(PoisonError::into_inner);
        said.take_if(|said| said.until <= Instant::now());
        said.as_ref().map(|said| (said.words.clone(), said.until.saturating_duration_since(Instant::now())))
    }
}

/// Keeps the icon as it should be, for as long as the program runs.
pub(crate) async fn keep(app: AppHandle) {
    let shell = app.state::<Shell>();
    let mut host = shell.tray.host.clone();
    let (mut status, mut accounts) = (shell.session.status(), shell.session.accounts());
    let mut drawn: Option<Shown> = None;
    loop {
        settings::look_again(&app);
        let (shown, lasts) = shown(&shell, &status.borrow_and_update(), &accounts.borrow_and_update());
        let wanted = host.borrow_and_update().then_some(shown);
        if shell.tray.clicked.swap(false, Ordering::Relaxed) {
            drawn = drawn.map(|drawn| Shown { menu: Vec::new(), ..drawn });
        }
        if wanted != drawn {
            drawn = draw::change(&app, drawn, wanted).await;
            shell.tray.icon.send_if_modified(|there| std::mem::replace(there, drawn.is_some()) != drawn.is_some());
        }
        tokio::select! {
            Ok(()) = host.changed() => {}
            Ok(()) = status.changed() => {}
            Ok(()) = accounts.changed() => {}
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

/// What is to be shown now, and for how long that is right by itself.
fn shown(shell: &Shell, status: &Status, accounts: &[AccountLine]) -> (Shown, Duration) {
    let (said, choices) = (shell.tray.said(), shell.settings.choices());
    let words = said.as_ref().map(|(words, _)| words.as_str());
    let view = View { status, accounts, choices: &choices, said: words, now: Timestamp::now() };
    let lasts = view.lasts().into_iter().chain(said.as_ref().map(|(_, left)| *left)).fold(LOOK, Duration::min);
    (Shown::of(view), lasts)
}
