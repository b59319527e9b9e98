//! Timeouts for requests to the services.

use std::time::Duration;

/// Timeouts for requests to the services.
#[derive(Clone, Copy, Debug)]
pub struct Timeouts {
    /// For connecting, including TLS.
    pub connect: Duration,
    /// For a whole request, including its response.
    pub total: Duration,
}

impl Default for Timeouts {
    fn default() -> Timeouts {
        Timeouts { connect: Duration::from_secs(10), total: Duration::from_secs(30) }
    }
}
