//! The codes that the program ends with: a contract with scripts.

use std::process::ExitCode;

use spartan_auth::{
    catalogue::{self, Help},
    trouble::Trouble,
};

/// How the program ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Exit {
    /// 0: it did what was asked.
    Done,
    /// 1: it failed, and may succeed later.
    Failed,
    /// 2: the command line, or what was given to it, is not understood.
    Usage,
    /// 3: somebody must sign in.
    SignIn,
    /// 4: the keyring or the vault cannot be opened.
    Vault,
    /// 5: the account is not known, or several are called that.
    Account,
    /// 6: Microsoft, Xbox or Halo refused.
    Refused,
    /// 126: the command was found and could not be started.
    NotStarted,
    /// 127: the command was not found.
    NotFound,
    /// 130: interrupted.
    Interrupted,
    /// What another program ended with.
    #[cfg_attr(unix, allow(dead_code, reason = "there the program becomes the other one"))]
    Its(u8),
}

/// Where an entry of the catalogue leads, by its key or the beginning of it; the longest counts.
const CODES: [(&str, Exit); 31] = [
    ("", Exit::Failed),
    ("refused.", Exit::Refused),
    ("xbox.", Exit::Refused),
    ("oauth.", Exit::Refused),
    ("app.", Exit::Refused),
    ("app.not_a_guid", Exit::Usage),
    ("app.redirect_not_allowed", Exit::Usage),
    ("app.nothing_found", Exit::Usage),
    ("app.no_client_id", Exit::Usage),
    ("app.none", Exit::Usage),
    ("way.", Exit::Usage),
    ("page.not_the_address", Exit::Usage),
    ("page.", Exit::Refused),
    ("page.silent", Exit::Failed),
    ("page.server_error", Exit::Failed),
    ("page.temporarily_unavailable", Exit::Failed),
    ("page.cancelled", Exit::SignIn),
    ("page.foreign", Exit::SignIn),
    ("page.interaction_required", Exit::SignIn),
    ("page.login_required", Exit::SignIn),
    ("page.consent_required", Exit::SignIn),
    ("oauth.invalid_grant", Exit::SignIn),
    ("oauth.login_required", Exit::SignIn),
    ("oauth.interaction_required", Exit::SignIn),
    ("oauth.consent_required", Exit::SignIn),
    ("oauth.no_refresh_token", Exit::SignIn),
    ("code.", Exit::SignIn),
    ("account.none", Exit::SignIn),
    ("account.another", Exit::Account),
    ("keyring.", Exit::Vault),
    ("vault.", Exit::Vault),
];

impl Exit {
    /// What a trouble ends with.
    pub fn of(trouble: &Trouble) -> Exit {
        match trouble.key.as_str() {
            // One that an earlier version kept.
            "" if trouble.asks_to_sign_in() => Exit::SignIn,
            key => Exit::of_key(key),
        }
    }

    fn of_key(key: &str) -> Exit {
        // Of Xbox's own codes some are outages.
        if key.starts_with("xbox.") && catalogue::find(key).help == Help::Time {
            return Exit::Failed;
        }
        let fitting = CODES.iter().filter(|(beginning, _)| key.starts_with(beginning));
        fitting.max_by_key(|(beginning, _)| beginning.len()).map_or(Exit::Failed, |(_, exit)| *exit)
    }

    const fn code(self) -> u8 {
        match self {
            Exit::Done => 0,
            Exit::Failed => 1,
            Exit::Usage => 2,
            Exit::SignIn => 3,
            Exit::Vault => 4,
            Exit::Account => 5,
            Exit::Refused => 6,
            Exit::NotStarted => 126,
            Exit::NotFound => 127,
            Exit::Interrupted => 130,
            Exit::Its(code) => code,
        }
    }
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> ExitCode {
        exit.code().into()
    }
}
