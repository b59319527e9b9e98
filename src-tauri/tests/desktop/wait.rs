//! Waiting for something to become true, with a limit.

use std::time::Duration;

use tokio::time::{Instant, sleep};

/// Long enough for a busy machine, short enough to wait for a failure.
pub const LIMIT: Duration = Duration::from_secs(30);

const PAUSE: Duration = Duration::from_millis(50);

/// Calls `look` until it finds something; the error says what was awaited, and for how long.
pub async fn until<T>(awaited: &str, mut look: impl AsyncFnMut() -> Option<T>) -> Result<T, String> {
    let start = Instant::now();
    loop {
        if let Some(found) = look().await {
            return Ok(found);
        }
        if start.elapsed() > LIMIT {
            return Err(format!("Waited {} s in vain for {awaited}.", LIMIT.as_secs()));
        }
        sleep(PAUSE).await;
    }
}
