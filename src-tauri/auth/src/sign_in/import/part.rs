//! A part of a sign-in, as it was found in the text.

use std::ops::RangeInclusive;

use super::names::Field;

/// A part of a sign-in that was found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Part {
    /// The words that say which service it belongs to, from the blocks around it and from its name.
    pub owner: Vec<String>,
    /// What's written beside it that says whose it is.
    pub note: Vec<String>,
    pub field: Field,
    /// Its name, as it's written.
    pub name: String,
    pub value: String,
    /// Whether it's in an object or a call, not on its own line.
    pub is_data: bool,
    pub spot: Spot,
    /// The punctuation that its line begins with.
    pub mark: String,
}

/// Where a part is in the text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Spot {
    /// The number of the innermost bracket, if there is one.
    pub bracket: Option<usize>,
    /// The lines from its name to its value.
    pub lines: RangeInclusive<usize>,
    /// The text between its name and the part before it, or the beginning of the line.
    pub before: String,
    /// The text from its value to the end of the line.
    pub after: String,
    /// Whether there are spaces between its name and the `=`, as in a program.
    pub is_spaced: bool,
}
