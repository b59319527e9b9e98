//! Opening the vault, and what becomes of one that does not open.

use super::{
    request::Reply,
    state::{Open, State},
    task::{Task, answer, told},
    work::{self, Outcome},
};
use crate::{
    account::{AccountId, Contents},
    clock::Clock,
    error::Error,
    issuer::Issuer,
    keyring::Asked,
    status::SignedOut,
};

impl<I: Issuer, C: Clock> Task<I, C> {
    pub(super) fn opened(&mut self, result: Result<Contents, Error>) {
        if let State::Open(_) = self.state {
            return self.read_again(result);
        }
        let contents = match result {
            Ok(contents) => contents,
            Err(error) => return self.shut(&error),
        };
        if let Some(first) = contents.accounts.first() {
            self.known = Some(first.app.clone());
        }
        let mut open = Open::empty(SignedOut::Never);
        open.shown = contents.accounts.first().map(|account| account.id);
        open.accounts = contents.accounts.into_iter().map(|account| self.restored(account)).collect();
        self.state = State::Open(open);
        self.renew_what_is_due();
    }

    /// A vault that does not open, or does not open any more: what goes on for its accounts ends.
    pub(super) fn shut(&mut self, error: &Error) {
        let before = std::mem::replace(&mut self.state, State::Shut(told(error)));
        if let State::Open(mut open) = before {
            if let Some(sign_in) = open.sign_in.take() {
                sign_in.end();
            }
            let ids: Vec<AccountId> = open.accounts.iter().map(|held| held.account.id).collect();
            let waiting = ids.into_iter().flat_map(|id| open.remove(id));
            for reply in waiting {
                answer(reply, Err(self.not_open()));
            }
        }
    }

    pub(super) fn open(&mut self, asked: Asked) {
        let parts = self.parts.clone();
        let job = self.jobs.begin(|_| async move { Outcome::Opened(work::open(&parts, asked).await) });
        if let Some(before) = self.opening.replace(job) {
            before.stop();
        }
    }

    pub(super) fn unlock(&mut self) {
        let Some(open) = self.state.open() else {
            self.state = State::Opening;
            return self.open(Asked::ByPerson);
        };
        match (&open.sign_in, open.shown) {
            (Some(_), _) => {}
            (None, Some(_)) => self.renew_shown(Asked::ByPerson),
            (None, None) => {
                self.state = State::Opening;
                self.open(Asked::ByPerson);
            }
        }
    }

    pub(super) async fn start_afresh(&mut self, reply: Reply<()>) {
        let State::Shut(_) = self.state else { return answer(reply, Err(self.not_open())) };
        let result = self.parts.vault.start_afresh().await;
        match &result {
            Ok(Some(_)) => self.state = State::Open(Open::empty(SignedOut::Never)),
            // It opens after all: somebody has put a good one back.
            Ok(None) => self.unlock(),
            Err(error) => self.state = State::Shut(told(error)),
        }
        answer(reply, result.map(|_| ()).map_err(|error| told(&error)));
    }
}
