//! The state of the session, with what belongs to each case.

pub(super) mod due;
pub(super) mod handing_out;
pub(super) mod held;
pub(super) mod open;
pub(super) mod reach;
pub(super) mod waiting;

use spartan_auth::clock::Moment;
use spartan_vault::keyring::Interaction;

use self::{held::Held, open::Open};
use super::{
    sign_in::SignIn,
    work::job::{Job, Number},
};
use crate::{
    error::Error,
    status::{AccountLine, Status},
};

/// The state of the session.
pub(super) enum State {
    /// The vault is being opened, and who asked for it.
    Opening(Interaction),
    Open(Box<Open>),
}

/// The owner of a running job.
pub(super) enum Whose<'a> {
    SignIn(&'a mut SignIn),
    Account(&'a mut Held),
}

impl State {
    /// Returns what's published about it at `now`.
    pub(super) fn status(&self, now: Moment) -> Status {
        match self {
            State::Opening(Interaction::Forbidden) => Status::Opening,
            State::Opening(Interaction::Allowed) => Status::Unlocking,
            State::Open(open) => open.status(now),
        }
    }

    /// Returns a line for each account at `now`.
    pub(super) fn lines(&self, now: Moment) -> Vec<AccountLine> {
        let State::Open(open) = self else { return Vec::new() };
        let line = |held: &Held| AccountLine {
            storage: held.storage,
            is_shown: open.shown == Some(held.account.id),
            keep_problem: open.unwritten.get(&held.account.id).cloned().map(Box::new),
            clock_error_ms: held.account.clock_error_ms(now),
            clock_problem: held.renewal.clock_problem(&held.account, now),
            ..AccountLine::new(&held.account, held.renewal.clone())
        };
        open.accounts.iter().map(line).collect()
    }

    pub(super) fn open(&self) -> Option<&Open> {
        match self {
            State::Open(open) => Some(open),
            State::Opening(_) => None,
        }
    }

    /// Returns why the vault doesn't open, if it doesn't.
    pub(super) fn shut(&self) -> Option<&Error> {
        self.open().and_then(|open| open.shut.as_ref())
    }

    pub(super) fn open_mut(&mut self) -> Option<&mut Open> {
        match self {
            State::Open(open) => Some(open),
            State::Opening(_) => None,
        }
    }

    /// Returns the owner of a running job, if anyone still waits for it.
    pub(super) fn whose(&mut self, number: Number) -> Option<Whose<'_>> {
        let is = |job: &Option<Job>| job.as_ref().is_some_and(|job| job.number == number);
        let open = self.open_mut()?;
        if let Some(sign_in) = open.sign_in.as_deref_mut().filter(|sign_in| is(&sign_in.job)) {
            return Some(Whose::SignIn(sign_in));
        }
        let held = open.accounts.iter_mut().find(|held| is(&held.job) || is(&held.trial));
        held.map(Whose::Account)
    }
}
