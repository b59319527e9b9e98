//! Reads the value of a name.

use std::borrow::Cow;

use uuid::Uuid;

use super::{Expression, Paired, Scanner, is_of_word, lines_in, overridden};
use crate::sign_in::import::{
    cursor::{Cursor, Quoted, is_line_end},
    ends::{Form, bare, ends_value, goes_on, is_among_others, is_cut_off, without_period},
    literal::{self, Style},
    names::{self, Field},
    part::{Part, Spot},
    secret,
};

/// No value is longer, and each is read once: a line of names without values would take the square of its length.
const LONGEST_VALUE: usize = 16 * 1024;

impl<'a> Scanner<'a, '_> {
    /// Reads the value of a name: here, or in the block that begins here.
    pub(super) fn named(&mut self, name: &'a str, start: usize, is_spaced: bool) {
        let goes_on = self.scopes.is_data();
        let blanks = self.cursor.take(|letter| letter.is_whitespace() && (goes_on || !is_line_end(letter)));
        let line = self.line;
        self.line += lines_in(blanks);
        self.empty(name, start, is_spaced);
        self.derive(name);
        if self.cursor.ends_line() {
            return self.scopes.open_indented(name);
        }
        let paired = matches!(name, "value" | "Value" | "jwt").then(|| self.paired.take()).flatten();
        let is_pair = paired.is_some() && self.scopes.is_object();
        let Paired { name, start, line } = paired.unwrap_or(Paired { name, start, line });
        self.label = name;
        match (names::field(name), matches!(name, "name" | "Name" | "key" | "Key")) {
            (Some((field, others)), _) => {
                let found = self.scan.parts.len();
                self.value(field, others.clone(), (start, line), is_spaced);
                let Some(part) = self.scan.parts.get_mut(found) else { return };
                part.spot.is_spaced = is_spaced;
                part.note = names::marks(name);
                name.clone_into(&mut part.name);
                if is_pair {
                    let (owner, bracket) = self.scopes.around();
                    (part.owner, part.spot.bracket) = ([owner, others].concat(), bracket);
                }
            }
            // In MSAL's cache, a block's key says what its secret is.
            (None, _) if name == "secret" && self.scopes.has(&["refresh", "token"]) => {
                self.value(Field::RefreshToken, Vec::new(), (start, line), false);
            }
            // Many things are called that: only Microsoft's shape shows that it's the app's.
            (None, _) if !self.scopes.is_data() && names::words(name) == ["secret"] => {
                let found = self.scan.parts.len();
                self.value(Field::ClientSecret, Vec::new(), (start, line), is_spaced);
                if self.scan.parts.get(found).is_some_and(|part| !secret::has_shape(&part.value)) {
                    self.scan.parts.truncate(found);
                }
            }
            (None, true) => self.paired = self.name_of_pair(start, line),
            // JSON has no comments, so people write them as keys.
            (None, false) if name.starts_with("//") || name.starts_with('#') => self.expression = Expression::OfName,
            (None, false) => {}
        }
    }

    fn name_of_pair(&self, start: usize, line: usize) -> Option<Paired<'a>> {
        let mut cursor = self.cursor;
        let name = cursor.quoted().map_or_else(|| cursor.take(is_of_word), |quoted| quoted.content);
        names::field(name).is_some().then_some(Paired { name, start, line })
    }

    fn value(&mut self, field: Field, others: Vec<String>, start: (usize, usize), is_spaced: bool) {
        // Bold in Markdown: `**Client ID:** …`; and `gh secret set CLIENT_ID --body …`.
        let between = ["** ", "--body ", "-b "].into_iter().find(|between| self.cursor.starts(between));
        self.cursor.skip(between.unwrap_or_default().len());
        let before = self.cursor.line_before();
        let is_row = before.trim_start().starts_with('|');
        let form = match () {
            () if is_spaced || self.scopes.is_data() => Form::Program,
            () if is_among_others(before) => Form::Command,
            () => Form::Setting,
        };
        // For the others, the shape shows whether they're tokens.
        let is_whole = |behind: Cursor| match field {
            _ if form == Form::Command => true,
            Field::ClientSecret => ends_value(behind.line_ahead()),
            Field::RefreshToken => !is_cut_off(behind.ahead()),
            Field::ClientId | Field::RedirectUri => true,
        };
        let string = string(self.cursor);
        let is_block = self.cursor.starts("{") || self.cursor.starts("[");
        if self.cursor.starts("{{") {
            self.expression = Expression::OfLine;
        }
        if is_block || self.expression == Expression::OfLine {
            return;
        }
        // Until the value shows that it's none.
        self.expression = Expression::OfName;
        if string.is_none() && self.cursor.starts("(") {
            return;
        }
        let (raw, style, behind) = if let Some((string, is_filled_in, behind)) = string {
            (string.content, Style::Quoted { is_filled_in }, behind)
        } else {
            let raw = bare(self.cursor.rest());
            let raw = if matches!(field, Field::ClientId | Field::RefreshToken) { without_period(raw) } else { raw };
            let style = if self.scopes.is_call() || is_spaced { Style::BareInCode } else { Style::Bare };
            (raw, style, self.cursor.ahead_by(raw.len()))
        };
        if raw.len() > LONGEST_VALUE {
            self.cursor = behind;
            return;
        }
        // No line below belongs to a client ID: a GUID is never cut off.
        let after = if field == Field::ClientId { behind.line_ahead() } else { behind.ahead() };
        let is_expression = goes_on(after, is_row, form);
        let is_filled_in = string.is_none() && overridden::ends_with_variable(raw, self.cursor.before());
        let is_of_form = behind.starts("&") || before.rsplit(' ').next().is_some_and(|word| word.contains('&'));
        let decoded = if is_of_form || field != Field::ClientSecret { decoded(raw) } else { raw.into() };
        let value = literal::value(&decoded, style).filter(|_| is_whole(behind) && !is_filled_in);
        if is_expression {
            self.expression = Expression::OfLine;
        }
        if string.is_some() || !is_expression && value.is_some() {
            self.line += lines_in(self.cursor.until(behind));
            self.cursor = behind;
        }
        if let Some(value) = value.filter(|_| !is_expression) {
            self.part(field, others, value, start);
        }
    }

    pub(super) fn part(&mut self, field: Field, others: Vec<String>, value: String, (start, line): (usize, usize)) {
        (self.label, self.expression) = ("", Expression::None);
        let owner = [self.scopes.owner(), others].concat();
        let is_one = match field {
            Field::ClientId => value.parse() != Ok(Uuid::nil()),
            Field::ClientSecret => secret::is_secret(&value) && !owner.iter().any(|word| word == "encrypted"),
            Field::RedirectUri | Field::RefreshToken => true,
        };
        if !is_one {
            return;
        }
        let lines = line..=self.line;
        let (bracket, before, after) = (self.scopes.bracket(), self.before(start), self.after());
        let spot = Spot { bracket, lines, before, after, is_spaced: false };
        let (is_data, mark) = (self.scopes.is_data(), self.scopes.mark());
        self.scan.parts.push(Part { owner, note: Vec::new(), field, name: String::new(), value, is_data, spot, mark });
        self.last = Some(self.cursor.at());
    }
}

