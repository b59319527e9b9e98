//! What the page knows before its first paint.

use serde::Serialize;
use spartan_auth::status::Status;

/// What does not change while the program runs.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct About {
    version: &'static str,
    demo: bool,
    has_app: bool,
    keyring: &'static str,
}

impl About {
    /// `has_app`: this build carries an app, or one was used before.
    pub(crate) const fn new(has_app: bool) -> About {
        let keyring = if cfg!(windows) {
            "Windows Credential Manager"
        } else if cfg!(target_os = "macos") {
            "your keychain"
        } else {
            "your keyring"
        };
        About { version: env!("CARGO_PKG_VERSION"), demo: cfg!(feature = "demo"), has_app, keyring }
    }

    /// A script that runs before the page's own, so that the first paint needs no answer.
    pub(crate) fn script(&self, status: &Status) -> Result<String, serde_json::Error> {
        let start = serde_json::to_string(&serde_json::json!({ "about": self, "status": status }))?;
        Ok(format!("globalThis.start = {start};"))
    }
}
