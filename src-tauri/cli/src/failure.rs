//! What went wrong, as somebody at a terminal meets it: one line, and a code for scripts.

use spartan_auth::{choice::NotChosen, error::Error, trouble::Trouble};

use crate::{exit::Exit, out, table::plain};

/// What went wrong.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Failure {
    /// What the program ends with.
    pub exit: Exit,
    /// The catalogue's key; empty where it has none.
    pub key: String,
    /// What happened.
    pub what: String,
    /// What to do; empty where there is nothing.
    pub todo: String,
}

/// What to do where the catalogue's words are about a window, by key or the beginning of one; the longest counts.
const TODOS: [(&str, &str); 23] = [
    (
        "keyring.locked",
        "Unlock it and try again; on a terminal this command may ask for its password. Nothing is lost.",
    ),
    ("keyring.dismissed", "Unlock it and try again. Nothing is lost."),
    ("keyring.key_", LOST_KEY),
    ("keyring.none", "Start one, or choose a file for the key: spartan vault init --key-file PATH. Nothing is lost."),
    ("settings.not_understood", "Mend it, then try again. Nothing is lost, and nothing was changed."),
    ("key_file.missing", LOST_KEY_FILE),
    ("key_file.garbled", LOST_KEY_FILE),
    ("key_file.other_key", LOST_KEY_FILE),
    ("vault.other_key", LOST_KEY),
    ("vault.truncated", LOST_FILE),
    ("vault.foreign", LOST_FILE),
    ("vault.unreadable", LOST_FILE),
    ("oauth.invalid_grant", AGAIN),
    ("oauth.login_required", AGAIN),
    ("oauth.interaction_required", AGAIN),
    ("oauth.consent_required", AGAIN),
    ("oauth.no_refresh_token", AGAIN),
    ("page.not_accepted", "Sign in again: spartan sign-in. Nothing was changed here."),
    ("account.none", "Sign in: spartan sign-in"),
    ("account.another", "Nothing was replaced. To add that account: spartan sign-in"),
    ("pasted.several", "Choose one with --group NAME or --client-id ID."),
    ("app.none", "Name the app: spartan sign-in --client-id ID"),
    ("way.not_allowed", "Choose another one with --way: browser, device or paste."),
];

const AGAIN: &str = "Sign in again: spartan sign-in";
const LOST_KEY: &str = "If it lies in another keyring, open that one. Otherwise the window of Spartan Tray can start afresh; the old file stays.";
const LOST_KEY_FILE: &str = "Put a copy of the right key file back. Without one nothing opens the vault: it can be moved elsewhere, and somebody signs in anew.";
const LOST_FILE: &str =
    "Put a copy of it back, or start afresh in the window of Spartan Tray; the old file is kept beside the new one.";

impl Failure {
    /// One that the catalogue does not have.
    pub fn new(exit: Exit, what: impl Into<String>, todo: impl Into<String>) -> Failure {
        Failure { exit, key: String::new(), what: what.into(), todo: todo.into() }
    }

    /// Somebody has to say which of these accounts is meant.
    pub fn several(labels: impl Iterator<Item = String>) -> Failure {
        let labels = labels.collect::<Vec<_>>().join(", ");
        Failure::new(Exit::Account, format!("More than one account is signed in: {labels}."), "Name the one.")
    }

    /// On standard error, in one line; somebody who pressed Ctrl-C knows.
    pub fn say(&self) {
        if !self.what.is_empty() {
            out::say(&format!("spartan: {}", self.line()));
        }
    }

    /// What happened and what to do.
    pub fn line(&self) -> String {
        // Names are other people's, and an error of the system's may have lines.
        plain(&[self.what.as_str(), self.todo.as_str()].join(" ")).trim_end().to_owned()
    }
}

impl From<&Trouble> for Failure {
    fn from(trouble: &Trouble) -> Failure {
        let fitting = TODOS.iter().filter(|(beginning, _)| trouble.key.starts_with(beginning));
        let todo = fitting.max_by_key(|(beginning, _)| beginning.len()).map(|(_, todo)| (*todo).to_owned());
        let page = trouble.button.as_ref().and_then(|button| button.link.as_ref());
        let todo = todo.unwrap_or_else(|| trouble.todo.clone());
        let todo = page.map_or(todo.clone(), |page| format!("{todo} {page}"));
        Failure { exit: Exit::of(trouble), key: trouble.key.clone(), what: trouble.what.clone(), todo }
    }
}

impl From<Trouble> for Failure {
    fn from(trouble: Trouble) -> Failure {
        Failure::from(&trouble)
    }
}

impl From<Error> for Failure {
    fn from(error: Error) -> Failure {
        Failure::from(&Trouble::from(&error))
    }
}

impl From<NotChosen> for Failure {
    fn from(none: NotChosen) -> Failure {
        let among = |names: &[String]| names.join(", ");
        match none {
            NotChosen::Nobody => Failure::new(Exit::SignIn, "Nobody is signed in.", "Sign in: spartan sign-in"),
            NotChosen::Unknown { wanted, known } => Failure::new(
                Exit::Account,
                format!("No account is called \"{wanted}\"."),
                format!("Signed in: {}.", among(&known)),
            ),
            NotChosen::Ambiguous { wanted, candidates } => Failure::new(
                Exit::Account,
                format!("More than one account is called \"{wanted}\": {}.", among(&candidates)),
                "Name the one by its XUID.",
            ),
        }
    }
}

#[cfg(test)]
mod tests {
    use spartan_auth::{
        catalogue::{self, Help},
        error::{Cause, Step},
    };

    use super::*;

    #[test]
    fn every_sentence_of_our_own_is_for_something_that_the_catalogue_has() {
        for (beginning, todo) in TODOS {
            let mut entries = catalogue::AREAS.into_iter().flatten();
            assert!(entries.any(|entry| entry.key.starts_with(beginning)), "{beginning}");
            assert!(!todo.contains('!') && !todo.is_empty(), "{todo}");
        }
    }

    #[test]
    fn nobody_at_a_terminal_is_told_to_press_or_paste_in_a_window() {
        for entry in catalogue::AREAS.into_iter().flatten().filter(|entry| !entry.key.starts_with("check.")) {
            let todo = Failure::from(&Trouble::of(entry, "")).todo;
            let is_of_a_window =
                ["button", "click", "press", "start this program again"].iter().any(|word| todo.contains(word));
            assert!(!is_of_a_window, "{}: {todo}", entry.key);
            // Where the key is in a file there is no window as a rule.
            let has_window = entry.help == Help::StartAfresh && !entry.key.starts_with("key_file.");
            assert!(!has_window || todo.contains("window of Spartan Tray"), "{}: {todo}", entry.key);
        }
    }

    #[test]
    fn a_page_that_helps_is_named() {
        let xerr = spartan_auth::xerr::XErr(2_148_916_233);
        let link = "https://start.ui.xboxlive.com/CreateAccount".parse().ok();
        let failure = Failure::from(Error::new(Step::Page, Cause::Account { xerr, link }));
        assert!(failure.line().ends_with("https://start.ui.xboxlive.com/CreateAccount"), "{}", failure.line());
    }
}
