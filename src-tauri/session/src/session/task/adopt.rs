//! Adopts what the vault holds: it's authoritative, whoever wrote it.

use spartan_auth::{
    clock::{Clock, Moment},
    issuer::Issuer,
};
use spartan_vault::account::{Account, AccountId, Contents};

use super::{Task, chance};
use crate::{
    error::Error,
    renewal::schedule,
    session::{
        sign_in::Stage,
        state::{State, due::restored, held::Held},
        work::{JobOutcome, vault},
    },
    status::{Renewal, Storage},
};

impl<I: Issuer, C: Clock> Task<I, C> {
    /// Adopts the newest contents that any job here read or wrote.
    ///
    /// Runs before each request and after each step, so that no write can hide what was read under its lock.
    pub(super) fn adopt(&mut self) {
        if self.state.open().is_none_or(|open| open.shut.is_some()) {
            return;
        }
        let before = self.unadopted.take();
        let Some(contents) = self.parts.vault.news().or(before) else { return };
        // What a renewal reported before it wrote, such as the account's owner.
        while let Some((number, report)) = self.jobs.reported() {
            self.report(number, report);
        }
        let (later, now): (Vec<Account>, Vec<Account>) =
            each_person_once(&contents).cloned().partition(|account| self.is_under_way(account));
        self.take_over(now);
        let is_busy = !self.ids(|held| held.job.is_some() || held.is_leaving).is_empty();
        self.unadopted = (is_busy || !later.is_empty()).then_some(contents);
    }

    /// Makes the vault's accounts match the vault; this session's own accounts stay.
    pub(super) fn take_over(&mut self, accounts: Vec<Account>) {
        let order: Vec<AccountId> = accounts.iter().map(|account| account.id).collect();
        let moment = self.parts.clock.moment();
        let mut contents = Contents { accounts };
        contents.share_clock_error(moment);
        let (newer, known): (Vec<Account>, Vec<Account>) =
            contents.accounts.into_iter().partition(|account| self.is_newer(account));
        for account in known {
            if let Some(held) = self.state.open_mut().and_then(|open| open.account_mut(account.id)) {
                held.account.follow(&account, moment);
            }
        }
        let mut changed = !newer.is_empty();
        for account in newer {
            if !self.state.open_mut().is_some_and(|open| open.seal_newer(&account)) {
                self.replace(self.restored_after(account, moment));
            }
        }
        // Not earlier: an account of the same person may have replaced one.
        for id in
            self.ids(|held| held.storage == Storage::Vault && !held.is_leaving && !order.contains(&held.account.id))
        {
            let held = self.state.open().and_then(|open| open.account(id));
            let Some(why) = held.map(|held| held.signed_out(moment)) else { continue };
            self.gone(id, why);
            changed = true;
        }
        self.state.open_mut().into_iter().for_each(|open| open.arrange_sealed(&order));
        self.show_somebody();
        if changed {
            self.write_token_files();
        }
    }

    /// An account as the vault has it. A passing error that another program met makes it wait here as if it were our own.
    fn restored_after(&self, account: Account, now: Moment) -> Held {
        let before = self.state.open().and_then(|open| open.account(account.id));
        let before = before.map(|held| (held.failures, held.rests_until));
        let error = account.last_error.clone().map(Error::from);
        let mut held = restored(account, now, chance());
        if let (Some((failures, until)), Some(error), Renewal::Fresh { .. }) = (before, error, &held.renewal) {
            held.failures = failures + 1;
            let own = schedule::wait(held.failures, None, chance());
            held.rest(error, own.max(until.saturating_sub(now.elapsed)), now);
        }
        held
    }

    /// Whether the vault has something of the account that isn't here. A renewing account finds out by itself, and one
    /// that's being signed out doesn't come back.
    fn is_newer(&self, account: &Account) -> bool {
        match self.state.open().and_then(|open| open.account(account.id)) {
            Some(held) if held.job.is_some() || held.is_leaving => false,
            Some(held) => held.account.is_behind(account),
            None => true,
        }
    }

    /// Whether somebody is still signing in to the account, here or in another program.
    fn is_under_way(&self, account: &Account) -> bool {
        let Some(open) = self.state.open() else { return false };
        let is_ours = |stage: &Stage| stage.account() == Some(account.id);
        let now = self.parts.issuer.services_time().unwrap_or_else(|| self.parts.clock.now());
        open.sign_in.as_ref().is_some_and(|sign_in| is_ours(&sign_in.stage))
            || open.account(account.id).is_none() && account.is_under_way(now)
    }

    /// Reads the vault again if another program has written it.
    pub(super) fn look_for_others(&mut self) {
        let is_open = self.state.open().is_some_and(|open| open.shut.is_none());
        if is_open && self.opening.is_none() {
            self.read_again();
        }
    }

    pub(super) fn read_again(&mut self) {
        let vault = self.parts.vault.clone();
        let read = async move |_| {
            if let Err(error) = vault::read_again(&vault).await {
                tracing::info!(%error, "what another program wrote cannot be read");
            }
            JobOutcome::Looked
        };
        self.opening = Some(self.jobs.begin(read));
    }

    fn show_somebody(&mut self) {
        let State::Open(open) = &mut self.state else { return };
        let first: Option<AccountId> = open.accounts.first().map(|held| held.account.id);
        if open.shown().is_none() {
            open.shown = first;
        }
    }
}

/// Of two accounts of one person, which exist briefly after signing in again, the first.
fn each_person_once(contents: &Contents) -> impl Iterator<Item = &Account> {
    let accounts = &contents.accounts;
    let is_first = |(n, account): &(usize, &Account)| !accounts[..*n].iter().any(|one| one.is_same_person(account));
    accounts.iter().enumerate().filter(is_first).map(|(_, account)| account)
}
