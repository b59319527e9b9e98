//! What another program did to the vault: it is the truth.

use super::{
    jobs::Job,
    state::{Open, State},
    task::Task,
    work::Outcome,
};
use crate::{
    account::{AccountId, Contents},
    clock::Clock,
    error::Error,
    issuer::Issuer,
    keyring::Asked,
    status::Kept,
};

impl<I: Issuer, C: Clock> Task<I, C> {
    /// Reads the vault again where another program has written it, while nothing of ours goes on.
    pub(super) fn look_for_others(&mut self) {
        let is_quiet = |open: &Open| {
            open.shut.is_none() && open.sign_in.is_none() && open.accounts.iter().all(|held| held.job.is_none())
        };
        if !self.state.open().is_some_and(is_quiet) || self.opening.is_some() || !self.parts.vault.has_changed() {
            return;
        }
        let parts = self.parts.clone();
        let read = async move |_| Outcome::Opened(parts.vault.read(Asked::Unasked).await);
        self.opening = Some(self.jobs.begin(read));
    }

    /// What was read before the person did something here is not the truth any more.
    pub(super) fn forget_what_was_read(&mut self) {
        self.opening.take().into_iter().for_each(Job::stop);
    }

    /// Takes over what another program has written: whom it signed in or out, and what it renewed.
    pub(super) fn read_again(&mut self, result: Result<Contents, Error>) {
        let contents = match result {
            Ok(contents) => contents,
            // What there is in memory is good; the next renewal says what is wrong.
            Err(error) => return tracing::info!(%error, "what another program wrote cannot be read"),
        };
        let now = self.parts.clock.moment();
        for id in self
            .ids(|held| held.kept == Kept::Sealed && held.job.is_none() && contents.account(held.account.id).is_none())
        {
            let Some(why) = self.state.open().and_then(|open| open.account(id)).map(|held| held.signed_out(now)) else {
                continue;
            };
            self.gone(id, why);
        }
        let order: Vec<AccountId> = contents.accounts.iter().map(|account| account.id).collect();
        for account in contents.accounts {
            match self.state.open_mut().and_then(|open| open.account_mut(account.id)) {
                // One that renews finds out by itself.
                Some(held) if held.job.is_some() => {}
                Some(held) if !held.account.is_behind(&account) => {
                    (held.account.name, held.account.edited) = (account.name, account.edited);
                }
                Some(_) | None => self.replace(self.restored(account)),
            }
        }
        self.state.open_mut().into_iter().for_each(|open| open.arrange(&order));
        self.show_somebody();
        self.keep_files();
    }

    pub(super) fn show_somebody(&mut self) {
        let State::Open(open) = &mut self.state else { return };
        let first: Option<AccountId> = open.accounts.first().map(|held| held.account.id);
        if open.shown().is_none() {
            open.shown = first;
        }
    }
}
