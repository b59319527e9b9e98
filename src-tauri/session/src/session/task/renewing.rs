//! Renewals: which account's is due, and what happens when it ends. Each account renews on its own.

use std::time::Duration;

use spartan_auth::{clock::Clock, clock_error::DISTURBED, issuer::Issuer};
use spartan_vault::{account::AccountId, keyring::Interaction};

use super::{Task, chance};
use crate::{
    error::{Error, Remedy},
    renewal,
    renewal::account_writer::Outcome,
    session::{
        request::reply::{Reply, answer},
        state::{
            due::{STEP, after_run, until_due},
            handing_out::answer_all,
            held::Held,
            open::Open,
        },
        work::{
            JobOutcome,
            job::{Job, Number},
            jobs::Reports,
        },
    },
    status::{Renewal, Storage, run::Run},
};

/// If a step took longer, the computer was asleep.
const SLEPT: Duration = Duration::from_secs(30);
/// The shortest time between two measurements of a clock that's set again and again.
const MEASURED: Duration = Duration::from_secs(300);
/// The number of accounts that renew by themselves at once.
const AT_ONCE: usize = 4;

impl<I: Issuer, C: Clock> Task<I, C> {
    /// Checks the time. A clock that was set makes tokens look younger or older than they are, and only the services' next
    /// answer shows by how much.
    pub(super) fn tick(&mut self) {
        let before = std::mem::replace(&mut self.ticked, self.parts.clock.moment());
        let passed = self.ticked.elapsed.saturating_sub(before.elapsed);
        let was_set = self.ticked.set_since(before).is_some_and(|set| set.abs() > DISTURBED);
        if passed > SLEPT {
            self.parts.issuer.hang_up();
        }
        self.open_again();
        if was_set {
            self.tell_waits();
            self.unmeasured = true;
        }
        let rested = self.measured_at.is_none_or(|at| self.ticked.elapsed.saturating_sub(at) > MEASURED);
        if self.unmeasured && rested {
            (self.unmeasured, self.measured_at) = (false, Some(self.ticked.elapsed));
            self.measure();
        }
        self.renew_what_is_due();
        self.write_token_files_again();
        self.look_for_network();
        self.look_for_others();
        self.look_at_page();
    }

    /// Lets a fresh account renew: the answers show how wrong the clock is, for all accounts.
    pub(super) fn measure(&mut self) {
        if self.parts.issuer.clock_error().is_some() {
            return;
        }
        let now = self.parts.clock.moment();
        let accounts = self.state.open_mut().into_iter().flat_map(|open| &mut open.accounts);
        let is_well = |held: &&mut Held| matches!(held.renewal, Renewal::Fresh { .. }) && !held.is_leaving;
        let well = accounts.filter(is_well).take(1);
        for held in well {
            held.renewal = Renewal::Fresh { renews_at: held.account.services_time(now) };
        }
    }

    /// Shares a measurement: the clock is this computer's, whichever account measured it.
    fn spread_clock_error(&mut self) {
        let (measured, now) = (self.parts.issuer.clock_error(), self.parts.clock.moment());
        for held in self.state.open_mut().into_iter().flat_map(|open| &mut open.accounts) {
            held.account.learn(measured, now);
        }
        self.tell_waits();
    }

    fn tell_waits(&mut self) {
        let now = self.parts.clock.moment();
        self.state.open_mut().into_iter().flat_map(|open| &mut open.accounts).for_each(|held| held.tell_wait(now));
    }

    /// Renews the accounts that are due, a few at a time: after a sleep, all may be.
    pub(super) fn renew_what_is_due(&mut self) {
        let now = self.parts.clock.moment();
        let under_way = self.ids(|held| held.job.is_some()).len();
        let due = self.ids(|held| self.renews(held) && held.job.is_none() && until_due(held, now) == Duration::ZERO);
        for id in due.into_iter().take(AT_ONCE.saturating_sub(under_way)) {
            self.renew(id, Interaction::Forbidden);
        }
    }

    /// Renews an account because somebody asked for it. Fails if a service asked for a wait.
    pub(super) fn renew_on_request(&mut self, id: AccountId, asked: Interaction, reply: Reply<()>) {
        let now = self.parts.clock.moment();
        let held = self.state.open().and_then(|open| open.account(id)).filter(|held| !held.is_leaving);
        let Some(held) = held else { return answer(reply, Ok(())) };
        if let (Some(left), Some(error)) = (held.account.must_wait(now), &held.account.last_error) {
            return answer(reply, Err(Error::from(error.clone()).until(left)));
        }
        match self.pace.rest(id, now) {
            Duration::ZERO => self.renew(id, asked),
            // No click is lost: it counts as soon as it may.
            rest => {
                if let Some(held) = self.state.open_mut().and_then(|open| open.account_mut(id)) {
                    held.renews_after(rest, now);
                }
            }
        }
        answer(reply, Ok(()));
    }

