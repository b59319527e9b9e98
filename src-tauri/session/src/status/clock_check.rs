//! Whether this computer's clock is known to be right.

use serde::Serialize;
use spartan_auth::clock::Moment;
use spartan_vault::account::Account;

use crate::error::{Cause, Error, Step};

/// Whether the services have confirmed this computer's clock.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
#[serde(rename_all = "snake_case")]
pub enum ClockCheck {
    /// They have, or nothing suggests that it's wrong.
    Confirmed,
    /// They haven't since the computer was restarted, so a token may have less time left than it seems.
    Unconfirmed,
}

impl ClockCheck {
    /// Returns whether the services have confirmed this computer's clock at `now`, as far as the account knows.
    #[must_use]
    pub fn of(account: &Account, now: Moment) -> ClockCheck {
        if account.is_clock_in_doubt(now) { ClockCheck::Unconfirmed } else { ClockCheck::Confirmed }
    }
}

/// Returns the problem that this computer's clock is certainly behind at `now`, if it is. Until a service answers, no token
/// counts as valid then.
#[must_use]
pub fn behind(account: &Account, now: Moment) -> Option<Error> {
    account.is_clock_behind(now).then(|| Error::new(Step::Clock, Cause::ClockBehind))
}

/// Returns the problem with this computer's clock at `now`: it's behind, far off, or unconfirmed.
#[must_use]
pub fn problem(account: &Account, now: Moment) -> Option<Error> {
    match ClockCheck::of(account, now) {
        ClockCheck::Unconfirmed if account.is_clock_behind(now) => behind(account, now),
        ClockCheck::Unconfirmed => Some(Error::new(Step::Clock, Cause::ClockUnconfirmed)),
        ClockCheck::Confirmed => Error::of_clock(now.wall.duration_since(account.services_time(now))),
    }
}
