//! Known misconfigurations of an Azure app.

use serde::{Deserialize, Serialize};

/// A mistake in an Azure app's registration, or in its details as entered here.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum AppMisconfiguration {
    /// The client ID is unknown, or isn't that of an app for personal accounts; Microsoft doesn't distinguish the two.
    UnknownApp,
    /// The app is for work and school accounts only.
    NotPersonal,
    /// *Allow public client flows* is off.
    PublicFlowsOff,
    /// The secret isn't the app's.
    SecretWrong,
    /// The secret's ID was entered instead of its value.
    SecretId,
    /// The secret has expired.
    SecretExpired,
    /// A public app sent a secret.
    SecretUnasked,
    /// A web app sent no secret.
    SecretMissing,
    /// The redirect URI isn't a registered one.
    RedirectMismatch,
}

impl AppMisconfiguration {
    /// Every misconfiguration.
    pub const ALL: [AppMisconfiguration; 9] = [
        AppMisconfiguration::UnknownApp,
        AppMisconfiguration::NotPersonal,
        AppMisconfiguration::PublicFlowsOff,
        AppMisconfiguration::SecretWrong,
        AppMisconfiguration::SecretId,
        AppMisconfiguration::SecretExpired,
        AppMisconfiguration::SecretUnasked,
        AppMisconfiguration::SecretMissing,
        AppMisconfiguration::RedirectMismatch,
    ];
}
