//! How the session stands, with what belongs to each state.

use std::{collections::BTreeMap, time::Duration};

use jiff::{SignedDuration, Timestamp};

use super::{
    handing_out::Waiting,
    jobs::{Job, Number},
    network::Reach,
    sign_in::{SignIn, Who},
};
use crate::{
    account::{Account, AccountId},
    clock::Moment,
    error::Error,
    keyring::Interaction,
    run::Run,
    sign_in_method::ways,
    status::{AccountLine, AppLine, Renewal, SignedIn, SignedOut, Status, Storage},
};

pub(super) enum State {
    /// The vault is being opened, and so asked.
    Opening(Interaction),
    Open(Box<Open>),
}

/// What there is once the vault was opened, or did not open.
pub(super) struct Open {
    /// Why the vault does not open, where it does not: then all accounts are in memory alone.
    pub(super) shut: Option<Error>,
    /// In the person's order.
    pub(super) accounts: Vec<Held>,
    /// Which account is shown; one is, where there is any.
    pub(super) shown: Option<AccountId>,
    pub(super) sign_in: Option<Box<SignIn>>,
    /// Why nobody is signed in, where nobody is.
    pub(super) why: SignedOut,
    /// What ended the last sign-in while somebody was signed in, until they do something else.
    pub(super) failed: Option<Box<Error>>,
    /// The account that then came in the place of the wanted one; in memory alone.
    pub(super) other: Option<Box<Other>>,
    /// Why a file is not kept fresh, for each account of which one is not.
    pub(super) unkept: BTreeMap<AccountId, Error>,
}

/// An account that nobody has decided to keep.
#[derive(Clone)]
pub(super) struct Other {
    pub(super) account: Account,
    pub(super) kept: Storage,
}

/// An account that is signed in.
pub(super) struct Held {
    pub(super) account: Account,
    pub(super) kept: Storage,
    pub(super) renewal: Renewal,
    pub(super) failures: u32,
    /// The end of its wait after a failure, by the clock that can't be set.
    pub(super) rests_until: Duration,
    pub(super) reach: Reach,
    pub(super) run: Run,
    /// Its renewal, while one goes on.
    pub(super) job: Option<Job>,
    /// A connection that is tried, while nothing can be reached.
    pub(super) trial: Option<Job>,
    /// Who waits for tokens that are being renewed.
    pub(super) waiting: Vec<Waiting>,
}

