//! Reads the value of a name.

use uuid::Uuid;

use super::{Expression, Paired, Scanner, is_of_word, lines_in};
use crate::sign_in::import::{
    cursor::{Cursor, is_line_end},
    ends::{bare, ends_value, goes_on, is_among_others},
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
        let is_of_shell = !is_spaced && !self.scopes.is_data() && is_among_others(before);
        // For the others, the shape shows whether they're tokens.
        let is_whole = |rest: &str| field != Field::ClientSecret || is_of_shell || ends_value(rest);
        let mut cursor = self.cursor;
        if cursor.starts("{") || cursor.starts("[") || cursor.starts("(") {
            return;
        }
        if self.expression == Expression::OfLine {
            return;
        }
        // Until the value shows that it's none.
        self.expression = Expression::OfName;
        let prefix = cursor.take(|letter| letter.is_ascii_alphabetic() || "$@".contains(letter));
        if let Some(quoted) = cursor.quoted() {
            cursor.skip(quoted.len);
            self.cursor = cursor;
            cursor.skip_blanks();
            let is_operand = cursor.starts(".") || cursor.starts("[") || is_concatenated(self.cursor, is_of_shell);
            let is_filled_in = prefix.contains(['f', 'F', '$']);
            let value = literal::value(quoted.content, Style::Quoted { is_filled_in });
            let value = value.filter(|_| !is_operand && is_whole(cursor.line()));
            self.line += lines_in(quoted.content);
            if goes_on(cursor.line(), is_row) {
                self.expression = Expression::OfLine;
                return;
            }
            return value.into_iter().for_each(|value| self.part(field, others.clone(), value, start));
        }
        let raw = bare(self.cursor.rest());
        if raw.len() > LONGEST_VALUE {
            return self.cursor.skip(raw.len());
        }
        let style = if self.scopes.is_call() || is_spaced { Style::BareInCode } else { Style::Bare };
        let rest = self.cursor.line().get(raw.len()..).unwrap_or_default();
        if goes_on(rest, is_row) {
            self.expression = Expression::OfLine;
            return;
        }
        let Some(value) = literal::value(raw, style).filter(|_| is_whole(rest)) else { return };
        self.cursor.skip(raw.len());
        self.part(field, others, value, start);
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
        let spot = Spot { bracket: self.scopes.bracket(), lines, before: self.before(start), after: self.after() };
        let (is_data, mark) = (self.scopes.is_data(), self.scopes.mark());
        self.scan.parts.push(Part { owner, note: Vec::new(), field, name: String::new(), value, is_data, spot, mark });
        self.last = Some(self.cursor.at());
    }
}

/// Whether more of a value follows a string: `"a"$B`, `"a" "b"`, also on the next line.
fn is_concatenated(behind: Cursor, is_of_shell: bool) -> bool {
    let next = behind.rest().trim_start_matches([' ', '\t']);
    let below = next.strip_prefix("\\\n").unwrap_or(next).trim_start_matches([' ', '\t']);
    behind.peek().is_some_and(|letter| letter.is_alphanumeric() || "$\"'".contains(letter))
        || !is_of_shell && below.starts_with(['"', '\''])
}
