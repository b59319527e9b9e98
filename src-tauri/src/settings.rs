//! The settings as they hold now, and what goes by them at once.

use std::time::Duration;

use spartan_auth::{
    places::Places,
    settings::{Choices, Settings},
};
use spartan_messages::Problem;
use tauri::{AppHandle, Manager};
use tokio::sync::watch;

use crate::{appearance, autostart, refusals::Refusal, start::Shell};

/// The settings, for whoever goes by them.
#[derive(Debug)]
pub(crate) struct Live(watch::Sender<Settings>);

impl Live {
    /// Reads the file for the first time.
    pub(crate) fn begin(app: &AppHandle, places: &Places) -> Live {
        Live(watch::Sender::new(read(app, places)))
    }

    /// The settings, now and whenever one changes.
    pub(crate) fn follow(&self) -> watch::Receiver<Settings> {
        self.0.subscribe()
    }

    /// What the person chose.
    pub(crate) fn choices(&self) -> Choices {
        self.0.borrow().choices.clone()
    }

    /// How long a copied token stays in the clipboard; `None` is for good.
    pub(crate) fn clears_after(&self) -> Option<Duration> {
        let seconds = self.0.borrow().choices.clipboard_seconds;
        seconds.map(|seconds| Duration::from_secs(u16::from(seconds).into()))
    }
}

/// Looks at the file and the system again: a person may have changed them elsewhere.
pub(crate) fn look_again(app: &AppHandle) {
    let shell = app.state::<Shell>();
    let read = read(app, &shell.places);
    let before = shell.settings.choices();
    let choices = read.choices.clone();
    let publish = |now: &mut Settings| {
        let is_new = now.choices != read.choices || now.problems != read.problems;
        *now = read;
        is_new
    };
    if shell.settings.0.send_if_modified(publish) {
        shell.log.tell(choices.log.into());
        shell.tray.redraw();
        for window in app.webview_windows().values() {
            appearance::change(window, &before, &choices);
        }
    }
}

/// Changes what the person chose; it holds when this returns.
pub(crate) async fn change(app: &AppHandle, choices: Choices) -> Result<(), Problem> {
    let shell = app.state::<Shell>();
    if choices.start_at_login != autostart::is_on(app) {
        autostart::set(app, choices.start_at_login).map_err(|error| Refusal::NoStartAtLogin.with(&error))?;
    }
    let written = Settings::choose(&shell.places, choices).await;
    look_again(app);
    written.map_err(Problem::from)
}

/// Whether the program starts at login, the system says: its entry may have been changed elsewhere.
fn read(app: &AppHandle, places: &Places) -> Settings {
    let mut settings = Settings::read(places);
    settings.choices.start_at_login = autostart::is_on(app);
    settings
}