/// Whose a piece of work is.
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

    /// Every account as a line.
    pub(super) fn lines(&self) -> Vec<AccountLine> {
        let State::Open(open) = self else { return Vec::new() };
        let line = |held: &Held| AccountLine {
            kept: held.kept,
            is_shown: open.shown == Some(held.account.id),
            keep_problem: open.unkept.get(&held.account.id).cloned().map(Box::new),
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

    /// Why the vault does not open, where it does not.
    pub(super) fn shut(&self) -> Option<&Error> {
        self.open().and_then(|open| open.shut.as_ref())
    }

    pub(super) fn open_mut(&mut self) -> Option<&mut Open> {
        match self {
            State::Open(open) => Some(open),
            State::Opening(_) => None,
        }
    }

    /// Whose a piece of work is, while somebody waits for it.
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

impl Open {
    /// Nobody is signed in.
    pub(super) const fn empty(why: SignedOut) -> Open {
        Open {
            shut: None,
            accounts: Vec::new(),
            shown: None,
            sign_in: None,
            why,
            failed: None,
            other: None,
            unkept: BTreeMap::new(),
        }
    }

    /// Fails if a service wants to be left alone at `now`, whichever account it said so to.
    pub(super) fn may_ask(&self, now: Moment) -> Result<(), Error> {
        let waits = self.accounts.iter().filter_map(|held| {
            let left = held.account.must_wait(now)?;
            Some(held.account.last_error.clone()?.until(left))
        });
        waits.into_iter().next().map_or(Ok(()), Err)
    }

    /// Whether there is nobody, and nobody signs in.
    pub(super) const fn is_idle(&self) -> bool {
        self.accounts.is_empty() && self.sign_in.is_none()
    }

    pub(super) fn shown(&self) -> Option<&Held> {
        self.shown.and_then(|id| self.account(id))
    }

    pub(super) fn account(&self, id: AccountId) -> Option<&Held> {
        self.accounts.iter().find(|held| held.account.id == id)
    }

    pub(super) fn account_mut(&mut self, id: AccountId) -> Option<&mut Held> {
        self.accounts.iter_mut().find(|held| held.account.id == id)
    }

    /// Where the person of an account of the vault has signed in later, for this session: theirs takes its place, and the
    /// next renewal puts their tokens into the vault. Gives whether it is so.
    pub(super) fn seal_newer(&mut self, account: &Account) -> bool {
        let is_newer =
            |held: &&mut Held| held.account.is_same_person(account) && account.was_used_before(&held.account);
        let Some(held) = self.accounts.iter_mut().find(is_newer) else { return false };
        let shown = self.shown == Some(held.account.id);
        held.account.takes_place_of(account);
        held.account.unsaved_over.clone_from(&account.tokens.refresh);
        held.kept = Storage::Vault;
        if shown {
            self.shown = Some(account.id);
        }
        true
    }

    /// Puts an account in the place of the one with its id, or of one of the same person, or at the end; gives whoever
    /// waited for a token of it.
    pub(super) fn put(&mut self, held: Held) -> Vec<Waiting> {
        let is_same = |known: &Held| known.account.id == held.account.id || known.account.is_same_person(&held.account);
        let place = self.accounts.iter().position(is_same).unwrap_or(self.accounts.len());
        let shown = self.shown().is_none_or(is_same);
        let mut waiting = Vec::new();
        for gone in self.accounts.extract_if(.., |known| is_same(known)) {
            waiting.extend(gone.end());
        }
        if shown {
            self.shown = Some(held.account.id);
        }
        self.accounts.insert(place.min(self.accounts.len()), held);
        waiting
    }

    /// Puts the accounts into the order of `ids`; those that it does not name come after, as they were.
    pub(super) fn arrange(&mut self, ids: &[AccountId]) {
        let place = |held: &Held| ids.iter().position(|id| *id == held.account.id).unwrap_or(ids.len());
        self.accounts.sort_by_key(place);
    }

    /// Sorts the vault's accounts in the order of `ids`, without moving the accounts of this session only.
    pub(super) fn arrange_sealed(&mut self, ids: &[AccountId]) {
        let place = |held: &Held| ids.iter().position(|id| *id == held.account.id).unwrap_or(ids.len());
        let kept: Vec<Storage> = self.accounts.iter().map(|held| held.kept).collect();
        let (mut sealed, in_memory): (Vec<Held>, Vec<Held>) =
            self.accounts.drain(..).partition(|held| held.kept == Storage::Vault);
        sealed.sort_by_key(place);
        let (mut sealed, mut in_memory) = (sealed.into_iter(), in_memory.into_iter());
        let next = |kept| match kept {
            Storage::Vault => sealed.next(),
            Storage::Memory => in_memory.next(),
        };
        self.accounts = kept.into_iter().filter_map(next).collect();
    }

    /// Takes an account out; another one is shown in its place. Gives whoever waited for a token of it.
    pub(super) fn remove(&mut self, id: AccountId) -> Vec<Waiting> {
        let waiting = self.accounts.extract_if(.., |held| held.account.id == id).flat_map(Held::end).collect();
        if self.shown().is_none() {
            self.shown = self.accounts.first().map(|held| held.account.id);
        }
        waiting
    }

    fn status(&self, now: Moment) -> Status {
        match (&self.sign_in, self.shown()) {
            (Some(sign_in), _) => Status::SigningIn {
                way: sign_in.way,
                stage: sign_in.stage.status(),
                legs: sign_in.run.legs(None),
                ways: ways(&sign_in.app),
                app: AppLine::from(&sign_in.app),
                again: self.wanted(sign_in.who).and_then(|held| held.account.called()).map(str::to_owned),
                kept: sign_in.kept,
            },
            (None, Some(held)) => Status::SignedIn(SignedIn {
                kept: held.kept,
                sign_in_problem: self.failed.clone(),
                keep_problem: self.unkept.get(&held.account.id).cloned().map(Box::new),
                ..SignedIn::new(&held.account, held.renewal.clone(), &held.run, now)
            }),
            (None, None) => match &self.shut {
                Some(error) => Status::Shut { problem: error.clone() },
                None => Status::SignedOut { why: self.why.clone() },
            },
        }
    }

    /// The account whose person is to sign in again.
    pub(super) fn wanted(&self, who: Who) -> Option<&Held> {
        match who {
            Who::Again(id) => self.account(id),
            Who::Anybody => None,
        }
    }
}

impl Held {
    /// An account for which nothing goes on.
    pub(super) fn new(account: Account, renewal: Renewal) -> Held {
        let (run, reach) = (Run::default(), Reach::Fine);
        Held {
            account,
            kept: Storage::Vault,
            renewal,
            failures: 0,
            rests_until: Duration::ZERO,
            reach,
            run,
            job: None,
            trial: None,
            waiting: Vec::new(),
        }
    }

    /// Returns the status once it's deleted here.
    pub(super) fn signed_out(&self, now: Moment) -> SignedOut {
        let expiry = self.account.tokens.spartan.as_ref().map(|spartan| spartan.life.expires_at);
        let copied_until = expiry.filter(|expiry| *expiry > self.account.services_time(now));
        SignedOut::ByPerson { copied_until, clock_error_ms: self.account.clock_error_ms(now) }
    }

    /// Lets an account renew after `rest`, because somebody asked for it.
    pub(super) fn renews_after(&mut self, rest: Duration, now: Moment) {
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
    pub(super) fn rest(&mut self, problem: Error, wait: Duration, now: Moment) {
        let wait = wait.max(self.account.must_wait(now).unwrap_or_default());
        self.rests_until = now.elapsed.saturating_add(wait);
        self.renewal = Renewal::Stale { problem, tries_at: self.tries_at(now) };
    }

    /// Updates when it tries again: the wait is unchanged, but the wall clock may have been set.
    pub(super) fn tell_wait(&mut self, now: Moment) {
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

    /// Whether only a person can go on.
    pub(super) const fn needs_sign_in(&self) -> bool {
        matches!(self.renewal, Renewal::NeedsAction { .. })
    }

    /// Stops what goes on for it; gives whoever waits.
    fn end(self) -> Vec<Waiting> {
        self.job.into_iter().chain(self.trial).for_each(Job::stop);
        self.waiting
    }
}
