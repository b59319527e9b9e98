//! A network that returns is noticed long before the next try: where nothing could be reached, a connection is tried
//! again and again, without a request.

use super::{
    state::Held,
    task::{Task, chance},
    work::Outcome,
};
use crate::{
    account::AccountId,
    clock::Clock,
    error::{Cause, Error, Step, Unreachable},
    issuer::Issuer,
    leg::Leg,
    schedule,
};

/// Whether the host can be reached at which a renewal failed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Reach {
    /// It can, as far as is known.
    Fine,
    /// It did not answer: perhaps the network is gone, perhaps the service is slow.
    Doubtful(Leg),
    /// It cannot.
    Lost(Leg),
}

impl Reach {
    /// What an error says of it.
    pub(super) const fn after(error: Option<&Error>) -> Reach {
        match error {
            Some(Error { step: Step::Leg(leg), cause: Cause::Unreachable { why, .. }, .. }) => match why {
                Unreachable::Connect | Unreachable::Tls => Reach::Lost(*leg),
                Unreachable::TimedOut => Reach::Doubtful(*leg),
                Unreachable::Broken => Reach::Fine,
            },
            _ => Reach::Fine,
        }
    }

    /// The same once another renewal failed: a host that was lost and does not answer is still lost.
    pub(super) const fn after_trying_again(self, before: Reach) -> Reach {
        match (self, before) {
            (Reach::Doubtful(leg), Reach::Lost(_)) => Reach::Lost(leg),
            (reach, _) => reach,
        }
    }

    const fn leg(self) -> Option<Leg> {
        match self {
            Reach::Fine => None,
            Reach::Doubtful(leg) | Reach::Lost(leg) => Some(leg),
        }
    }

    /// The same once a connection was tried. A host that could be reached all along is only slow: that is for the next try.
    const fn tried(self, connected: bool) -> (Reach, Returned) {
        match (self, connected) {
            (Reach::Lost(_), true) => (Reach::Fine, Returned::Now),
            (Reach::Doubtful(_), true) | (Reach::Fine, _) => (Reach::Fine, Returned::No),
            (Reach::Doubtful(leg) | Reach::Lost(leg), false) => (Reach::Lost(leg), Returned::No),
        }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Returned {
    Now,
    No,
}

impl<I: Issuer, C: Clock> Task<I, C> {
    /// Tries a connection to a host to which none could be made: one at a time, for every account that needs it.
    pub(super) fn look_for_network(&mut self) {
        let is_lost = |held: &Held| held.reach != Reach::Fine && held.job.is_none();
        let Some(id) = self.ids(is_lost).first().copied().filter(|_| self.ids(|held| held.trial.is_some()).is_empty())
        else {
            return;
        };
        let Some(held) = self.state.open_mut().and_then(|open| open.account_mut(id)) else { return };
        let Some(leg) = held.reach.leg() else { return };
        let (parts, platform) = (self.parts.clone(), held.account.app.platform);
        let trial = async move |_| Outcome::Tried(id, leg, parts.issuer.open_ahead(platform, leg).await.is_ok());
        held.trial = Some(self.jobs.begin(trial));
    }

    pub(super) fn tried(&mut self, id: AccountId, leg: Leg, connected: bool) {
        let now = self.parts.clock.moment();
        let Some(open) = self.state.open_mut() else { return };
        if let Some(held) = open.account_mut(id) {
            held.trial = None;
        }
        for held in open.accounts.iter_mut().filter(|held| held.reach.leg() == Some(leg)) {
            let (reach, returned) = held.reach.tried(connected);
            held.reach = reach;
            if returned == Returned::Now {
                // A network comes back for everybody at once, so requests are spread out.
                let soon = now.elapsed.saturating_add(schedule::wait(1, None, chance()));
                held.rests_until = held.rests_until.min(soon);
                held.tell_wait(now);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn after(why: Unreachable) -> Reach {
        let cause = Cause::Unreachable { host: "xsts.auth.xboxlive.com".into(), why };
        Reach::after(Some(&Error::new(Step::Leg(Leg::XstsHalo), cause)))
    }

    #[test]
    fn a_host_is_lost_where_no_connection_was_made_and_in_doubt_where_no_answer_came() {
        assert_eq!(after(Unreachable::Connect), Reach::Lost(Leg::XstsHalo));
        assert_eq!(after(Unreachable::Tls), Reach::Lost(Leg::XstsHalo));
        assert_eq!(after(Unreachable::TimedOut), Reach::Doubtful(Leg::XstsHalo));
        assert_eq!(after(Unreachable::Broken), Reach::Fine);
        let refused = Error::new(Step::Leg(Leg::XstsHalo), Cause::Passing { status: 503, retry_after: None });
        assert_eq!(Reach::after(Some(&refused)), Reach::Fine);
        assert_eq!(Reach::after(None), Reach::Fine);
    }

    #[test]
    fn only_what_was_lost_returns() {
        assert_eq!(after(Unreachable::Connect).tried(true), (Reach::Fine, Returned::Now));
        assert_eq!(after(Unreachable::Connect).tried(false), (Reach::Lost(Leg::XstsHalo), Returned::No));
        assert_eq!(after(Unreachable::TimedOut).tried(true), (Reach::Fine, Returned::No));
        let (lost, _) = after(Unreachable::TimedOut).tried(false);
        assert_eq!(lost.tried(true), (Reach::Fine, Returned::Now));
    }
}
