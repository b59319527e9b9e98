//! An Azure app as it's published.

use serde::Serialize;
use spartan_auth::azure_app::{AzureApp, Platform};
use uuid::Uuid;

/// An Azure app without its secret.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub struct AppLine {
    /// The *Application (client) ID*.
    pub client_id: Uuid,
    /// The redirect URI, to which Microsoft sends the code.
    pub redirect_uri: String,
    /// The Microsoft host that signs in.
    pub platform: Platform,
    /// Whether it has a secret.
    pub has_secret: bool,
}

impl From<&AzureApp> for AppLine {
    fn from(app: &AzureApp) -> AppLine {
        AppLine {
            client_id: app.client_id,
            redirect_uri: app.redirect_uri.as_str().to_owned(),
            platform: app.platform,
            has_secret: app.secret.is_some(),
        }
    }
}
