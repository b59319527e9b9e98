//! Limits how often clicks send something: never while a service has asked for a wait, otherwise once every few seconds.

use std::{collections::BTreeMap, time::Duration};

use spartan_auth::clock::Moment;
use spartan_vault::{account::AccountId, wait::Wait};

use crate::{error::Error, renewal::schedule::PACE};

/// When things were sent, by the clock that can't be set.
#[derive(Default)]
pub(super) struct Pace {
    renewals: BTreeMap<AccountId, Duration>,
    /// The error that ended the last sign-in, if a service asked for a wait.
    sign_in: Option<(Wait, Error)>,
    /// When the last request of a sign-in may have gone out.
    signed_in_at: Option<Duration>,
}

impl Pace {
    /// Records that an account renews at `now`.
    pub(super) fn renews(&mut self, id: AccountId, now: Moment) {
        self.renewals.insert(id, now.elapsed);
    }

    /// Records that a renewal ended before it sent anything.
    pub(super) fn sent_nothing(&mut self, id: AccountId) {
        self.renewals.remove(&id);
    }

    /// Returns how long an account must wait at `now` before it may renew again; zero if it may already.
    pub(super) fn rest(&self, id: AccountId, now: Moment) -> Duration {
        let next = self.renewals.get(&id).map_or(Duration::ZERO, |last| last.saturating_add(PACE));
        next.saturating_sub(now.elapsed)
    }

    /// Records what ended a sign-in.
    pub(super) fn sign_in_failed(&mut self, error: &Error, now: Moment) {
        if let Some(lasts) = error.asked_to_wait() {
            self.sign_in = Some((Wait { since: now, lasts }, error.clone()));
        }
    }

    /// Fails if nobody can sign in at `now` because a service asked for a wait.
    pub(super) fn may_sign_in(&self, now: Moment) -> Result<(), Error> {
        match &self.sign_in {
            Some((wait, error)) if !wait.left(now).is_zero() => Err(error.clone().until(wait.left(now))),
            Some(_) | None => Ok(()),
        }
    }

    /// Returns how long a sign-in must delay its first request at `now`, and counts that request.
    pub(super) fn hold_back(&mut self, now: Moment) -> Duration {
        let next = match self.signed_in_at {
            // Only one sign-in runs at a time: the one that had this turn has ended without using it.
            Some(turn) if turn > now.elapsed => turn,
            Some(last) => now.elapsed.max(last.saturating_add(PACE)),
            None => now.elapsed,
        };
        self.signed_in_at = Some(next);
        next.saturating_sub(now.elapsed)
    }
}

#[cfg(test)]
mod tests {
    use jiff::Timestamp;
    use uuid::Uuid;

    use spartan_auth::error::Cause as AuthCause;

    use super::*;
    use crate::error::{Cause, Step};
    use spartan_auth::leg::Leg;

    fn moment(seconds: u64) -> Moment {
        Moment { wall: Timestamp::UNIX_EPOCH, elapsed: Duration::from_secs(seconds), boot: None }
    }

    #[test]
    fn an_account_renews_once_in_a_few_seconds_and_each_by_itself() {
        let (one, other) = (AccountId(Uuid::from_u128(1)), AccountId(Uuid::from_u128(2)));
        let mut pace = Pace::default();
        pace.renews(one, moment(10));
        let rests = |pace: &Pace, id, at| pace.rest(id, moment(at)).as_secs();
        assert_eq!([10, 12, 13, 99].map(|at| rests(&pace, one, at)), [3, 1, 0, 0]);
        assert_eq!(rests(&pace, other, 10), 0);
        pace.sent_nothing(one);
        assert_eq!(rests(&pace, one, 10), 0);
    }

    #[test]
    fn nobody_signs_in_while_a_service_wants_to_be_left_alone_and_the_wait_is_told() {
        let mut pace = Pace::default();
        let refused = |retry_after| {
            Error::new(Step::Leg(Leg::XboxUser), Cause::Auth(AuthCause::Passing { status: 429, retry_after }))
        };
        pace.sign_in_failed(&refused(None), moment(0));
        assert_eq!(pace.may_sign_in(moment(0)), Ok(()));
        let error = refused(Some(Duration::from_secs(600)));
        pace.sign_in_failed(&error, moment(0));
        let told = pace.may_sign_in(moment(60)).unwrap_err();
        assert!(matches!(told.cause, Cause::AskedToWait { left, .. } if left == Duration::from_secs(540)), "{told:?}");
        assert_eq!(pace.may_sign_in(moment(600)), Ok(()));
    }

    #[test]
    fn sign_ins_that_follow_each_other_send_a_few_seconds_apart() {
        let mut pace = Pace::default();
        let held_back = [10, 10, 11, 40].map(|at| pace.hold_back(moment(at)).as_secs());
        assert_eq!(held_back, [0, 3, 2, 0]);
    }
}
