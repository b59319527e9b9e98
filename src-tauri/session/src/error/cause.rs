//! Why a step failed.

use std::{borrow::Cow, fmt, path::PathBuf, time::Duration};

use spartan_auth::error::Cause as AuthCause;
use spartan_vault::error::{KeyCause, KeyFileCause, SettingsCause, VaultCause};

use super::TokenFileCause;

/// Why a step failed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Cause {
    /// A request, a redirect, an app or pasted text is the cause.
    Auth(AuthCause),
    /// Microsoft refused the authorization code or refresh token of a sign-in because it has expired or was already
    /// used.
    NotAccepted,
    /// No app was specified, and none was used before.
    NoApp,
    /// A sign-in or renewal is already in progress.
    Busy,
    /// Nobody is signed in.
    NotSignedIn,
    /// Another program signed the account out.
    SignedOutElsewhere {
        /// The account's display name, if it has one that may be shown.
        account: Option<String>,
    },
    /// Xbox hasn't yet reported which account it is.
    Unnamed,
    /// Halo hasn't issued a clearance yet.
    NoClearance,
    /// The account is only in memory, where no other program can find it.
    SessionOnly,
    /// Microsoft's page takes too long to render, or can't be loaded.
    PageNotLoaded,
    /// Microsoft's page didn't redirect back, as happens if the client ID or redirect URI isn't registered.
    PageSilent,
    /// The text isn't an address, or isn't one at which a sign-in ends.
    NotThePage,
    /// No local port is free for the browser's redirect; if the app specifies a port, that one isn't free.
    NoPort {
        /// The port in the app's redirect URI.
        port: Option<u16>,
    },
    /// The app doesn't support the chosen sign-in method.
    NotThisWay,
    /// The user signed in with a different Xbox account than the one that had to sign in again.
    OtherAccount {
        /// The expected account.
        expected: String,
        /// The account that signed in.
        came: String,
    },
    /// The key is unavailable.
    Key(KeyCause),
    /// The key file that the user chose can't be used.
    KeyFile {
        /// The key file.
        path: PathBuf,
        /// Why it can't be used.
        why: KeyFileCause,
    },
    /// The program's files belong to a different user than the one running it.
    OtherOwner {
        /// The file or folder.
        path: PathBuf,
    },
    /// The vault file can't be opened or written.
    Vault(VaultCause),
    /// The settings file can't be used.
    Settings(SettingsCause),
    /// A token file can't be kept fresh.
    TokenFile(TokenFileCause),
    /// This computer's clock is far off.
    ClockOff {
        /// Seconds by which the clock is ahead of the services' time; negative if it's behind.
        ahead: i64,
    },
    /// No service has confirmed this computer's clock since the computer was restarted.
    ClockUnconfirmed,
    /// This computer's clock is behind by an unknown amount, so that nobody knows which tokens are still valid.
    ClockBehind,
    /// A service asked for a wait before the next request.
    AskedToWait {
        /// The rest of that wait.
        left: Duration,
        /// The error with which the service asked for it.
        because: Box<Cause>,
    },
}

impl Cause {
    /// Returns the code of this cause. It contains no name of a person or file; a service's own code may be part of it.
    #[must_use]
    pub fn code(&self) -> Cow<'static, str> {
        match self {
            Cause::Auth(cause) => return cause.code(),
            Cause::AskedToWait { because, .. } => return because.code(),
            Cause::NotAccepted => "page.not_accepted",
            Cause::NoApp => "app.none",
            Cause::PageNotLoaded => "page.not_loaded",
            Cause::PageSilent => "page.silent",
            Cause::NotThePage => "page.not_the_address",
            Cause::NoPort { port: Some(_) } => "port.taken",
            Cause::NoPort { port: None } => "port.none",
            Cause::NotThisWay => "way.not_allowed",
            Cause::OtherAccount { .. } => "account.another",
            Cause::NotSignedIn => "account.none",
            Cause::SignedOutElsewhere { .. } => "account.signed_out_elsewhere",
            Cause::Unnamed => "account.unnamed",
            Cause::NoClearance => "account.no_clearance",
            Cause::SessionOnly => "account.session_only",
            Cause::Busy => "account.busy",
            Cause::Key(cause) => cause.code(),
            Cause::KeyFile { why, .. } => why.code(),
            Cause::OtherOwner { .. } => "vault.other_owner",
            Cause::Vault(cause) => cause.code(),
            Cause::Settings(cause) => cause.code(),
            Cause::TokenFile(cause) => cause.code(),
            Cause::ClockOff { .. } => "clock.off",
            Cause::ClockUnconfirmed => "clock.unconfirmed",
            Cause::ClockBehind => "clock.behind",
        }
        .into()
    }
}

/// Formats the cause for a log: the code and details that identify neither a person nor their files.
impl fmt::Display for Cause {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Cause::Auth(cause) = self {
            return cause.fmt(f);
        }
        f.write_str(&self.code())?;
        match self {
            Cause::Vault(VaultCause::Io { kind })
            | Cause::KeyFile { why: KeyFileCause::Io { kind }, .. }
            | Cause::Settings(SettingsCause::Io { kind })
            | Cause::TokenFile(TokenFileCause::Io { kind, .. }) => write!(f, " ({kind})"),
            Cause::ClockOff { ahead } => write!(f, " ({ahead} s ahead)"),
            Cause::AskedToWait { left, .. } => write!(f, " (wait {} s)", left.as_secs()),
            _ => Ok(()),
        }
    }
}
