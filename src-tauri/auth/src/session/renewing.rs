//! Renewing: when it is due, what comes of it, and who gets the token.

use std::time::Duration;

use jiff::{SignedDuration, Timestamp};
use tokio::task::JoinHandle;

use super::{
    HandedOut, Reply,
    network::Reach,
    state::{Held, State},
    task::{Clocks, Outcome, STEP, Task, answer, chance, told},
    work::{self, Ran},
};
use crate::{
    account::Account,
    clock::Clock,
    error::{Cause, Error, Remedy},
    issuer::Issuer,
    keyring::Asked,
    run::Run,
    schedule,
    status::Renewal,
    trouble::Trouble,
};

/// Whether a renewal goes on, for those who wait for its token.
pub(super) enum Running {
    Still,
    Over(Option<Trouble>),
}

impl Running {
    fn trouble(&self) -> Option<Trouble> {
        match self {
            Running::Still => None,
            Running::Over(trouble) => trouble.clone(),
        }
    }
}

/// A clock that is corrected bit by bit jumps by less.
const SET: SignedDuration = SignedDuration::from_secs(30);
/// A step that took longer was a sleep.
const SLEPT: Duration = Duration::from_secs(60);

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
        match &self.state {
            State::SignedIn(held) if was_set && !matches!(held.renewal, Renewal::NeedsSignIn { .. }) => {
                self.renew(Asked::Unasked);
            }
            // A keyring that was locked at login may be open by now.
            State::Shut(trouble) if trouble.asks_to_unlock() && self.job.is_none() => self.open(Asked::Unasked),
            _ => self.renew_if_due(),
        }
        self.look_for_network();
    }

    pub(super) fn renew_if_due(&mut self) {
        if self.until_due() == Duration::ZERO {
            self.renew(Asked::Unasked);
        }
    }

    pub(super) fn renew(&mut self, asked: Asked) {
        let State::SignedIn(held) = &mut self.state else { return };
        if self.job.is_some() {
            return;
        }
        held.renewal = Renewal::Renewing;
        // It will say itself whether it reaches anything.
        self.trial.take().inspect(JoinHandle::abort);
        held.run = Run::default();
        let (parts, account) = (self.parts.clone(), held.account.clone());
        self.begin(|reports| async move { Outcome::Renewed(work::renew(&parts, account, asked, reports).await) });
    }

    pub(super) fn renewed(&mut self, result: Result<Ran, Error>) {
        let State::SignedIn(held) = &self.state else { return };
        if let Err(Error { cause: Cause::NotSignedIn, .. }) = result {
            self.state = held.signed_out(self.parts.clock.now());
            return self.answer_waiting(&Running::Over(None));
        }
        if let Some(error) = result.as_ref().err().filter(|error| error.remedy() == Remedy::StartAfresh) {
            self.state = State::Shut(told(error));
            return self.answer_waiting(&Running::Over(None));
        }
        let failures = held.failures;
        let ran = result.unwrap_or_else(|error| Ran { account: held.account.clone(), error: Some(error) });
        let trouble = ran.error.as_ref().map(Trouble::from);
        let marks = self.marks();
        self.state = State::SignedIn(Box::new(Held { run: marks, ..*self.held(ran, failures) }));
        self.answer_waiting(&Running::Over(trouble));
    }

    /// Which legs failed, now that a run is over.
    pub(super) fn marks(&self) -> Run {
        let mut run = match &self.state {
            State::SigningIn(sign_in) => sign_in.run.clone(),
            State::SignedIn(held) => held.run.clone(),
            State::Opening | State::Shut(_) | State::SignedOut(_) => Run::default(),
        };
        run.over();
        run
    }

    pub(super) fn hand_out(&mut self, reply: Reply<HandedOut>) {
        let renews =
            matches!(&self.state, State::SignedIn(held) if !matches!(held.renewal, Renewal::NeedsSignIn { .. }));
        if !renews || self.has_enough() {
            return answer(reply, self.spartan(None));
        }
        self.waiting.push(reply);
        self.renew(Asked::Unasked);
    }

    /// Answers who waits: with a token that is enough while the renewal goes on, with what there is at its end.
    pub(super) fn answer_waiting(&mut self, run: &Running) {
        if matches!(run, Running::Over(_)) || self.has_enough() {
            for reply in std::mem::take(&mut self.waiting) {
                answer(reply, self.spartan(run.trouble()));
            }
        }
    }

    /// The Spartan token as long as it is good at all, else why there is none.
    fn spartan(&self, trouble: Option<Trouble>) -> Result<HandedOut, Trouble> {
        let Some(held) = self.somebody() else { return Err(self.not_open()) };
        let now = held.now(self.parts.clock.now());
        match held.account.tokens.spartan.as_ref().filter(|spartan| spartan.life.is_valid(now)) {
            Some(spartan) => Ok(HandedOut { token: spartan.token.clone(), expires_at: spartan.life.expires_at }),
            None => Err(trouble.or_else(|| self.state.status().trouble().cloned()).unwrap_or_else(|| self.not_open())),
        }
    }

    fn has_enough(&self) -> bool {
        let Some(held) = self.somebody() else { return false };
        let now = held.now(self.parts.clock.now());
        held.account.tokens.spartan.as_ref().is_some_and(|spartan| spartan.life.is_enough_to_copy(now))
    }

    /// Who is signed in, also while they sign in again.
    fn somebody(&self) -> Option<&Held> {
        match &self.state {
            State::SignedIn(held) => Some(held),
            State::SigningIn(_) => self.before(),
            State::Opening | State::Shut(_) | State::SignedOut(_) => None,
        }
    }

    pub(super) fn until_due(&self) -> Duration {
        let State::SignedIn(held) = &self.state else { return STEP };
        let due = match &held.renewal {
            Renewal::Fresh { renews_at } => *renews_at,
            Renewal::Stale { tries_at, .. } => *tries_at,
            Renewal::Renewing | Renewal::NeedsSignIn { .. } => return STEP,
        };
        let now = held.now(self.parts.clock.now());
        Duration::try_from(due.duration_since(now)).unwrap_or(Duration::ZERO)
    }

    pub(super) fn restored(&self, account: Account) -> Box<Held> {
        let needs_sign_in = account.last_trouble.clone().filter(Trouble::asks_to_sign_in);
        match needs_sign_in {
            Some(trouble) => {
                let renewal = Renewal::NeedsSignIn { trouble };
                Box::new(Held { account, renewal, failures: 0, reach: Reach::Fine, run: Run::default() })
            }
            None => self.held(Ran { account, error: None }, 0),
        }
    }

    pub(super) fn held(&self, ran: Ran, failures: u32) -> Box<Held> {
        let Ran { account, error } = ran;
        let now = work::services_now(self.parts.clock.now(), account.clock_error_ms);
        let (renewal, failures) = match &error {
            None => (Renewal::Fresh { renews_at: renews_at(&account, now) }, 0),
            Some(error) => match error.remedy() {
                Remedy::Retry { after } => (stale(error, failures, after, now), failures + 1),
                Remedy::TryAgain => (stale(error, failures, None, now), failures + 1),
                _ => (Renewal::NeedsSignIn { trouble: told(error) }, failures),
            },
        };
        let reach = Reach::after(error.as_ref());
        Box::new(Held { account, renewal, failures, reach, run: Run::default() })
    }
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
