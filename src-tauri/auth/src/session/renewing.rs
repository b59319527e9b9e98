//! Renewing: when it is due, and what comes of it. Each account by itself.

use std::time::Duration;

use super::{
    handing_out,
    jobs::{Job, Reports},
    network::Reach,
    state::{Held, Open},
    task::{STEP, Task, chance, told},
    work::Outcome,
};
use crate::{
    account::{Account, AccountId},
    clock::{Clock, Moment},
    clock_error::DISTURBED,
    error::{Cause, Error, Remedy},
    issuer::Issuer,
    keep::Ran,
    keyring::Interaction,
    renewal,
    run::Run,
    schedule,
    status::{Renewal, Storage},
    vault::Look,
};

/// A step that took longer was a sleep.
const SLEPT: Duration = Duration::from_secs(30);
/// A clock that is set again and again is measured no more often than this.
const MEASURED: Duration = Duration::from_secs(300);
/// So many accounts renew at once by themselves.
const AT_ONCE: usize = 4;

impl<I: Issuer, C: Clock> Task<I, C> {
    /// Looks at the time again. A clock that was set makes tokens look younger or older than they are, and only the next
    /// answer of the services tells by how much.
    pub(super) fn tick(&mut self) {
        let before = std::mem::replace(&mut self.ticked, self.parts.clock.moment());
        let passed = self.ticked.elapsed.saturating_sub(before.elapsed);
        let was_set = self.ticked.set_since(before).is_some_and(|set| set.abs() > DISTURBED);
        if passed > SLEPT {
            self.parts.issuer.hang_up();
        }
        // A keyring that was locked at login may be open by now, and another program may have created a new vault.
        let may_open = |error: &Error| error.asks_to_unlock() || self.parts.vault.look() == Look::Changed;
        if self.state.shut().is_some_and(may_open) && self.opening.is_none() {
            self.open(Interaction::Forbidden);
        }
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
        self.keep_files_again();
        self.look_for_network();
        self.look_for_others();
        self.look_at_page();
    }

    /// Lets an account that is well renew: the answers tell by how much the clock is wrong, for all of them.
    pub(super) fn measure(&mut self) {
        if self.parts.issuer.clock_error().is_some() {
            return;
        }
        let now = self.parts.clock.moment();
        let accounts = self.state.open_mut().into_iter().flat_map(|open| &mut open.accounts);
        let well = accounts.filter(|held| matches!(held.renewal, Renewal::Fresh { .. })).take(1);
        for held in well {
            held.renewal = Renewal::Fresh { renews_at: held.account.services_time(now) };
        }
    }

    /// The clock is this computer's, whichever account measured it.
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

    /// A few at a time: after a sleep all may be due at once.
    pub(super) fn renew_what_is_due(&mut self) {
        let now = self.parts.clock.moment();
        let under_way = self.ids(|held| held.job.is_some()).len();
        let due = self.ids(|held| self.renews(held) && held.job.is_none() && until_due(held, now) == Duration::ZERO);
        for id in due.into_iter().take(AT_ONCE.saturating_sub(under_way)) {
            self.renew(id, Interaction::Forbidden);
        }
    }

    pub(super) fn renew(&mut self, id: AccountId, asked: Interaction) {
        let Some(held) = self.state.open_mut().and_then(|open| open.account_mut(id)) else { return };
        if held.job.is_some() {
            return;
        }
        self.pace.renews(id, self.parts.clock.moment());
        held.renewal = Renewal::Renewing;
        held.run = Run::default();
        // It will say itself whether it reaches anything.
        held.trial.take().into_iter().for_each(Job::stop);
        let (parts, account, kept) = (self.parts.clone(), held.account.clone(), held.kept);
        let renew = async move |reports: Reports| {
            let renewed = match kept {
                Storage::Vault => renewal::renew(&parts, account, asked, reports.of_chain()).await,
                Storage::Memory => Ok(renewal::renew_in_memory(&parts, account, reports.of_chain()).await),
            };
            Outcome::Renewed(Box::new(renewed))
        };
        held.job = Some(self.jobs.begin(renew));
    }

