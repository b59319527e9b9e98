//! What is measured.

use std::time::Duration;

use serde::{Deserialize, Serialize};

/// One run of a program's chain, from the moment at which all that it starts with is at hand.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Round {
    /// Milliseconds until the Spartan token was kept; a program that keeps nothing does not tell.
    pub spartan: Option<f64>,
    /// Milliseconds until everything was there.
    pub all: f64,
    /// The requests of any kind that the stand-ins had meanwhile.
    pub requests: u32,
    /// Milliseconds that each step took.
    #[serde(default)]
    pub steps: Vec<(String, f64)>,
}

/// The value in the middle.
pub fn median(values: impl IntoIterator<Item = f64>) -> f64 {
    let mut values: Vec<f64> = values.into_iter().collect();
    values.sort_by(f64::total_cmp);
    values[values.len() / 2]
}

pub fn milliseconds(time: Duration) -> f64 {
    time.as_secs_f64() * 1000.0
}
