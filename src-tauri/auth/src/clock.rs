//! The time, passed in so that rules about hours can be tested instantly.

pub mod clock_error;
pub(crate) mod instant;
pub(crate) mod witnesses;

use std::time::{Duration, Instant};

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// The wall clock, a clock that can't be set, and a way to wait.
pub trait Clock: Send + Sync + 'static {
    /// Returns the wall-clock time, UTC.
    fn now(&self) -> Timestamp;

    /// Returns the time since a fixed moment, by a clock that can't be set and that keeps running while the computer
    /// sleeps. All processes of a boot count from the same moment.
    fn elapsed(&self) -> Duration;

    /// Returns this boot's ID, if the system has one.
    fn boot(&self) -> Option<Uuid>;

    /// Waits. May return early or, if the computer sleeps, late, so that callers must check the time again.
    fn sleep(&self, time: Duration) -> impl Future<Output = ()> + Send;

    /// Returns the current moment by all clocks.
    fn moment(&self) -> Moment {
        Moment { wall: self.now(), elapsed: self.elapsed(), boot: self.boot() }
    }
}

/// A moment, by all of this computer's clocks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Moment {
    /// The wall clock, UTC. Users and time servers can set it.
    pub wall: Timestamp,
    /// The time since the computer started, including sleep. It can't be set.
    pub elapsed: Duration,
    /// The boot's ID, if the system has one.
    pub boot: Option<Uuid>,
}

impl Moment {
    /// Returns the time passed since `earlier`, by the clock that can't be set; `None` if the computer was restarted in
    /// between.
    #[must_use]
    pub fn since(self, earlier: Moment) -> Option<Duration> {
        self.elapsed.checked_sub(earlier.elapsed).filter(|_| self.boot == earlier.boot)
    }

    /// Returns how far the wall clock was set forward since `earlier`; `None` if the computer was restarted in between.
    #[must_use]
    pub fn set_since(self, earlier: Moment) -> Option<SignedDuration> {
        let passed = SignedDuration::try_from(self.since(earlier)?).ok()?;
        Some(self.wall.duration_since(earlier.wall).saturating_sub(passed))
    }
}

/// This computer's clock.
#[derive(Clone, Copy, Debug)]
pub struct SystemClock {
    started: Instant,
    boot: Option<Uuid>,
}

impl Default for SystemClock {
    fn default() -> SystemClock {
        SystemClock { started: Instant::now(), boot: boot_id() }
    }
}

impl Clock for SystemClock {
    fn now(&self) -> Timestamp {
        Timestamp::now()
    }

    fn elapsed(&self) -> Duration {
        since_boot().unwrap_or_else(|| self.started.elapsed())
    }

    fn boot(&self) -> Option<Uuid> {
        self.boot
    }

    async fn sleep(&self, time: Duration) {
        tokio::time::sleep(time).await;
    }
}

/// Returns the time since startup, including sleep.
#[cfg(unix)]
fn since_boot() -> Option<Duration> {
    use rustix::time::{ClockId, clock_gettime};
    #[cfg(any(target_os = "linux", target_os = "android"))]
    let clock = ClockId::Boottime;
    #[cfg(not(any(target_os = "linux", target_os = "android")))]
    let clock = ClockId::Monotonic;
    Duration::try_from(clock_gettime(clock)).ok()
}

#[cfg(windows)]
fn since_boot() -> Option<Duration> {
    Some(Duration::from_millis(winsafe::GetTickCount64()))
}

#[cfg(target_os = "linux")]
fn boot_id() -> Option<Uuid> {
    std::fs::read_to_string("/proc/sys/kernel/random/boot_id").ok()?.trim().parse().ok()
}

/// On other systems, only the clocks show a restart: the one that can't be set starts over.
#[cfg(not(target_os = "linux"))]
fn boot_id() -> Option<Uuid> {
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    fn moment(wall: i64, elapsed: u64, boot: u128) -> Moment {
        let wall = Timestamp::from_second(wall).unwrap();
        Moment { wall, elapsed: Duration::from_secs(elapsed), boot: Some(Uuid::from_u128(boot)) }
    }

    #[test]
    fn a_clock_that_was_set_shows_against_the_one_that_nobody_sets() {
        let earlier = moment(1000, 10, 1);
        let set = |later: Moment| later.set_since(earlier).map(|by| by.as_secs());
        assert_eq!(set(moment(1060, 70, 1)), Some(0));
        assert_eq!(set(moment(8260, 70, 1)), Some(7200));
        assert_eq!(set(moment(0, 70, 1)), Some(-1060));
    }

    #[test]
    fn nothing_is_known_across_a_restart() {
        let earlier = moment(1000, 10, 1);
        assert_eq!(moment(1060, 70, 2).since(earlier), None, "another boot");
        assert_eq!(moment(1060, 5, 1).since(earlier), None, "no id says so, but the clock began anew");
        assert_eq!(moment(1060, 70, 2).set_since(earlier), None);
    }

    #[test]
    fn every_process_of_a_boot_counts_from_the_same_moment() {
        let (one, other) = (SystemClock::default(), SystemClock::default());
        let (before, after) = (one.moment(), other.moment());
        assert!(after.since(before).is_some_and(|passed| passed < Duration::from_secs(60)));
        assert_eq!(cfg!(target_os = "linux"), before.boot.is_some());
    }
}
