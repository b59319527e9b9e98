//! The state of removing everything, which the page shows.

use serde::Serialize;

/// The state of removing everything.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(tag = "kind", rename_all = "snake_case")]
pub(crate) enum Removal {
    /// Nobody asked for it, or the person keeps what's left.
    #[default]
    Nothing,
    /// Not everything could be removed.
    Left {
        /// What's left, and why.
        things: Vec<String>,
    },
    /// Everything is removed except what the program holds until it quits.
    Done,
}
