//! The current settings, which the rest of the shell follows.

use std::time::Duration;

use spartan_session::settings::{Choices, Settings};
use spartan_vault::fs::paths::Paths;
use tauri::AppHandle;
use tokio::sync::watch;

use crate::autostart;

/// The current settings.
#[derive(Debug)]
pub(crate) struct LiveSettings(watch::Sender<Settings>);

/// A change of what the person chose.
pub(crate) struct Change {
    pub(crate) before: Choices,
    pub(crate) now: Choices,
}

impl LiveSettings {
    /// Reads the file for the first time.
    pub(crate) fn begin(app: &AppHandle, paths: &Paths) -> LiveSettings {
        LiveSettings(watch::Sender::new(read(app, paths)))
    }

    /// Returns the settings, now and whenever one changes.
    pub(crate) fn follow(&self) -> watch::Receiver<Settings> {
        self.0.subscribe()
    }

    /// Returns the person's choices.
    pub(crate) fn choices(&self) -> Choices {
        self.0.borrow().choices.clone()
    }

    /// Returns how long a copied token stays in the clipboard; `None` if it isn't cleared.
    pub(crate) fn clears_after(&self) -> Option<Duration> {
        let seconds = self.0.borrow().choices.clipboard_seconds;
        seconds.map(|seconds| Duration::from_secs(u16::from(seconds).into()))
    }

    /// Reads the file again, and publishes and returns what has changed.
    pub(crate) fn read_again(&self, app: &AppHandle, paths: &Paths) -> Option<Change> {
        let read = read(app, paths);
        let change = Change { before: self.choices(), now: read.choices.clone() };
        let publish = |now: &mut Settings| {
            let is_new = now.choices != read.choices || now.problems != read.problems;
            *now = read;
            is_new
        };
        self.0.send_if_modified(publish).then_some(change)
    }
}

/// Reads the settings. Whether the program starts at login comes from the system, where its entry may have been changed.
fn read(app: &AppHandle, paths: &Paths) -> Settings {
    let mut settings = Settings::read(paths);
    settings.choices.start_at_login = autostart::is_on(app);
    settings
}
