//! Opening the vault, and what happens if it doesn't open.

use std::path::PathBuf;

use spartan_auth::{clock::Clock, issuer::Issuer};
use spartan_vault::{
    account::{AccountId, Contents},
    keyring::Interaction,
    vault::Look,
};
use tokio::sync::oneshot;

use super::Task;
use crate::{
    error::Error,
    session::{
        changes::{
            Subject, Ticket,
            change::{Change, Changed},
        },
        request::reply::{Reply, answer, told},
        sign_in::{SignIn, end::SignInEnd},
        state::{State, held::Held, open::Open, waiting::Waiting},
        work::{JobOutcome, vault},
    },
    status::{Renewal, SignedOut, Storage},
};

impl<I: Issuer, C: Clock> Task<I, C> {
    pub(super) fn opened(&mut self, result: Result<Contents, Error>) {
        let was_open = self.state.open().is_some_and(|open| open.shut.is_none());
        match result {
            // The contents are adopted, like everything that's read.
            _ if was_open => {}
            Ok(contents) => self.begin(contents),
            Err(error) => self.shut(&error),
        }
    }

    fn begin(&mut self, contents: Contents) {
        let mut in_memory = self.take_open();
        if let Some(first) = contents.accounts.first().filter(|_| in_memory.accounts.is_empty()) {
            self.known = Some(first.app.clone());
        }
        in_memory.accounts.extend(self.back_in(&contents));
        self.state = State::Open(Box::new(Open { shut: None, ..in_memory }));
        let order: Vec<AccountId> = contents.accounts.iter().map(|account| account.id).collect();
        self.take_over(contents.accounts);
        self.state.open_mut().into_iter().for_each(|open| open.arrange(&order));
        let now = self.parts.clock.moment();
        if !self.ids(|held| held.account.is_clock_in_doubt(now)).is_empty() {
            self.measure();
        }
        self.write_token_files();
        self.renew_what_is_due();
    }

    /// Returns the accounts that have something to save in a vault that opens again. It's saved by their next renewal.
    fn back_in(&mut self, contents: &Contents) -> Vec<Held> {
        let now = self.parts.clock.moment();
        let is_there = |held: &Held| contents.account(held.account.id).is_some();
        let (mut back, gone): (Vec<Held>, Vec<Held>) =
            std::mem::take(&mut self.stranded).into_iter().partition(is_there);
        for held in back.iter_mut().filter(|held| held.job.is_none()) {
            held.renewal = Renewal::Fresh { renews_at: held.account.services_time(now) };
        }
        // Nobody waits for them: that was answered when the vault didn't open.
        for held in gone {
            held.end();
        }
        back
    }

    /// Removes the vault's accounts, because the vault doesn't open, or doesn't anymore. A renewal that's running goes on.
    pub(super) fn shut(&mut self, error: &Error) {
        let mut open = self.take_open();
        // A keyring that stays locked is tried again and again.
        open.shut = Some(if open.shut.as_ref() == Some(error) { error.clone() } else { told(error.clone()) });
        // One that has ended is reported once nothing of it is left.
        let is_over = |sign_in: &mut Box<SignIn>| sign_in.storage == Storage::Vault && !sign_in.is_ending();
        if let (Some(mut sign_in), Some(error)) = (open.sign_in.take_if(is_over), &open.shut) {
            sign_in.take_reply().into_iter().for_each(|reply| answer(reply, Err(error.clone())));
            sign_in.stop();
            self.ended = Some(SignInEnd::Failed { problem: Box::new(error.clone()) });
        }
        let mut sealed = open.take_sealed();
        let waiting: Vec<Waiting> = sealed.iter_mut().flat_map(|held| std::mem::take(&mut held.waiting)).collect();
        let (unsaved, saved): (Vec<Held>, Vec<Held>) = sealed.into_iter().partition(Held::is_unsaved);
        for held in saved {
            held.end();
        }
        self.stranded.extend(unsaved);
        self.state = State::Open(Box::new(open));
        for waiting in waiting {
            answer(waiting.reply, Err(self.not_open()));
        }
    }

    pub(super) fn open(&mut self, asked: Interaction) {
        let parts = self.parts.clone();
        let job = self.jobs.begin(|_| async move { JobOutcome::Opened(vault::open(&parts, asked).await) });
        if let Some(before) = self.opening.replace(job) {
            before.stop();
        }
    }

    /// Opens a vault that doesn't open, unless the very file that couldn't be read is still there.
    pub(super) fn open_again(&mut self) {
        let Some(error) = self.state.shut().filter(|_| self.opening.is_none()) else { return };
        // A keyring that was locked at login may be open by now.
        let (parts, may_be_unlocked) = (self.parts.clone(), error.asks_to_unlock());
        let open = async move |_| match vault::look(&parts.vault).await {
            Ok(Look::Unreadable) if !may_be_unlocked => JobOutcome::Looked,
            Err(error) => JobOutcome::Opened(Err(error)),
            Ok(_) => JobOutcome::Opened(vault::open(&parts, Interaction::Forbidden).await),
        };
        self.opening = Some(self.jobs.begin(open));
    }

    pub(super) fn unlock(&mut self) {
        match self.state.open() {
            None => self.state = State::Opening(Interaction::Allowed),
            Some(open) if open.is_idle() => self.state = State::Opening(Interaction::Allowed),
            Some(Open { shut: Some(_), .. }) => {}
            Some(Open { sign_in: Some(_), .. }) => return,
            Some(open) => {
                let Some(id) = open.usable().map(|held| held.account.id) else { return };
                // Nobody waits for it: the status says.
                let (reply, _) = oneshot::channel();
                return self.renew_on_request(id, Interaction::Allowed, reply);
            }
        }
        self.open(Interaction::Allowed);
    }

    pub(super) fn start_afresh(&mut self, reply: Reply<()>) {
        self.change(vec![Subject::Everything], Change::StartAfresh(reply));
    }

    pub(super) fn begin_start_afresh(&mut self, ticket: Ticket, reply: Reply<()>) {
        if self.state.shut().is_none() {
            let result = Err(self.not_open());
            return self.changed(ticket, Changed::StartedAfresh(reply, result));
        }
        let vault = self.parts.vault.clone();
        self.save(
            ticket,
            async move { Changed::StartedAfresh(reply, vault.start_afresh().await.map_err(Error::from)) },
        );
    }

    pub(super) fn started_afresh(&mut self, reply: Reply<()>, result: Result<Option<PathBuf>, Error>) {
        // Another job may have opened it meanwhile, or may still be reading the old file.
        if self.state.open().is_none_or(|open| open.shut.is_some()) {
            match &result {
                Ok(Some(_)) => self.begin(Contents::default()),
                // It opens after all: somebody has restored a good one.
                Ok(None) => self.unlock(),
                Err(error) => self.shut(error),
            }
        }
        answer(reply, result.map(|_| ()).map_err(told));
    }

    /// Takes what's in memory besides the vault.
    fn take_open(&mut self) -> Open {
        match std::mem::replace(&mut self.state, State::Opening(Interaction::Forbidden)) {
            State::Open(open) => *open,
            State::Opening(_) => Open::empty(SignedOut::Never),
        }
    }
}
