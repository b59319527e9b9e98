//! The state of the tray that the rest of the shell reads and changes.

use std::{
    sync::{
        Mutex, PoisonError,
        atomic::{AtomicBool, Ordering},
    },
    time::{Duration, Instant},
};

use tokio::sync::{Notify, watch};

/// The state of the tray.
#[derive(Debug)]
pub(crate) struct TrayState {
    /// Whether anything shows icons.
    pub(crate) host: watch::Receiver<bool>,
    /// Whether the icon is shown.
    icon: watch::Sender<bool>,
    redraw: Notify,
    /// Whether a line was clicked since the menu was last drawn.
    clicked: AtomicBool,
    said: Mutex<Option<Said>>,
}

/// Words about what was just done.
#[derive(Debug)]
struct Said {
    words: String,
    until: Instant,
}

/// How long words about what was just done are shown.
const READING: Duration = Duration::from_secs(6);

impl TrayState {
    /// Returns the state at the start, without an icon. `host` says whether anything shows icons.
    pub(crate) fn new(host: watch::Receiver<bool>) -> TrayState {
        TrayState {
            host,
            icon: watch::Sender::new(false),
            redraw: Notify::new(),
            clicked: AtomicBool::default(),
            said: Mutex::default(),
        }
    }

    /// Returns whether the icon is shown, so that the window can be opened again.
    pub(crate) fn is_there(&self) -> bool {
        *self.icon.borrow()
    }

    /// Reports a change that no status contains.
    pub(crate) fn redraw(&self) {
        self.redraw.notify_one();
    }

    /// Waits for a change that no status contains.
    pub(crate) async fn changed(&self) {
        self.redraw.notified().await;
    }

    /// Returns whether the icon is shown, now and whenever that changes.
    pub(crate) fn follow_icon(&self) -> watch::Receiver<bool> {
        self.icon.subscribe()
    }

    /// Records whether the icon is shown.
    pub(crate) fn set_icon(&self, is_there: bool) {
        self.icon.send_if_modified(|there| std::mem::replace(there, is_there) != is_there);
    }

    /// Has the menu drawn again even if it's the same: the desktop may have changed a tick by itself.
    pub(crate) fn clicked(&self) {
        self.clicked.store(true, Ordering::Relaxed);
        self.redraw();
    }

    /// Returns whether a line was clicked since the last call.
    pub(crate) fn take_clicked(&self) -> bool {
        self.clicked.swap(false, Ordering::Relaxed)
    }

    /// Shows words about what was just done for a moment, because there may be no window to show them.
    pub(crate) fn say(&self, words: String) {
        let said = Said { words, until: Instant::now() + READING };
        *self.said.lock().unwrap_or_else(PoisonError::into_inner) = Some(said);
        self.redraw();
    }

    /// Returns the words to show, and for how much longer.
    pub(crate) fn said(&self) -> Option<(String, Duration)> {
        let mut said = self.said.lock().unwrap_or_else(PoisonError::into_inner);
        said.take_if(|said| said.until <= Instant::now());
        said.as_ref().map(|said| (said.words.clone(), said.until.saturating_duration_since(Instant::now())))
    }
}
