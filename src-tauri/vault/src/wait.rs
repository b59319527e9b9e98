//! A wait that a service asked for.

use std::time::Duration;

use serde::{Deserialize, Serialize};
use spartan_auth::clock::Moment;

/// A wait, measured by the clock that can't be set.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Wait {
    /// When it started.
    pub since: Moment,
    /// How long it lasts.
    pub lasts: Duration,
}

impl Wait {
    /// Returns the rest of the wait at `now`. After a restart of the computer, it's measured by the wall clock or, if
    /// that shows an earlier time, by the time since startup.
    #[must_use]
    pub fn left(self, now: Moment) -> Duration {
        // A different boot isn't always a later one: two computers may use the same vault.
        let by_the_wall = || Duration::try_from(now.wall.duration_since(self.since.wall)).unwrap_or(now.elapsed);
        self.lasts.saturating_sub(now.since(self.since).unwrap_or_else(by_the_wall))
    }
}

#[cfg(test)]
mod tests {
    use jiff::Timestamp;
    use uuid::Uuid;

    use super::*;

    fn moment(wall: i64, elapsed: u64, boot: u128) -> Moment {
        let wall = Timestamp::from_second(1_795_284_000 + wall).unwrap();
        Moment { wall, elapsed: Duration::from_secs(elapsed), boot: Some(Uuid::from_u128(boot)) }
    }

    #[test]
    fn a_wait_is_as_long_whatever_the_wall_clock_shows() {
        let wait = Wait { since: moment(0, 100, 1), lasts: Duration::from_secs(150) };
        for wall in [-5400, 13, 5400] {
            assert_eq!(wait.left(moment(wall, 113, 1)).as_secs(), 137, "{wall}");
            assert_eq!(wait.left(moment(wall, 250, 1)).as_secs(), 0, "{wall}");
        }
    }

    #[test]
    fn across_a_restart_it_goes_on_by_the_wall_clock_and_never_gets_longer() {
        let wait = Wait { since: moment(0, 100, 1), lasts: Duration::from_secs(150) };
        for (wall, left) in [(-5400, 145), (0, 150), (13, 137), (150, 0), (5400, 0)] {
            assert_eq!(wait.left(moment(wall, 5, 2)).as_secs(), left, "{wall}");
        }
    }
}
