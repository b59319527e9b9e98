//! *Streaming*: keeps gamertags and XUIDs out of what others may see, on the page, in the tray and in notifications.

mod for_page;

use spartan_messages::Problem;
use spartan_session::{
    error::{Cause, Error},
    redact::without_word,
    status::{AccountLine, Status},
};
use spartan_vault::account::AccountId;

pub(crate) use self::for_page::{ForPage, Refused};

/// Whether others may be watching, and what they mustn't see.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) enum Streaming {
    #[default]
    Off,
    On {
        /// The accounts in the person's order, each with the person's own name for it.
        accounts: Vec<(AccountId, Option<String>)>,
        /// Every known gamertag and XUID, longest first because one may be the beginning of another, and what's said
        /// instead.
        hidden: Vec<(String, String)>,
    },
}

impl Streaming {
    /// Hides every known gamertag and XUID if `streaming` is set.
    pub(crate) fn new(streaming: bool, status: &Status, accounts: &[AccountLine]) -> Streaming {
        if !streaming {
            return Streaming::Off;
        }
        let with = |name: &Option<String>, by: &str| name.clone().map(|name| (name, by.to_owned()));
        let listed = accounts.iter().enumerate().flat_map(|(place, account)| {
            let by = account.name.clone().unwrap_or_else(|| stand_in(place));
            [&account.gamertag, &account.xuid].map(|name| with(name, &by))
        });
        let shown =
            status.signed_in().map(|shown| [&shown.gamertag, &shown.xuid].map(|name| with(name, "your account")));
        let known = listed.chain(shown.into_iter().flatten()).flatten();
        let mut hidden: Vec<(String, String)> = known.filter(|(name, _)| !name.is_empty()).collect();
        hidden.sort_by_key(|(name, _)| std::cmp::Reverse(name.chars().count()));
        let accounts = accounts.iter().map(|account| (account.id, account.name.clone())).collect();
        Streaming::On { accounts, hidden }
    }

    /// Returns a sentence without hidden names.
    pub(crate) fn redact(&self, words: &str) -> String {
        match self {
            Streaming::Off => words.to_owned(),
            Streaming::On { hidden, .. } => {
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
            (Streaming::On { .. }, None, _, Some(place)) => stand_in(place),
            (Streaming::On { .. }, None, _, None) => "Your account".into(),
        }
    }

    /// Returns an error in words without hidden names.
    pub(crate) fn problem(&self, error: &Error) -> Problem {
        let told = match (self, &error.cause) {
            (Streaming::On { .. }, Cause::OtherAccount { expected, .. }) => self.came_another(error, expected),
            (Streaming::On { .. }, Cause::SignedOutElsewhere { .. }) => {
                let cause = Cause::SignedOutElsewhere { account: None };
                Problem::from(Error { cause, ..error.clone() })
            }
            _ => Problem::from(error),
        };
        self.words(told)
    }

    /// Returns a problem without hidden names.
    pub(crate) fn words(&self, Problem { code, message, help, mut action, details }: Problem) -> Problem {
        if let Some(action) = &mut action {
            action.label = self.redact(&action.label);
        }
        let [message, help, details] = [message, help, details].map(|words| self.redact(&words));
        Problem { code, message, help, action, details }
    }

    /// Returns the problem that another account came than the expected one: it isn't in any list yet.
    fn came_another(&self, error: &Error, expected: &str) -> Problem {
        let called = |came: &str| {
            let cause = Cause::OtherAccount { expected: self.called(expected), came: came.into() };
            Problem::from(Error { cause, ..error.clone() })
        };
        Problem { message: called("another account").message, ..called("that account") }
    }

    /// Returns what to call the account with this name, which is the person's own or a gamertag.
    fn called(&self, name: &str) -> String {
        let Streaming::On { accounts, hidden } = self else { return name.to_owned() };
        let is_own = accounts.iter().any(|(_, own)| own.as_deref() == Some(name));
        let listed = || hidden.iter().find(|(known, _)| known == name).map(|(_, by)| by.as_str());
        let by = if is_own { Some(name) } else { listed() };
        by.unwrap_or("your account").to_owned()
    }

    /// Returns the account's place in the list.
    fn place(&self, id: AccountId) -> Option<usize> {
        match self {
            Streaming::Off => None,
            Streaming::On { accounts, .. } => accounts.iter().position(|(known, _)| *known == id),
        }
    }
}

/// Returns what an account without a name of the person's own is called.
fn stand_in(place: usize) -> String {
    format!("Account {}", place + 1)
}

#[cfg(test)]
mod tests;
