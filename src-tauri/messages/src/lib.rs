//! User-facing text: turns an error into a message, help and an action.
//!
//! The crates below this one report errors as data. No code makes decisions based on a message.

mod browser_page;
pub mod catalogue;
mod checked;
mod problem;
mod status;
mod words;

pub use self::{
    browser_page::browser_page,
    checked::CheckedApp,
    problem::{Action, Problem},
    status::{Say, told, told_end, told_lines},
};
use spartan_session::operations::purge::Why;

/// Returns why an item couldn't be removed.
#[must_use]
pub fn why_left(why: &Why) -> String {
    match why {
        Why::Error(error) => Problem::from(error).message,
        Why::Io(error) => error.to_string(),
        Why::NamesFiles => "It names the files that may still hold tokens.".into(),
    }
}
