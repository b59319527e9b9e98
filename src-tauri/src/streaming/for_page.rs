//! What the page gets, past [`Streaming`].

use serde::Serialize;
use spartan_messages::{Problem, SettingsInWords, told, told_end, told_lines};
use spartan_session::{
    error::Error,
    session::SignInEnd,
    settings::Settings,
    status::{AccountLine, SignedIn, Status},
};

use super::Streaming;
use crate::shell::removal_state::Removal;

/// Something that the page may show as it is. Only [`Streaming`] makes one.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(transparent)]
pub(crate) struct ForPage<T>(T);

/// Why the page doesn't get what it asked for. An error is put into words only here, because it may name an account that
/// isn't in any list anymore.
pub(crate) trait Refused {
    fn told(self, streaming: &Streaming) -> Problem;
}

impl Refused for Error {
    fn told(self, streaming: &Streaming) -> Problem {
        streaming.problem(&self)
    }
}

impl Refused for spartan_auth::error::Error {
    fn told(self, streaming: &Streaming) -> Problem {
        streaming.problem(&self.into())
    }
}

impl Refused for Problem {
    fn told(self, streaming: &Streaming) -> Problem {
        streaming.words(self)
    }
}

impl Streaming {
    /// Returns a status for the page.
    pub(crate) fn status(&self, status: Status) -> ForPage<Status<Problem>> {
        let mut status = told(status, &|error| self.problem(error));
        match &mut status {
            Status::SigningIn { again: Some(again), .. } => *again = self.called(again),
            Status::SignedIn(shown) => self.hide_in(shown),
            Status::SigningIn { again: None, .. } => {}
            Status::Opening | Status::Unlocking | Status::Shut { .. } | Status::SignedOut { .. } => {}
        }
        ForPage(status)
    }

    /// Returns the list of accounts for the page.
    pub(crate) fn lines(&self, lines: Vec<AccountLine>) -> ForPage<Vec<AccountLine<Problem>>> {
        let mut lines = told_lines(lines, &|error| self.problem(error));
        for (place, line) in lines.iter_mut().enumerate() {
            self.hide(&mut line.gamertag, &mut line.xuid, Some(place));
        }
        ForPage(lines)
    }

    /// Returns the end of a sign-in for the page.
    pub(crate) fn end(&self, end: SignInEnd) -> ForPage<SignInEnd<Problem>> {
        let mut end = told_end(end, &|error| self.problem(error));
        match &mut end {
            SignInEnd::SignedIn { account } => self.hide_in(account),
            SignInEnd::Cancelled | SignInEnd::Failed { .. } => {}
        }
        ForPage(end)
    }

    /// Returns a refusal for the page.
    pub(crate) fn refusal(&self, refusal: impl Refused) -> ForPage<Problem> {
        ForPage(refusal.told(self))
    }

    /// Returns the settings for the page.
    pub(crate) fn settings(&self, settings: Settings) -> ForPage<SettingsInWords> {
        let SettingsInWords { choices, problems } = settings.into();
        ForPage(SettingsInWords { choices, problems: problems.iter().map(|problem| self.redact(problem)).collect() })
    }

    /// Returns what couldn't be removed for the page.
    pub(crate) fn removal(&self, removal: Removal) -> ForPage<Removal> {
        ForPage(match removal {
            Removal::Left { things } => {
                Removal::Left { things: things.iter().map(|thing| self.redact(thing)).collect() }
            }
            Removal::Nothing | Removal::Done => removal,
        })
    }

    fn hide_in(&self, shown: &mut SignedIn<Problem>) {
        let place = self.place(shown.account);
        self.hide(&mut shown.gamertag, &mut shown.xuid, place);
    }

    fn hide(&self, gamertag: &mut Option<String>, xuid: &mut Option<String>, place: Option<usize>) {
        match self {
            Streaming::Off => {}
            Streaming::On { .. } => (*gamertag, *xuid) = (Some(self.name(None, None, place)), None),
        }
    }
}
