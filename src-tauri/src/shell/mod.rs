//! The state that commands, windows, tray and notifications share.

pub(crate) mod live_settings;
pub(crate) mod removal_state;
pub(crate) mod tray_state;
pub(crate) mod window_life;

use std::sync::{Mutex, atomic::AtomicU32};

use spartan_auth::app_check::Checked;
use spartan_messages::Problem;
use spartan_session::{environment::Environment, error::Error, session::Session, status::Snapshot};
use spartan_vault::{
    fs::{lock::Lock, paths::Paths},
    key::key_place::KeyPlace,
};
use tauri::async_runtime::JoinHandle;
use tokio::sync::watch;

use self::{live_settings::LiveSettings, removal_state::Removal, tray_state::TrayState, window_life::Life};
use crate::{
    clipboard::Clipboard,
    launch::Surroundings,
    log::Log,
    page_request::PageRequests,
    recent::Recent,
    streaming::{ForPage, Refused, Streaming},
    window_state::WindowState,
};

/// The parts of the program, which Tauri keeps until it ends. It knows no command and no window.
pub(crate) struct Shell {
    pub(crate) session: Session,
    pub(crate) clipboard: Clipboard,
    /// The page's current subscription.
    pub(crate) subscription: Mutex<Option<JoinHandle<()>>>,
    /// The paths of the program's files.
    pub(crate) paths: Paths,
    /// The location of the vault's key.
    pub(crate) keys: KeyPlace,
    /// The number of sign-in windows so far. Each has its own label, because a label stays taken until its window is gone.
    pub(crate) sign_ins: AtomicU32,
    /// The state of the main window.
    pub(crate) window: Mutex<Life>,
    pub(crate) page_requests: PageRequests,
    pub(crate) window_state: WindowState,
    pub(crate) tray: TrayState,
    pub(crate) settings: LiveSettings,
    pub(crate) log: Log,
    /// The hosts that this build talks to.
    pub(crate) environment: Environment,
    pub(crate) surroundings: Surroundings,
    /// Microsoft's last answer about an app, by its client ID.
    pub(crate) checked: Recent<String, Result<Checked, Error>>,
    /// The last report.
    pub(crate) diagnosed: Recent<(), String>,
    /// The state of removing everything.
    pub(crate) removal: watch::Sender<Removal>,
    /// Shows other programs that this one is running, until it ends.
    pub(crate) _running: Option<Lock>,
}

impl Shell {
    /// Returns what others mustn't see now.
    pub(crate) fn streaming(&self) -> Streaming {
        let is_on = self.settings.choices().streaming;
        let snapshot = self.session.snapshot();
        let Snapshot { shown, accounts } = &*snapshot.borrow();
        Streaming::new(is_on, shown, accounts)
    }

    /// Returns a result for the page.
    pub(crate) fn answer<T>(&self, done: Result<T, impl Refused>) -> Result<T, ForPage<Problem>> {
        done.map_err(|refusal| self.streaming().refusal(refusal))
    }
}
