//! What a person reads: an error becomes a message, what to do, and an action.
//!
//! Everything below this crate says what went wrong as data. Nothing reads a message to decide anything.

pub mod catalogue;
mod checked;
mod problem;
mod status;
mod words;

pub use self::{
    checked::CheckedApp,
    problem::{Action, Problem},
    status::{told, told_end, told_lines},
};
use spartan_auth::purge::Why;

/// Returns why something could not be removed.
#[must_use]
pub fn why_left(why: &Why) -> String {
    match why {
        Why::Error(error) => Problem::from(error).message,
        Why::Io(error) => error.to_string(),
        Why::NamesFiles => "It names the files that may still hold tokens.".into(),
    }
}
