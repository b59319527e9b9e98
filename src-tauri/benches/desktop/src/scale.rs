//! How much is measured.

use std::time::Duration;

/// How often, and for how long.
pub struct Scale {
    /// Starts of each program, with a window and hidden.
    pub rounds: usize,
    /// How long each program is watched while it is hidden.
    pub hidden: Duration,
    /// How often tokens are renewed, to see whether memory grows.
    pub renewals: u32,
    /// How often the window is opened, for the same.
    pub openings: u32,
}

impl Scale {
    /// Five minutes, to see where things stand.
    pub const SHORT: Scale = Scale { rounds: 3, hidden: Duration::from_secs(60), renewals: 50, openings: 20 };

    /// Half an hour: the numbers to go by.
    pub const FULL: Scale = Scale { rounds: 9, hidden: Duration::from_secs(600), renewals: 500, openings: 100 };
}
