//! *Streaming*: keeps gamertags and XUIDs out of what others may see.

use spartan_session::{
    error::{Cause, Error},
    redact::without_word,
    status::{AccountLine, Status},
};

use crate::shell::Shell;

/// Whether others may be watching, and what they mustn't see.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) enum Streaming {
    #[default]
    Off,
    On {
        /// Every known gamertag and XUID, longest first because one may be the beginning of another, and what's said
        /// instead.
        hidden: Vec<(String, String)>,
    },
}

impl Streaming {
    /// Returns the current state.
    pub(crate) fn of(shell: &Shell) -> Streaming {
        let streaming = shell.settings.choices().streaming;
        Streaming::new(streaming, &shell.session.status().borrow(), &shell.session.accounts().borrow())
    }

    /// Hides every known gamertag and XUID if `streaming` is set.
    pub(crate) fn new(streaming: bool, status: &Status, accounts: &[AccountLine]) -> Streaming {
        if !streaming {
            return Streaming::Off;
        }
        let with = |name: &Option<String>, by: &str| name.clone().map(|name| (name, by.to_owned()));
        let other = status.problem().and_then(other).map(|name| (name, "another account".to_owned()));
        let listed = accounts.iter().enumerate().flat_map(|(place, account)| {
            let by = account.name.clone().unwrap_or_else(|| format!("Account {}", place + 1));
            [&account.gamertag, &account.xuid].map(|name| with(name, &by))
        });
        let shown =
            status.signed_in().map(|shown| [&shown.gamertag, &shown.xuid].map(|name| with(name, "your account")));
        let known = listed.chain(shown.into_iter().flatten()).flatten();
        let mut hidden: Vec<(String, String)> = other.into_iter().chain(known).collect();
        hidden.sort_by_key(|(name, _)| std::cmp::Reverse(name.chars().count()));
        Streaming::On { hidden }
    }

    /// Returns a sentence without hidden names.
    pub(crate) fn redact(&self, words: &str) -> String {
        match self {
            Streaming::Off => words.to_owned(),
            Streaming::On { hidden } => {
                hidden.iter().fold(words.to_owned(), |words, (name, by)| without_word(&words, name, by))
            }
        }
    }

    /// Returns the name of the account at this place of the list. The person's own name for it comes before the gamertag.
    pub(crate) fn name(&self, own: Option<&str>, gamertag: Option<&str>, place: Option<usize>) -> String {
        match (self, own, gamertag, place) {
            (_, Some(own), _, _) => own.to_owned(),
            (Streaming::Off, None, Some(gamertag), _) => gamertag.to_owned(),
            (Streaming::Off, None, None, _) => "Xbox account".into(),
            (Streaming::On { .. }, None, _, Some(place)) => format!("Account {}", place + 1),
            (Streaming::On { .. }, None, _, None) => "Your account".into(),
        }
    }
}

/// Returns the gamertag that came instead of the expected one: it isn't in any list yet.
fn other(problem: &Error) -> Option<String> {
    match &problem.cause {
        Cause::OtherAccount { came, .. } => Some(came.clone()),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use spartan_session::{error::Step, status::SignedOut};

    use super::*;

    fn failed() -> Status {
        let cause = Cause::OtherAccount { expected: "ATag".into(), came: "BTag".into() };
        Status::SignedOut { why: SignedOut::Failed { problem: Error::new(Step::Page, cause) } }
    }

    #[test]
    fn while_nobody_watches_everything_is_said() {
        let streaming = Streaming::new(false, &failed(), &[]);
        assert_eq!(streaming.redact("You signed in as BTag."), "You signed in as BTag.");
        assert_eq!(streaming.name(None, Some("BTag"), Some(1)), "BTag");
        assert_eq!(streaming.name(None, None, Some(1)), "Xbox account");
    }

    #[test]
    fn while_others_watch_no_gamertag_is_said_and_an_own_name_is() {
        let streaming = Streaming::new(true, &failed(), &[]);
        let told = streaming.redact("You signed in as BTag, not BTags.");
        assert_eq!(told, "You signed in as another account, not BTags.");
        assert_eq!(streaming.name(None, Some("BTag"), Some(1)), "Account 2");
        assert_eq!(streaming.name(None, Some("BTag"), None), "Your account");
        assert_eq!(streaming.name(Some("Main"), Some("BTag"), Some(0)), "Main");
    }
}
