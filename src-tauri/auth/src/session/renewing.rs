//! Renewing: when it is due, and what comes of it. Each account by itself.

use std::time::Duration;

use jiff::{SignedDuration, Timestamp};

use super::{
    handing_out,
    jobs::{Job, Reports},
    network::Reach,
    state::{Held, Open},
    task::{Clocks, STEP, Task, chance, told},
    work::Outcome,
};
use crate::{
    account::{Account, AccountId},
    clock::Clock,
    error::{Cause, Error, Remedy},
    issuer::Issuer,
    keep::{Ran, milliseconds, services_now},
    keyring::Asked,
    renewal,
    run::Run,
    schedule,
    status::{Kept, Renewal},
    trouble::Trouble,
};

/// A clock that is corrected bit by bit jumps by less.
const SET: SignedDuration = SignedDuration::from_secs(30);
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
        let before = std::mem::replace(&mut self.ticked, Clocks::of(&self.parts.clock));
        let passed = self.ticked.elapsed.saturating_sub(before.elapsed);
        let by_the_clock = self.ticked.shown.duration_since(before.shown);
        let was_set = (by_the_clock - SignedDuration::try_from(passed).unwrap_or_default()).abs() > SET;
        if passed > SLEPT {
            self.parts.issuer.hang_up();
        }
        // A keyring that was locked at login may be open by now.
        if self.state.shut().is_some_and(Trouble::asks_to_unlock) && self.opening.is_none() {
            self.open(Asked::Unasked);
        }
        if was_set {
            self.shift_waits(by_the_clock - SignedDuration::try_from(passed).unwrap_or_default());
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
    fn measure(&mut self) {
        let now = self.parts.clock.now();
        let accounts = self.state.open_mut().into_iter().flat_map(|open| &mut open.accounts);
        let well = accounts.filter(|held| matches!(held.renewal, Renewal::Fresh { .. })).take(1);
        for held in well {
            held.renewal = Renewal::Fresh { renews_at: services_now(now, held.account.clock_error_ms) };
        }
    }

    /// The clock is this computer's, whichever account measured it.
    fn spread_clock_error(&mut self) {
        let Some(error) = self.parts.issuer.clock_error().map(milliseconds) else { return };
        for held in self.state.open_mut().into_iter().flat_map(|open| &mut open.accounts) {
            held.account.clock_error_ms = error;
        }
    }

    /// Waits go on for as long as they were meant to, whatever the clock shows now.
    fn shift_waits(&mut self, by: SignedDuration) {
        for held in self.state.open_mut().into_iter().flat_map(|open| &mut open.accounts) {
            if let Renewal::Stale { tries_at, .. } = &mut held.renewal {
                *tries_at = tries_at.saturating_add(by).unwrap_or(*tries_at);
            }
            let until = &mut held.account.asked_to_wait;
            *until = until.and_then(|until| until.saturating_add(by).ok());
        }
    }

    /// A few at a time: after a sleep all may be due at once.
    pub(super) fn renew_what_is_due(&mut self) {
        let now = self.parts.clock.now();
        let under_way = self.ids(|held| held.job.is_some()).len();
        let due = self.ids(|held| self.renews(held) && held.job.is_none() && until_due(held, now) == Duration::ZERO);
        for id in due.into_iter().take(AT_ONCE.saturating_sub(under_way)) {
            self.renew(id, Asked::Unasked);
        }
    }

    pub(super) fn renew_shown(&mut self, asked: Asked) {
        if let Some(id) = self.state.open().filter(|open| open.sign_in.is_none()).and_then(|open| open.shown) {
            self.renew(id, asked);
        }
    }

    pub(super) fn renew(&mut self, id: AccountId, asked: Asked) {
        let Some(held) = self.state.open_mut().and_then(|open| open.account_mut(id)) else { return };
        if held.job.is_some() {
            return;
        }
        held.renewal = Renewal::Renewing;
        held.run = Run::default();
        // It will say itself whether it reaches anything.
        held.trial.take().into_iter().for_each(Job::stop);
        let (parts, account, kept) = (self.parts.clone(), held.account.clone(), held.kept);
        let renew = async move |reports: Reports| {
            let renewed = match kept {
                Kept::Sealed => renewal::renew(&parts, account, asked, reports.of_chain()).await,
                Kept::Memory => Ok(renewal::renew_in_memory(&parts, account, reports.of_chain()).await),
            };
            Outcome::Renewed(id, Box::new(renewed))
        };
        held.job = Some(self.jobs.begin(renew));
    }

    pub(super) fn renewed(&mut self, id: AccountId, result: Result<Ran, Error>) {
        let now = self.parts.clock.now();
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
        held.run.over();
        let (run, failures, waiting) = (held.run.clone(), held.failures, std::mem::take(&mut held.waiting));
        let (reach, kept) = (held.reach, held.kept);
        let mut ran = result.unwrap_or_else(|error| Ran { account: held.account.clone(), error: Some(error) });
        ran.account.heed(&held.account);
        let trouble = ran.error.as_ref().map(Trouble::from);
        let held = self.held(ran, failures);
        let held = Held { run, kept, reach: held.reach.after_trying_again(reach), ..held };
        if let Renewal::Fresh { renews_at } = &held.renewal {
            tracing::info!(next = %renews_at, "renewed");
        }
        handing_out::answer_all(waiting, &held, now, trouble.as_ref());
        self.replace(held);
        self.spread_clock_error();
        self.keep_files();
        // Others may have waited for their turn.
        self.renew_what_is_due();
    }

    pub(super) fn until_due(&self) -> Duration {
        let now = self.parts.clock.now();
        let accounts = self.state.open().into_iter().flat_map(|open| &open.accounts);
        accounts.filter(|held| self.renews(held)).map(|held| until_due(held, now)).min().unwrap_or(STEP)
    }

    /// Whether an account renews by itself here.
    fn renews(&self, held: &Held) -> bool {
        self.only.is_none_or(|only| only == held.account.id)
    }

    /// An account as the vault has it.
    pub(super) fn restored(&self, account: Account) -> Held {
        match account.last_trouble.clone().filter(Trouble::asks_to_sign_in) {
            Some(trouble) => Held::new(account, Renewal::NeedsSignIn { trouble }),
            // The program ended before the first one came.
            None if account.tokens.spartan.is_none() => {
                let renews_at = services_now(self.parts.clock.now(), account.clock_error_ms);
                Held::new(account, Renewal::Fresh { renews_at })
            }
            None => self.held(Ran { account, error: None }, 0),
        }
    }

    /// An account after its chain ran.
    pub(super) fn held(&self, ran: Ran, failures: u32) -> Held {
        let Ran { account, error } = ran;
        let now = services_now(self.parts.clock.now(), account.clock_error_ms);
        let (renewal, failures) = match &error {
            None => (Renewal::Fresh { renews_at: renews_at(&account, now) }, 0),
            Some(error) => match error.remedy() {
                Remedy::Retry { after } => (stale(error, failures, after, now), failures + 1),
                // A keyring that is locked may be opened by somebody else.
                Remedy::TryAgain | Remedy::Unlock => (stale(error, failures, None, now), failures + 1),
                _ => (Renewal::NeedsSignIn { trouble: told(error) }, failures),
            },
        };
        Held { failures, reach: Reach::after(error.as_ref()), ..Held::new(account, renewal) }
    }

    /// The accounts of which something is true.
    pub(super) fn ids(&self, wanted: impl Fn(&Held) -> bool) -> Vec<AccountId> {
        let accounts = self.state.open().map(|open: &Open| open.accounts.as_slice()).unwrap_or_default();
        accounts.iter().filter(|held| wanted(held)).map(|held| held.account.id).collect()
    }
}

fn until_due(held: &Held, now: Timestamp) -> Duration {
    let due = match &held.renewal {
        Renewal::Fresh { renews_at } => *renews_at,
        Renewal::Stale { tries_at, .. } => *tries_at,
        Renewal::Renewing | Renewal::NeedsSignIn { .. } => return STEP,
    };
    Duration::try_from(due.duration_since(held.now(now))).unwrap_or(Duration::ZERO)
}

fn renews_at(account: &Account, now: Timestamp) -> Timestamp {
    let got = account.tokens.spartan.as_ref().map_or(now, |spartan| spartan.life.issued_at.min(now));
    schedule::renews_at(&account.tokens, got, chance())
}

fn stale(error: &Error, failures: u32, after: Option<Duration>, now: Timestamp) -> Renewal {
    let wait = schedule::wait(failures + 1, after, chance());
    let wait = SignedDuration::try_from(wait).unwrap_or_default();
    Renewal::Stale { trouble: told(error), tries_at: now.saturating_add(wait).unwrap_or(now) }
}
