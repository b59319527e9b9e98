//! Whether this computer's clock is known to be right.

use serde::Serialize;

use crate::{
    account::Account,
    clock::Moment,
    error::{Cause, Error, Step},
};

/// Whether the services have confirmed this computer's clock.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum ClockCheck {
    /// They have, or nothing suggests that it's wrong.
    Confirmed,
    /// They haven't since the computer was restarted, so a token may have less time left than it seems.
    Unconfirmed,
}

impl Account {
    /// Returns whether the services have confirmed this computer's clock at `now`.
    #[must_use]
    pub fn clock_check(&self, now: Moment) -> ClockCheck {
        if self.is_clock_in_doubt(now) { ClockCheck::Unconfirmed } else { ClockCheck::Confirmed }
    }

    /// Returns the problem with this computer's clock at `now`: it's far off, or unconfirmed.
    #[must_use]
    pub fn clock_problem(&self, now: Moment) -> Option<Error> {
        match self.clock_check(now) {
            ClockCheck::Unconfirmed => Some(Error::new(Step::Clock, Cause::ClockUnconfirmed)),
            ClockCheck::Confirmed => Error::of_clock(now.wall.duration_since(self.services_time(now))),
        }
    }
}