    pub(super) fn renew(&mut self, id: AccountId, asked: Interaction) {
        let Some(held) = self.state.open_mut().and_then(|open| open.account_mut(id)) else { return };
        if held.job.is_some() || held.is_leaving {
            return;
        }
        self.pace.renews(id, self.parts.clock.moment());
        held.renewal = Renewal::Renewing;
        held.run = Run::default();
        // The renewal itself shows whether anything can be reached.
        held.trial.take().into_iter().for_each(Job::stop);
        let (parts, account, storage) = (self.parts.clone(), held.account.clone(), held.storage);
        let renew = async move |reports: Reports| {
            let renewed = match storage {
                Storage::Vault => renewal::renew(&parts, account, asked, reports.of_chain()).await,
                Storage::Memory => Ok(renewal::renew_in_memory(&parts, account, reports.of_chain()).await),
            };
            JobOutcome::Renewed(Box::new(renewed))
        };
        held.job = Some(self.jobs.begin(renew));
    }

    pub(super) fn renewed(&mut self, id: AccountId, result: Result<Outcome, Error>) {
        let now = self.parts.clock.moment();
        let Some(held) = self.state.open_mut().and_then(|open| open.account_mut(id)) else { return };
        held.job = None;
        if result.as_ref().is_err_and(Error::is_signed_out_elsewhere) {
            let why = held.signed_out(now);
            self.gone(id, why);
            return self.write_token_files();
        }
        let error = result.as_ref().map_or_else(Some, |ran| ran.error.as_ref());
        if let Some(error) = error.filter(|error| error.remedy() == Remedy::StartAfresh).cloned() {
            if let Ok(ran) = result {
                held.has_run(ran);
            }
            return self.shut(&error);
        }
        // If the key or the vault failed, nothing was sent.
        if result.as_ref().is_err() {
            self.pace.sent_nothing(id);
        }
        held.run.over();
        let (run, failures, waiting) = (held.run.clone(), held.failures, std::mem::take(&mut held.waiting));
        let (reach, storage, is_leaving) = (held.reach, held.storage, held.is_leaving);
        let mut ran = result.unwrap_or_else(|error| Outcome { account: held.account.clone(), error: Some(error) });
        ran.account.stay(&held.account);
        let error = ran.error.clone();
        let held = after_run(ran, failures, now, chance());
        let held = Held { run, storage, is_leaving, reach: held.reach.after_trying_again(reach), ..held };
        if let Renewal::Fresh { renews_at } = &held.renewal {
            tracing::info!(next = %renews_at, "renewed");
        }
        answer_all(waiting, &held, now, error.as_ref());
        self.replace(held);
        self.spread_clock_error();
        self.write_token_files();
        // Others may have waited for their turn.
        self.renew_what_is_due();
    }

    /// Keeps what a renewal got although the vault doesn't open: its refresh token may be the only one that's valid.
    pub(super) fn stranded_renewed(&mut self, number: Number, result: Result<Outcome, Error>) {
        let held = self.stranded.iter_mut().find(|held| held.is_renewed_by(number));
        if let Some(held) = held {
            held.job = None;
            if let Ok(ran) = result {
                held.has_run(ran);
            }
        }
        self.stranded.retain(Held::is_unsaved);
    }

    pub(super) fn until_due(&self) -> Duration {
        let now = self.parts.clock.moment();
        let accounts = self.state.open().into_iter().flat_map(|open| &open.accounts);
        accounts.filter(|held| self.renews(held)).map(|held| until_due(held, now)).min().unwrap_or(STEP)
    }

    /// Whether an account renews by itself here.
    fn renews(&self, held: &Held) -> bool {
        !held.is_leaving && self.only.is_none_or(|only| only == held.account.id)
    }

    /// Returns the matching accounts.
    pub(super) fn ids(&self, wanted: impl Fn(&Held) -> bool) -> Vec<AccountId> {
        let accounts = self.state.open().map(|open: &Open| open.accounts.as_slice()).unwrap_or_default();
        accounts.iter().filter(|held| wanted(held)).map(|held| held.account.id).collect()
    }
}
