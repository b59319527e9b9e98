//! The error of this computer's clock, and how long its measurement is valid.

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

use crate::clock::Moment;

/// The measured error of this computer's clock.
///
/// It's valid until the computer restarts or the clock is set. From then on, the services' time is assumed to be the
/// latest that the clocks allow, so that no token looks younger than it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ClockError {
    ahead: SignedDuration,
    measured: Moment,
}

/// A clock that was set back by less may only be slow.
const STEP: i64 = 2;

/// Two undisturbed clocks drift apart by less than this.
pub const DISTURBED: SignedDuration = SignedDuration::from_secs(30);

impl ClockError {
    /// Returns the error measured at `measured`: by how much the wall clock was ahead of the services' time.
    #[must_use]
    pub const fn new(ahead: SignedDuration, measured: Moment) -> ClockError {
        ClockError { ahead, measured }
    }

    /// Returns by how much the wall clock was ahead of the services' time when measured; negative if it was behind.
    #[must_use]
    pub const fn ahead(self) -> SignedDuration {
        self.ahead
    }

    /// Whether the clock has run undisturbed from the measurement until `now`.
    #[must_use]
    pub fn holds(self, now: Moment) -> bool {
        now.set_since(self.measured).is_some_and(|set| set.abs() < DISTURBED)
    }

    /// Returns the services' time at `now`: exact while the measurement is valid, otherwise the latest possible. If the
    /// clock was set back by too little to void the measurement, the time is exact to a second.
    #[must_use]
    pub fn services_time(self, now: Moment) -> Timestamp {
        let corrected = now.wall.checked_sub(self.ahead).unwrap_or(now.wall);
        if self.holds(now) {
            return corrected.checked_add(self.set_back(now)).unwrap_or(corrected);
        }
        // By the clock that can't be set: the time since the measurement or, after a restart, at least the time since
        // startup.
        let since = now.since(self.measured).unwrap_or(now.elapsed);
        let at_least = SignedDuration::try_from(since).ok().and_then(|since| self.then().checked_add(since).ok());
        now.wall.max(corrected).max(at_least.unwrap_or_else(|| self.then()))
    }

    /// Whether the computer was restarted since the measurement, so that the wall clock at `now` may show any time:
    /// computers without a clock battery start with the time at which they stopped, or with a fixed one.
    #[must_use]
    pub fn is_in_doubt(self, now: Moment) -> bool {
        now.since(self.measured).is_none()
    }

    /// Whether the wall clock at `now` is certainly behind, by an unknown amount: the computer was restarted, and the
    /// clock shows a time before the last one that the services reported.
    #[must_use]
    pub fn is_clock_behind(self, now: Moment) -> bool {
        self.is_in_doubt(now) && now.wall < self.then()
    }

    /// Returns the better of two measurements at `now`: a valid one, otherwise one of this boot, otherwise the later
    /// one. Which of two from this boot is later shows by the clock that can't be set.
    #[must_use]
    pub fn best(self, other: ClockError, now: Moment) -> ClockError {
        let measured_at = |error: ClockError| now.since(error.measured).map(|_| error.measured.elapsed);
        let rank = |error: ClockError| (error.holds(now), measured_at(error), error.then());
        if rank(other) > rank(self) { other } else { self }
    }

    /// Returns by how much the clock was set back since the measurement, rounded up to a second. What's told about the
    /// time would change with every look otherwise.
    fn set_back(self, now: Moment) -> SignedDuration {
        let back = now.set_since(self.measured).map_or(0, |set| -set.as_secs());
        SignedDuration::from_secs(if back < STEP { 0 } else { back + 1 })
    }

