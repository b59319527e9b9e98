//! The time, given in: rules about hours are tested in no time.

use std::time::Duration;

use jiff::Timestamp;

/// The wall clock and a way to wait.
pub trait Clock: Send + Sync + 'static {
    /// Now, by this computer's clock, UTC.
    fn now(&self) -> Timestamp;

    /// Waits; may return early or, when the computer sleeps, late: callers look at [`Clock::now`] again.
    fn sleep(&self, time: Duration) -> impl Future<Output = ()> + Send;
}

/// This computer's clock.
#[derive(Clone, Copy, Debug, Default)]
pub struct SystemClock;

impl Clock for SystemClock {
    fn now(&self) -> Timestamp {
        Timestamp::now()
    }

    async fn sleep(&self, time: Duration) {
        tokio::time::sleep(time).await;
    }
}
