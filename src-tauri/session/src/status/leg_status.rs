//! The status of each leg of the chain, as published.

use jiff::Timestamp;
use serde::Serialize;
use spartan_auth::leg::Leg;

/// The status of one leg of the chain.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub struct LegStatus {
    /// The leg.
    pub leg: Leg,
    /// Its progress.
    pub progress: LegProgress,
    /// When its token was issued.
    #[serde(with = "jiff::fmt::serde::timestamp::millisecond::optional")]
    #[cfg_attr(feature = "ts", ts(type = "number | null"))]
    pub issued_at: Option<Timestamp>,
    /// When its token expires; a clearance doesn't.
    #[serde(with = "jiff::fmt::serde::timestamp::millisecond::optional")]
    #[cfg_attr(feature = "ts", ts(type = "number | null"))]
    pub expires_at: Option<Timestamp>,
    /// A clearance's ID, shortened.
    pub note: Option<String>,
}

/// The progress of a leg.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum LegProgress {
    /// It hasn't started.
    Waiting,
    /// Its request was sent.
    Running,
    /// It has an answer.
    Done {
        /// How long that took, in milliseconds, if it's known.
        ms: Option<u64>,
    },
    /// It was refused, or no answer came.
    Failed,
}