    pub(super) fn renewed(&mut self, id: AccountId, result: Result<Ran, Error>) {
        let now = self.parts.clock.moment();
        let Some(held) = self.state.open_mut().and_then(|open| open.account_mut(id)) else { return };
        held.job = None;
        if let Err(Error { cause: Cause::NotSignedIn, .. }) = result {
            let why = held.signed_out(now);
            self.gone(id, why);
            return self.keep_files();
        }
        if let Some(error) = result.as_ref().err().filter(|error| error.remedy() == Remedy::StartAfresh) {
            return self.shut(error);
        }
        // If the key or the vault failed, nothing was sent.
        if result.as_ref().is_err() {
            self.pace.sent_nothing(id);
        }
        held.run.over();
        let (run, failures, waiting) = (held.run.clone(), held.failures, std::mem::take(&mut held.waiting));
        let (reach, kept) = (held.reach, held.kept);
        let mut ran = result.unwrap_or_else(|error| Ran { account: held.account.clone(), error: Some(error) });
        ran.account.stay(&held.account);
        let error = ran.error.clone();
        let held = self.held(ran, failures);
        let held = Held { run, kept, reach: held.reach.after_trying_again(reach), ..held };
        if let Renewal::Fresh { renews_at } = &held.renewal {
            tracing::info!(next = %renews_at, "renewed");
        }
        handing_out::answer_all(waiting, &held, now, error.as_ref());
        self.replace(held);
        self.spread_clock_error();
        self.keep_files();
        // Others may have waited for their turn.
        self.renew_what_is_due();
    }

    pub(super) fn until_due(&self) -> Duration {
        let now = self.parts.clock.moment();
        let accounts = self.state.open().into_iter().flat_map(|open| &open.accounts);
        accounts.filter(|held| self.renews(held)).map(|held| until_due(held, now)).min().unwrap_or(STEP)
    }

    /// Whether an account renews by itself here.
    fn renews(&self, held: &Held) -> bool {
        self.only.is_none_or(|only| only == held.account.id)
    }

    /// An account as the vault has it.
    pub(super) fn restored(&self, account: Account) -> Held {
        match account.last_error.clone() {
            Some(problem) if problem.asks_to_sign_in() => Held::new(account, Renewal::NeedsAction { problem }),
            _ => self.well(account, Since::Issued),
        }
    }

    /// An account that nothing stops but a wait that a service asked another program for.
    fn well(&self, account: Account, since: Since) -> Held {
        let now = self.parts.clock.moment();
        if let (Some(_), Some(error)) = (account.must_wait(now), account.last_error.clone()) {
            let mut held = Held::new(account, Renewal::Renewing);
            held.rest(error, Duration::ZERO, now);
            return held;
        }
        let services_time = account.services_time(now);
        let renews_at = match &account.tokens.spartan {
            // The program ended before the first one came.
            None => services_time,
            Some(spartan) => {
                let got = match since {
                    Since::Now => services_time,
                    Since::Issued => spartan.life.issued_at.min(services_time),
                };
                schedule::renews_at(&account.tokens, got, chance())
            }
        };
        Held::new(account, Renewal::Fresh { renews_at })
    }

    /// An account after its chain ran.
    pub(super) fn held(&self, ran: Ran, failures: u32) -> Held {
        let Ran { account, error } = ran;
        let now = self.parts.clock.moment();
        let Some(error) = error else { return self.well(account, Since::Now) };
        let reach = Reach::after(Some(&error));
        let asked = match error.remedy() {
            Remedy::Retry { after } => after,
            // Another program may unlock a locked keyring.
            Remedy::TryAgain | Remedy::Unlock => None,
            _ => {
                let renewal = Renewal::NeedsAction { problem: told(error) };
                return Held { failures, reach, ..Held::new(account, renewal) };
            }
        };
        let mut held = Held { failures: failures + 1, reach, ..Held::new(account, Renewal::Renewing) };
        held.rest(told(error), schedule::wait(failures + 1, asked, chance()), now);
        held
    }

    /// The accounts of which something is true.
    pub(super) fn ids(&self, wanted: impl Fn(&Held) -> bool) -> Vec<AccountId> {
        let accounts = self.state.open().map(|open: &Open| open.accounts.as_slice()).unwrap_or_default();
        accounts.iter().filter(|held| wanted(held)).map(|held| held.account.id).collect()
    }
}

fn until_due(held: &Held, now: Moment) -> Duration {
    let until = match &held.renewal {
        Renewal::Fresh { renews_at } => {
            let left = renews_at.duration_since(held.account.services_time(now));
            Duration::try_from(left).unwrap_or(Duration::ZERO)
        }
        Renewal::Stale { .. } => held.rests_until.saturating_sub(now.elapsed),
        Renewal::Renewing | Renewal::NeedsAction { .. } => return STEP,
    };
    until.max(held.account.must_wait(now).unwrap_or_default())
}

/// From when on an account's tokens count as had.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Since {
    /// They have just come: another renewal at once would bring the same.
    Now,
    /// They lay in the vault.
    Issued,
}
