//! *Streaming*: what is said while others may watch, without a gamertag or an XUID.

use spartan_auth::{
    error::{Cause, Error},
    redact::without_word,
    status::{AccountLine, Status},
};

use crate::start::Shell;

/// What is not to be read; nothing while nobody watches.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Veil {
    hidden: Vec<String>,
    streaming: bool,
}

impl Veil {
    /// The veil as it is now.
    pub(crate) fn of(shell: &Shell) -> Veil {
        let streaming = shell.settings.choices().streaming;
        Veil::new(streaming, &shell.session.status().borrow(), &shell.session.accounts().borrow())
    }

    /// Over every gamertag and XUID that is known.
    pub(crate) fn new(streaming: bool, status: &Status, accounts: &[AccountLine]) -> Veil {
        if !streaming {
            return Veil::default();
        }
        let shown = status.signed_in().into_iter().flat_map(|shown| [&shown.gamertag, &shown.xuid]);
        let listed = accounts.iter().flat_map(|account| [&account.gamertag, &account.xuid]);
        let mut hidden: Vec<String> = shown.chain(listed).flatten().cloned().collect();
        hidden.extend(status.problem().and_then(other));
        Veil { hidden, streaming }
    }

    /// A sentence as it may be read.
    pub(crate) fn over(&self, words: &str) -> String {
        self.hidden.iter().fold(words.to_owned(), |words, hidden| without_word(&words, hidden, "your account"))
    }

    /// What an account is called, at this place of the list: by its person's own name before the gamertag.
    pub(crate) fn name(&self, own: Option<&str>, gamertag: Option<&str>, place: Option<usize>) -> String {
        match (own, gamertag, place) {
            (Some(own), _, _) => own.to_owned(),
            (None, Some(gamertag), _) if !self.streaming => gamertag.to_owned(),
            (None, None, _) if !self.streaming => "Xbox account".into(),
            (None, _, Some(place)) => format!("Account {}", place + 1),
            (None, _, None) => "Your account".into(),
        }
    }
}

/// Who came in the place of the one that was to sign in again is in no list yet.
fn other(problem: &Error) -> Option<String> {
    match &problem.cause {
        Cause::OtherAccount { came, .. } => Some(came.clone()),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use spartan_auth::{error::Step, status::SignedOut};

    use super::*;

    fn failed() -> Status {
        let cause = Cause::OtherAccount { expected: "ATag".into(), came: "BTag".into() };
        Status::SignedOut { why: SignedOut::Failed { problem: Error::new(Step::Page, cause) } }
    }

    #[test]
    fn while_nobody_watches_everything_is_said() {
        let veil = Veil::new(false, &failed(), &[]);
        assert_eq!(veil.over("You signed in as BTag."), "You signed in as BTag.");
        assert_eq!(veil.name(None, Some("BTag"), Some(1)), "BTag");
        assert_eq!(veil.name(None, None, Some(1)), "Xbox account");
    }

    #[test]
    fn while_others_watch_no_gamertag_is_said_and_an_own_name_is() {
        let veil = Veil::new(true, &failed(), &[]);
        assert_eq!(veil.over("You signed in as BTag, not BTags."), "You signed in as your account, not BTags.");
        assert_eq!(veil.name(None, Some("BTag"), Some(1)), "Account 2");
        assert_eq!(veil.name(None, Some("BTag"), None), "Your account");
        assert_eq!(veil.name(Some("Main"), Some("BTag"), Some(0)), "Main");
    }
}
