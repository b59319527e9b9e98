//! Refresh tokens without a name.

use super::{Expression, Scanner};
use crate::sign_in::import::{
    ends::{Form, follows_operator, goes_on, goes_on_below, is_cut_off},
    names,
};

/// A refresh token without a name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::sign_in::import) struct Alone {
    /// The words that say whose it is, if it's not certain that it's ours.
    pub owner: Vec<String>,
    /// What's written beside it that says whose it is.
    pub note: Vec<String>,
    /// The name in front of it, as it's written.
    pub name: String,
    pub value: String,
    pub line: usize,
    /// The text on its line before and behind it.
    pub before: String,
    pub after: String,
}

impl<'a> Scanner<'a, '_> {
    /// Adds a refresh token that has no name, unless it's a call's argument or a part of an expression.
    pub(super) fn alone(&mut self, value: &str, start: usize) {
        let before = self.cursor.back_to(start).line_before().trim_end_matches(['"', '\'', '`']);
        let is_row = before.trim_start().starts_with('|');
        let behind = self.cursor.ahead().trim_start_matches([']', '}']);
        let next = behind.strip_prefix(',').filter(|_| self.scopes.is_list()).unwrap_or_default();
        let is_list_used = self.scopes.list_end().is_some_and(|end| {
            let behind = self.cursor.back_to(end).ahead();
            behind.starts_with('[')
                || behind.strip_prefix('.').is_some_and(|call| call.starts_with(char::is_alphabetic))
        });
        if self.expression != Expression::None
            || is_list_used
            || self.scopes.is_call()
            || follows_operator(before)
            || before.trim().is_empty() && follows_operator(self.above(start))
            || goes_on(behind, is_row, Form::Setting)
            || goes_on_below(next.trim_start(), Form::Setting)
            || is_cut_off(behind)
        {
            return;
        }
        let blocks = self.scopes.owner();
        let owner = [blocks, names::words(self.label)].concat();
        let owner = if names::are_of_label(&owner) { Vec::new() } else { owner };
        let (note, name, value) = (Vec::new(), self.label.to_owned(), value.to_owned());
        let (line, before, after) = (self.line, before.to_owned(), self.after());
        self.scan.alone.push(Alone { owner, note, name, value, line, before, after });
    }

    /// Returns the end of the last line above, without what continues it, and without the marks of a question or a heading.
    fn above(&self, start: usize) -> &'a str {
        let above = self.cursor.back_to(start).before();
        let above = above.trim_end_matches(['"', '\'']).trim_end().trim_end_matches(['\\', '`', ' ']);
        let line = self.cursor.back_to(above.len()).line_before();
        if line.ends_with("??") { line } else { line.trim_end_matches(['?', '=']) }
    }
}
