//! What the page knows before its first paint.

use serde::Serialize;
use spartan_auth::{settings::Settings, status::Status};

use crate::start::Shell;

/// What does not change while the page is open.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct About {
    version: &'static str,
    demo: bool,
    has_app: bool,
    keyring: &'static str,
}

impl About {
    /// What is so at this moment.
    pub(crate) fn of(shell: &Shell) -> About {
        let keyring = if cfg!(windows) {
            "Windows Credential Manager"
        } else if cfg!(target_os = "macos") {
            "your keychain"
        } else {
            "your keyring"
        };
        About { version: env!("CARGO_PKG_VERSION"), demo: cfg!(feature = "demo"), has_app: has_app(shell), keyring }
    }

    /// A script that runs before the page's own, so that the first paint needs no answer.
    pub(crate) fn script(&self, status: &Status) -> Result<String, serde_json::Error> {
        let start = serde_json::to_string(&serde_json::json!({ "about": self, "status": status }))?;
        Ok(format!("globalThis.start = {start};"))
    }
}

/// Whether there is an app to sign in through: this build carries one, or one was used before.
pub(crate) fn has_app(shell: &Shell) -> bool {
    shell.built_in.is_some() || Settings::read(&shell.places).last_app().is_some()
}
