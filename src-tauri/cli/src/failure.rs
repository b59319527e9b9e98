//! A failure at a terminal: one line for a person, and an exit code for scripts.

use spartan_auth::error::Cause as AuthCause;
use spartan_messages::Problem;
use spartan_session::error::{Cause, Error, KeyCause, KeyFileCause, PastedCause, Remedy, SettingsCause, VaultCause};
use spartan_vault::account::choice::NotChosen;

use crate::{exit::Exit, table::plain};

/// A failure of a command.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Failure {
    /// The program's exit code.
    pub exit: Exit,
    /// The code of its cause; empty if it has none.
    pub key: String,
    /// What happened.
    pub what: String,
    /// What to do; empty if nothing helps.
    pub todo: String,
}

const LOST_KEY: &str = "If it's in another keyring, open that one. Otherwise, start afresh in the window of Spartan Tray; the old file is kept.";
const LOST_KEY_FILE: &str =
    "Restore a copy of the right key file. Without one, nothing opens the vault: move it elsewhere, and sign in again.";
const LOST_FILE: &str =
    "Restore a copy of it, or start afresh in the window of Spartan Tray; the old file is kept beside the new one.";

impl Failure {
    /// Returns a failure that isn't in the catalogue.
    pub fn new(exit: Exit, what: impl Into<String>, todo: impl Into<String>) -> Failure {
        Failure { exit, key: String::new(), what: what.into(), todo: todo.into() }
    }

    /// Returns the failure to choose one of several accounts.
    pub fn several(labels: impl Iterator<Item = String>) -> Failure {
        let labels = labels.collect::<Vec<_>>().join(", ");
        Failure::new(Exit::Account, format!("More than one account is signed in: {labels}."), "Name one of them.")
    }

    /// Returns what happened and what to do, in one line.
    pub fn line(&self) -> String {
        // Names come from other people, and a system's error may have several lines.
        plain(&[self.what.as_str(), self.todo.as_str()].join(" ")).trim_end().to_owned()
    }
}

impl From<&Error> for Failure {
    fn from(error: &Error) -> Failure {
        let Problem { code, message, help, .. } = Problem::from(error);
        let help = at_a_terminal(&error.cause).map_or(help, str::to_owned);
        let help = match error.remedy() {
            Remedy::Visit { page } => format!("{help} {page}"),
            _ => help,
        };
        Failure { exit: Exit::of(error), key: code, what: message, todo: help }
    }
}

impl From<Error> for Failure {
    fn from(error: Error) -> Failure {
        Failure::from(&error)
    }
}

impl From<spartan_auth::error::Error> for Failure {
    fn from(error: spartan_auth::error::Error) -> Failure {
        Failure::from(Error::from(error))
    }
}

impl From<spartan_vault::error::Error> for Failure {
    fn from(error: spartan_vault::error::Error) -> Failure {
        Failure::from(Error::from(error))
    }
}

/// Returns what to do at a terminal, if the usual words are about a window.
const fn at_a_terminal(cause: &Cause) -> Option<&'static str> {
    Some(match cause {
        Cause::Key(KeyCause::Locked) => {
            "Unlock it and try again; on a terminal this command may ask for its password. Nothing is lost."
        }
        Cause::Key(KeyCause::Dismissed) => "Unlock it and try again. Nothing is lost.",
        Cause::Key(KeyCause::NoKeyring) => {
            "Start one, or choose a file for the key: spartan vault init --key-file PATH. Nothing is lost."
        }
        Cause::Key(KeyCause::Missing | KeyCause::Garbled) | Cause::Vault(VaultCause::OtherKey) => LOST_KEY,
        Cause::KeyFile { why: KeyFileCause::Missing | KeyFileCause::Garbled | KeyFileCause::OtherKey, .. } => {
            LOST_KEY_FILE
        }
        Cause::Vault(VaultCause::Truncated | VaultCause::Foreign | VaultCause::Unreadable) => LOST_FILE,
        Cause::Settings(SettingsCause::NotUnderstood { .. }) => {
            "Fix it, then try again. Nothing is lost, and nothing was changed."
        }
        Cause::Auth(AuthCause::SignInExpired { .. } | AuthCause::NoRefreshToken) => "Sign in again: spartan sign-in",
        Cause::NotAccepted => "Sign in again: spartan sign-in. Nothing was changed here.",
        Cause::NotSignedIn => "Sign in: spartan sign-in",
        Cause::SignedOutElsewhere { .. } => "No other account was used instead. To add it again: spartan sign-in",
        Cause::OtherAccount { .. } => "Nothing was replaced. To add that account: spartan sign-in",
        Cause::Auth(AuthCause::Pasted(PastedCause::Several { .. })) => {
            "Choose one with --group NAME or --client-id ID."
        }
        Cause::NoApp => "Name an app: spartan sign-in --client-id ID",
        Cause::NotThisWay => "Choose another one with --way: browser, device or paste.",
        _ => return None,
    })
}

/// Returns what an account is called in a sentence.
pub fn called(name: Option<String>) -> String {
    name.unwrap_or_else(|| "an account without a name yet".into())
}

impl From<NotChosen> for Failure {
    fn from(none: NotChosen) -> Failure {
        let among = |labels: Vec<Option<String>>| labels.into_iter().map(called).collect::<Vec<_>>().join(", ");
        match none {
            NotChosen::Nobody => Failure::new(Exit::SignIn, "Nobody is signed in.", "Sign in: spartan sign-in"),
            NotChosen::Unknown { wanted, known } => Failure::new(
                Exit::Account,
                format!("No account is called \"{wanted}\"."),
                format!("Signed in: {}.", among(known)),
            ),
            NotChosen::Ambiguous { wanted, candidates } => Failure::new(
                Exit::Account,
                format!("More than one account is called \"{wanted}\": {}.", among(candidates)),
                "Name it by its XUID.",
            ),
        }
    }
}

#[cfg(test)]
mod tests {
    use spartan_session::error::Step;

    use super::*;
    use crate::exit::tests::causes;

    #[test]
    fn nobody_at_a_terminal_is_told_to_press_or_paste_in_a_window() {
        for cause in causes() {
            let is_of_key_file = matches!(cause, Cause::KeyFile { .. });
            let error = Error::new(Step::Page, cause);
            let todo = Failure::from(&error).todo;
            let is_of_a_window =
                ["button", "click", "press", "start this program again"].iter().any(|word| todo.contains(word));
            assert!(!is_of_a_window, "{error}: {todo}");
            // If the key is in a file, there's usually no window.
            let has_window = error.remedy() == Remedy::StartAfresh && !is_of_key_file;
            assert!(!has_window || todo.contains("window of Spartan Tray"), "{error}: {todo}");
        }
    }

    #[test]
    fn a_page_that_helps_is_named() {
        let xerr = spartan_session::error::XErr(2_148_916_233);
        let link = "https://start.ui.xboxlive.com/CreateAccount".parse().ok();
        let failure = Failure::from(Error::new(Step::Page, Cause::Auth(AuthCause::Account { xerr, link })));
        assert!(failure.line().ends_with("https://start.ui.xboxlive.com/CreateAccount"), "{}", failure.line());
    }
}