    /// Returns the services' time at the measurement.
    fn then(self) -> Timestamp {
        self.measured.wall.checked_sub(self.ahead).unwrap_or(self.measured.wall)
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use uuid::Uuid;

    use super::*;

    const HOUR: i64 = 3600;
    /// The services' time at the measurement; the computer had been running for an hour.
    const THEN: i64 = 1_795_284_000;

    /// Returns the moment `after` seconds after the measurement, at which the wall clock is `ahead` seconds ahead.
    fn moment(after: i64, ahead: i64, boot: u128) -> Moment {
        let before = if boot == 1 { HOUR } else { 0 };
        let elapsed = Duration::from_secs(u64::try_from(before + after).unwrap());
        Moment { wall: at(after + ahead), elapsed, boot: Some(Uuid::from_u128(boot)) }
    }

    fn at(after: i64) -> Timestamp {
        Timestamp::from_second(THEN + after).unwrap()
    }

    fn measured(ahead: i64) -> ClockError {
        ClockError::new(SignedDuration::from_secs(ahead), moment(0, ahead, 1))
    }

    #[test]
    fn an_undisturbed_clock_tells_the_services_time_exactly() {
        for ahead in [-2 * HOUR, -5, 0, 29, 2 * HOUR] {
            for drift in [0, 29] {
                let now = moment(600, ahead + drift, 1);
                assert!(measured(ahead).holds(now));
                assert_eq!(measured(ahead).services_time(now), at(600 + drift), "{ahead} {drift}");
            }
        }
    }

    #[test]
    fn a_clock_that_was_set_back_a_little_makes_no_token_look_younger() {
        for ahead in [-2 * HOUR, 0, 2 * HOUR] {
            for back in [2, 5, 25, 29] {
                let now = moment(600, ahead - back, 1);
                assert!(measured(ahead).holds(now));
                let told = measured(ahead).services_time(now);
                assert!((at(600)..=at(601)).contains(&told), "{ahead} {back}: {told}");
            }
        }
        let wall = at(600).checked_sub(SignedDuration::from_millis(2900)).unwrap();
        assert!(measured(0).services_time(Moment { wall, ..moment(600, 0, 1) }) >= at(600), "parts of a second count");
        let creeping: Vec<_> = (1..6).map(|step| measured(0).services_time(moment(17 * step, -10 * step, 1))).collect();
        assert!(creeping.iter().zip(1..).all(|(told, step)| *told >= at(17 * step)), "{creeping:?}");
    }

    #[test]
    fn a_clock_that_was_set_or_a_restart_voids_the_measurement() {
        for set in [-2 * HOUR, -30, 30, 2 * HOUR] {
            assert!(!measured(0).holds(moment(600, set, 1)), "{set}");
        }
        assert!(!measured(0).holds(moment(600, 0, 2)));
    }

    #[test]
    fn once_void_a_measurement_never_makes_a_token_look_younger_than_it_is() {
        for before in [-2 * HOUR, 0, 2 * HOUR] {
            for after in [-2 * HOUR, -90, 0, 90, 2 * HOUR] {
                let told = measured(before).services_time(moment(600, after, 1));
                assert!(told >= at(600), "{before} {after}: the clock that nobody sets knows better");
                let restarted = measured(before).services_time(moment(600, after, 2));
                assert!(restarted >= at(600 + after) && restarted >= at(600), "{before} {after}");
            }
        }
    }

    #[test]
    fn after_a_restart_a_time_before_the_last_known_one_is_behind() {
        for (after, is_behind) in [(-1, true), (0, false), (1, false)] {
            let restarted = Moment { wall: at(after), ..moment(0, 0, 2) };
            assert_eq!(measured(0).is_clock_behind(restarted), is_behind, "{after}");
        }
        assert!(!measured(0).is_clock_behind(Moment { wall: at(-1), ..moment(0, 0, 1) }));
    }

    #[test]
    fn a_fast_clock_that_was_put_right_is_believed() {
        for boot in [1, 2] {
            assert_eq!(measured(2 * HOUR).services_time(moment(600, 0, boot)), at(600), "{boot}");
        }
    }

    #[test]
    fn a_fast_clock_after_a_restart_makes_tokens_look_older() {
        assert_eq!(measured(2 * HOUR).services_time(moment(600, 2 * HOUR, 2)), at(600 + 2 * HOUR));
    }

    #[test]
    fn after_a_restart_a_clock_that_shows_an_earlier_time_is_certainly_behind() {
        assert!(measured(0).is_clock_behind(moment(600, -2 * HOUR, 2)));
        assert!(!measured(0).is_clock_behind(moment(600, -2 * HOUR, 1)), "the clock that can't be set knows");
        assert!(!measured(0).is_clock_behind(moment(600, 0, 2)));
    }

    #[test]
    fn of_two_measurements_the_one_that_holds_counts_and_else_the_later() {
        let now = moment(600, 0, 1);
        let (void, holds) = (measured(2 * HOUR), measured(0));
        assert_eq!(void.best(holds, now), holds);
        assert_eq!(holds.best(void, now), holds);
        let later = ClockError::new(SignedDuration::ZERO, moment(60, 0, 1));
        assert_eq!(holds.best(later, now), later);
        assert_eq!(later.best(holds, now), later);
        let by_other_services = ClockError::new(SignedDuration::from_hours(-2), moment(0, 0, 1));
        assert_eq!(by_other_services.best(later, now), later, "whatever time they told");
    }
}
