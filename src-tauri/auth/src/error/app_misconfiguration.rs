//! What can be wrong with an Azure app.

use serde::{Deserialize, Serialize};

/// What is wrong with how an Azure app is registered, or with what is entered of it here.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum AppMisconfiguration {
    /// Nobody knows the client id, or not among the apps for personal accounts: Microsoft does not tell the two apart.
    UnknownApp,
    /// It is for work and school accounts alone.
    NotPersonal,
    /// *Allow public client flows* is off.
    PublicFlowsOff,
    /// The secret is not the app's.
    SecretWrong,
    /// The secret's id was entered in place of its value.
    SecretId,
    /// The secret has expired.
    SecretExpired,
    /// A public app sent one.
    SecretUnasked,
    /// A web app sent none.
    SecretMissing,
    /// The redirect URI is not the registered one.
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
