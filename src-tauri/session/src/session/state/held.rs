//! A signed-in account, and what's in progress for it.

use std::time::Duration;

use jiff::{SignedDuration, Timestamp};
use spartan_auth::clock::Moment;
use spartan_vault::account::Account;

use super::{reach::Reach, waiting::Waiting};
use crate::{
    error::Error,
    renewal::account_writer::Outcome,
    session::work::job::{Job, Number},
    status::{Renewal, SignedOut, Storage, run::Run},
};

/// An account that is signed in.
pub(crate) struct Held {
    pub(crate) account: Account,
    pub(crate) storage: Storage,
    pub(crate) renewal: Renewal,
    pub(crate) failures: u32,
    /// The end of its wait after a failure, by the clock that can't be set.
    pub(crate) rests_until: Duration,
    pub(crate) reach: Reach,
    pub(crate) run: Run,
    /// Its renewal, while one runs.
    pub(crate) job: Option<Job>,
    /// A connection being tried, while nothing can be reached.
    pub(crate) trial: Option<Job>,
    /// Whether it's being signed out; then it doesn't begin a renewal, and nothing of it is handed out.
    pub(crate) is_leaving: bool,
    /// The requests that wait for its renewal.
    pub(crate) waiting: Vec<Waiting>,
}

impl Held {
    /// Returns an account for which nothing is running.
    pub(crate) fn new(account: Account, renewal: Renewal) -> Held {
        let (run, reach) = (Run::default(), Reach::Fine);
        Held {
            account,
            storage: Storage::Vault,
            renewal,
            failures: 0,
            rests_until: Duration::ZERO,
            reach,
            run,
            job: None,
            trial: None,
            is_leaving: false,
            waiting: Vec::new(),
        }
    }

    /// Returns the status once it's deleted here.
    pub(crate) fn signed_out(&self, now: Moment) -> SignedOut {
        let expiry = self.account.tokens.spartan.as_ref().map(|spartan| spartan.life.expires_at);
        let copied_until = expiry.filter(|expiry| *expiry > self.account.services_time(now));
        SignedOut::ByPerson { copied_until, clock_error_ms: self.account.clock_error_ms(now) }
    }

    /// Lets an account renew after `rest`, because somebody asked for it.
    pub(crate) fn renews_after(&mut self, rest: Duration, now: Moment) {
        match &self.renewal {
            Renewal::Fresh { .. } => {
                let (services_time, rest) = (self.account.services_time(now), SignedDuration::try_from(rest));
                let renews_at = services_time.saturating_add(rest.unwrap_or_default()).unwrap_or(services_time);
                self.renewal = Renewal::Fresh { renews_at };
            }
            Renewal::Stale { .. } => {
                self.rests_until = self.rests_until.min(now.elapsed.saturating_add(rest));
                self.tell_wait(now);
            }
            Renewal::NeedsAction { problem } => self.rest(problem.clone(), rest, now),
            Renewal::Renewing => {}
        }
    }

    /// Lets a stale account try again after `wait`, but no earlier than a service asked for.
    pub(crate) fn rest(&mut self, problem: Error, wait: Duration, now: Moment) {
        let wait = wait.max(self.account.must_wait(now).unwrap_or_default());
        self.rests_until = now.elapsed.saturating_add(wait);
        self.renewal = Renewal::Stale { problem, tries_at: self.tries_at(now) };
    }

    /// Updates when it tries again: the wait is unchanged, but the wall clock may have been set.
    pub(crate) fn tell_wait(&mut self, now: Moment) {
        let at = self.tries_at(now);
        if let Renewal::Stale { tries_at, .. } = &mut self.renewal {
            *tries_at = at;
        }
    }

    fn tries_at(&self, now: Moment) -> Timestamp {
        let left = SignedDuration::try_from(self.rests_until.saturating_sub(now.elapsed)).unwrap_or_default();
        let now = self.account.services_time(now);
        now.saturating_add(left).unwrap_or(now)
    }

    /// Takes over what its renewal got.
    pub(crate) fn has_run(&mut self, mut ran: Outcome) {
        ran.account.stay(&self.account);
        self.account = ran.account;
    }

    /// Whether it has, or may soon get, a refresh token that the vault doesn't have.
    pub(crate) const fn is_unsaved(&self) -> bool {
        self.job.is_some() || self.account.unsaved_over.is_some()
    }

    /// Whether that job is its renewal.
    pub(crate) fn is_renewed_by(&self, number: Number) -> bool {
        self.job.as_ref().is_some_and(|job| job.number == number)
    }

    /// Whether only a person can go on.
    pub(crate) const fn needs_sign_in(&self) -> bool {
        matches!(self.renewal, Renewal::NeedsAction { .. })
    }

    /// Stops its jobs, and returns the requests that wait.
    pub(crate) fn end(self) -> Vec<Waiting> {
        self.job.into_iter().chain(self.trial).for_each(Job::stop);
        self.waiting
    }
}
