//! The time, given in: rules about hours are tested in no time.

use std::time::{Duration, Instant};

use jiff::Timestamp;

/// The wall clock, one that nobody sets, and a way to wait.
pub trait Clock: Send + Sync + 'static {
    /// Now, by this computer's clock, UTC.
    fn now(&self) -> Timestamp;

    /// The time since some moment in the past, by a clock that nobody sets and that goes on while the computer sleeps.
    fn elapsed(&self) -> Duration;

    /// Waits; may return early or, when the computer sleeps, late: callers look at [`Clock::now`] again.
    fn sleep(&self, time: Duration) -> impl Future<Output = ()> + Send;
}

/// This computer's clock.
#[derive(Clone, Copy, Debug)]
pub struct SystemClock {
    started: Instant,
}

impl Default for SystemClock {
    fn default() -> SystemClock {
        SystemClock { started: Instant::now() }
    }
}

impl Clock for SystemClock {
    fn now(&self) -> Timestamp {
        Timestamp::now()
    }

    fn elapsed(&self) -> Duration {
        through_sleep().unwrap_or_else(|| self.started.elapsed())
    }

    async fn sleep(&self, time: Duration) {
        tokio::time::sleep(time).await;
    }
}

/// The clock that counts sleep too, where it is not [`Instant`]'s own, as it is on Windows.
#[cfg(unix)]
fn through_sleep() -> Option<Duration> {
    use rustix::time::{ClockId, clock_gettime};
    #[cfg(any(target_os = "linux", target_os = "android"))]
    let clock = ClockId::Boottime;
    #[cfg(not(any(target_os = "linux", target_os = "android")))]
    let clock = ClockId::Monotonic;
    Duration::try_from(clock_gettime(clock)).ok()
}

#[cfg(not(unix))]
fn through_sleep() -> Option<Duration> {
    None
}
