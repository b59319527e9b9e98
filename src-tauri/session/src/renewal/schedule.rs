//! When to renew and when to retry, by the wall clock. Does no I/O.

use std::time::Duration;

use jiff::{SignedDuration, Timestamp};
use spartan_auth::token::Tokens;

/// A random number from 0 to 1, passed in.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Chance(f64);

/// The maximum by which a renewal is moved forward, so that many programs don't renew at once.
const JITTER: SignedDuration = SignedDuration::from_mins(3);
/// The maximum wait after the first transient failure.
const FIRST_WAIT: Duration = Duration::from_secs(5);
/// The longest wait that the program chooses itself.
const LONGEST_WAIT: Duration = Duration::from_secs(15 * 60);
/// The minimum time between two requests, however often a renewal is requested.
pub const PACE: Duration = Duration::from_secs(3);
/// The minimum time between two renewals, whatever lifetimes the services return.
const SHORTEST: SignedDuration = SignedDuration::from_secs(15);

impl Chance {
    /// Returns a number from random bits.
    #[must_use]
    pub fn new(bits: u32) -> Chance {
        Chance(f64::from(bits) / f64::from(u32::MAX))
    }
}

/// Returns when to renew tokens received at `got`: before the Spartan token's expiry, and earlier by a jitter; at once
/// if there's no Spartan token.
#[must_use]
pub fn renews_at(tokens: &Tokens, got: Timestamp, chance: Chance) -> Timestamp {
    let earliest = got.saturating_add(SHORTEST).unwrap_or(got);
    let Some(life) = tokens.spartan.as_ref().map(|spartan| spartan.life) else { return earliest };
    let most = JITTER.min(life.expires_at.duration_since(life.issued_at).abs() / 20);
    let jitter = SignedDuration::try_from_secs_f64(most.as_secs_f64() * chance.0).unwrap_or_default();
    life.renews_at().saturating_sub(jitter).unwrap_or(earliest).max(earliest)
}

/// Returns the wait after the `failures`-th consecutive transient failure, counted from 1: exponential with full
/// jitter, from 5 s to 15 min, but at least as long as the service asked for.
#[must_use]
pub fn wait(failures: u32, asked: Option<Duration>, chance: Chance) -> Duration {
    let doubled = FIRST_WAIT.saturating_mul(1 << failures.saturating_sub(1).min(16)).min(LONGEST_WAIT);
    // A full jitter can be zero and cause a burst, so at least one second is always waited.
    let own = Duration::from_secs(1) + doubled.mul_f64(chance.0);
    own.max(asked.unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::*;
    use spartan_auth::{
        raw::Raw,
        token::{SpartanToken, Validity},
    };

    fn tokens(life_minutes: i64) -> Tokens {
        let issued_at = Timestamp::UNIX_EPOCH;
        let life = Validity { issued_at, expires_at: issued_at + SignedDuration::from_mins(life_minutes) };
        Tokens { spartan: Some(SpartanToken { token: "v4=x".into(), life, raw: Raw::default() }), ..Tokens::default() }
    }

    fn minutes(at: Timestamp) -> f64 {
        at.duration_since(Timestamp::UNIX_EPOCH).as_secs_f64() / 60.0
    }

    #[test]
    fn a_four_hour_token_renews_20_to_23_minutes_ahead() {
        let got = Timestamp::UNIX_EPOCH;
        assert!((minutes(renews_at(&tokens(240), got, Chance::new(0))) - 220.0).abs() < 0.01);
        assert!((minutes(renews_at(&tokens(240), got, Chance::new(u32::MAX))) - 217.0).abs() < 0.01);
    }

    #[test]
    fn a_token_that_is_dead_on_arrival_does_not_make_a_burst() {
        let got = Timestamp::UNIX_EPOCH + SignedDuration::from_hours(9);
        assert_eq!(renews_at(&tokens(240), got, Chance::new(7)), got + SHORTEST);
        assert_eq!(renews_at(&Tokens::default(), got, Chance::new(7)), got + SHORTEST);
    }

    #[test]
    fn waits_double_up_to_fifteen_minutes() {
        let longest = |failures| wait(failures, None, Chance::new(u32::MAX)).as_secs();
        assert_eq!([1, 2, 3, 8, 9, 40].map(longest), [6, 11, 21, 641, 901, 901]);
        assert_eq!(wait(40, None, Chance::new(0)), Duration::from_secs(1));
    }

    #[test]
    fn a_wait_that_was_asked_for_is_kept() {
        assert_eq!(wait(1, Some(Duration::from_secs(90)), Chance::new(0)).as_secs(), 90);
        assert_eq!(wait(9, Some(Duration::from_secs(90)), Chance::new(u32::MAX)).as_secs(), 901);
    }
}