/// Returns a value without the percent encoding that it has in a form.
fn decoded(raw: &str) -> Cow<'_, str> {
    let is_encoded = |rest: &str| rest.get(..2).is_some_and(|code| code.bytes().all(|byte| byte.is_ascii_hexdigit()));
    if raw.contains('%') && raw.split('%').skip(1).all(is_encoded) {
        url::form_urlencoded::parse(format!("value={raw}").as_bytes())
            .next()
            .map_or(raw.into(), |(_, value)| value.into_owned().into())
    } else {
        raw.into()
    }
}

/// Returns the string that begins here, also alone in parentheses; whether its language replaces `{…}`; and what's behind it.
fn string(mut cursor: Cursor<'_>) -> Option<(Quoted<'_>, bool, Cursor<'_>)> {
    let is_in_parens = cursor.starts("(");
    cursor.skip(usize::from(is_in_parens));
    cursor.take(|letter| is_in_parens && letter.is_whitespace());
    let prefix = cursor.take(|letter| letter.is_ascii_alphabetic() || "$@".contains(letter));
    let quoted = cursor.quoted()?;
    cursor.skip(quoted.len);
    cursor.take(|letter| is_in_parens && letter.is_whitespace());
    let is_closed = cursor.starts(")");
    cursor.skip(usize::from(is_in_parens && is_closed));
    (is_closed || !is_in_parens).then_some((quoted, prefix.contains(['f', 'F', '$']), cursor))
}
