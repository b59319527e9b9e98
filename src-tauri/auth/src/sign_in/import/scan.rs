//! Finds names and their values in programs, settings files and shell text.

mod alone;
mod name;
mod named;
mod overridden;

use std::borrow::Cow;

pub(super) use self::alone::Alone;
use self::overridden::Overridden;
use super::{
    cursor::{Cursor, is_line_end},
    ends::{is_compound, type_before_value, without_period},
    literal::{self, Style},
    names,
    part::Part,
    scopes::Scopes,
    shape,
};

/// What was found in a text.
#[derive(Debug, Default)]
pub(super) struct Scan {
    pub parts: Vec<Part>,
    /// Refresh tokens without a name.
    pub alone: Vec<Alone>,
    /// How many brackets there were so far.
    brackets: usize,
    overridden: Overridden,
}

/// The limit of nested strings that are searched.
const DEEPEST: usize = 3;
/// Commands that take a name and its value with a space between them.
const COMMANDS: [&str; 5] = ["setx", "setenv", "env", "set", "arg"];

/// Finds all parts in text that has no comments.
pub(super) fn scan(code: &str) -> Scan {
    let mut scan = Scan::default();
    Scanner::new(code, Scopes::of(code), &mut scan).run();
    scan.drop_overridden();
    scan
}

struct Scanner<'a, 's> {
    cursor: Cursor<'a>,
    scopes: Scopes,
    scan: &'s mut Scan,
    depth: usize,
    /// The name whose value is read next, for a block or a call that begins there.
    label: &'a str,
    /// The value of `name` or `key`, which names the next `value`.
    paired: Option<Paired<'a>>,
    /// Whether what's read belongs to an expression.
    expression: Expression,
    /// The same of each bracket that was opened on this line.
    outer: Vec<Expression>,
    line: usize,
    /// Where the last part on this line ends.
    last: Option<usize>,
    /// The text around the string that this text is in.
    around: (String, String),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Expression {
    None,
    /// The value of the last name; the next name has its own.
    OfName,
    /// An operator follows: whatever is behind it is a part of it.
    OfLine,
}

/// A name whose value is named `value`.
#[derive(Clone, Copy, Debug)]
struct Paired<'a> {
    name: &'a str,
    start: usize,
    line: usize,
}

/// How much of the text around a part is looked at.
const WIDEST: usize = 200;

impl<'a, 's> Scanner<'a, 's> {
    fn new(code: &'a str, scopes: Scopes, scan: &'s mut Scan) -> Scanner<'a, 's> {
        let cursor = Cursor::new(code);
        let around = (String::new(), String::new());
        let (label, paired, expression) = ("", None, Expression::None);
        let (outer, line, last) = (Vec::new(), 0, None);
        Scanner { cursor, scopes, scan, depth: 0, label, paired, expression, outer, line, last, around }
    }

    fn run(mut self) {
        self.begin_line();
        while let Some(letter) = self.cursor.peek() {
            match letter {
                _ if is_line_end(letter) => {
                    let end = if self.cursor.starts("\r\n") { 2 } else { 1 };
                    self.cursor.skip(end);
                    (self.line, self.last) = (self.line + 1, None);
                    self.begin_line();
                }
                '"' | '\'' | '`' => self.string(),
                '(' | '[' | '{' => {
                    self.scan.brackets += 1;
                    self.scopes.open(self.cursor.at(), letter, self.label, self.scan.brackets);
                    self.label = "";
                    self.outer.push(self.expression);
                    self.cursor.next();
                }
                ')' | ']' | '}' => {
                    self.scopes.close(letter);
                    self.expression = self.outer.pop().unwrap_or(self.expression);
                    (self.label, self.paired) = ("", self.paired.filter(|_| letter != '}'));
                    self.cursor.next();
                }
                ',' | ';' => {
                    if letter == ',' {
                        self.scopes.comma();
                    }
                    let outer = self.outer.last().copied();
                    (self.label, self.expression) = ("", outer.unwrap_or(Expression::None));
                    self.cursor.next();
                }
                _ if is_of_word(letter) => self.word(),
                _ => self.cursor.skip(letter.len_utf8()),
            }
        }
    }

    fn begin_line(&mut self) {
        (self.label, self.expression) = ("", Expression::None);
        self.outer.clear();
        self.scopes.begin_line(self.cursor.line());
    }

    fn string(&mut self) {
        let start = self.cursor.at();
        let Some(quoted) = self.cursor.quoted() else {
            self.cursor.next();
            return;
        };
        self.cursor.skip(quoted.len);
        if let Some(is_spaced) = self.separator(quoted.content) {
            return self.named(quoted.content, start, is_spaced);
        }
        if self.scopes.is_setter() && names::field(quoted.content).is_some() && self.cursor.starts(",") {
            self.cursor.skip(1);
            return self.named(quoted.content, start, true);
        }
        if names::field(quoted.content).is_some() && overridden::removes(self.cursor.back_to(start).line_before()) {
            return self.extend(quoted.content);
        }
        if let Some(field) = self.scopes.argument()
            && let Some(value) = literal::value(quoted.content, Style::Quoted { is_filled_in: false })
        {
            return self.part(field, Vec::new(), value, (start, self.line));
        }
        self.text(quoted.content, start);
        self.line += lines_in(quoted.content);
    }

    /// A string that isn't a value itself may be a shell line, a form, an object, or a line of a notebook's cell.
    fn text(&mut self, content: &str, start: usize) {
        let content = &*unquoted(content);
        if shape::is_refresh_alone(content.trim()) {
            self.alone(content.trim(), start);
        } else if self.depth < DEEPEST && content.contains([':', '=']) && !is_remark(self.label) {
            let scopes = self.scopes.inner(content, self.label);
            let (around, found) = ((self.before(start), self.after()), self.scan.parts.len());
            let inner = Scanner::new(content, scopes, self.scan);
            Scanner { depth: self.depth + 1, line: self.line, around, ..inner }.run();
            self.last = if self.scan.parts.len() > found { Some(self.cursor.at()) } else { self.last };
        }
    }

    fn word(&mut self) {
        let start = self.cursor.at();
        let word = self.cursor.take(is_of_word);
        if shape::is_refresh_alone(without_period(word)) {
            return self.alone(without_period(word), start);
        }
        if self.cursor.back_to(start).before().ends_with("${") && names::field(word).is_some() {
            // `${REFRESH_TOKEN:=…}` sets it only if it isn't set.
            self.expression = Expression::OfName;
            return;
        }
        let name = name::at(self.cursor, word);
        if let Some(is_spaced) = self.separator(name) {
            return self.named(name, (start + word.len()).saturating_sub(name.len()), is_spaced);
        }
        self.remove(word);
        if self.cursor.starts("(") {
            self.label = word;
        }
    }

    /// Moves past what's between a name and its value; returns `true` if spaces come before it, as in a program.
    fn separator(&mut self, name: &str) -> Option<bool> {
        let mut cursor = self.cursor;
        // os.environ["X"] = …
        let is_index =
            cursor.starts("]") && cursor.line_ahead().get(1..).is_some_and(|rest| rest.trim_start().starts_with('='));
        cursor.skip(usize::from(is_index));
        let start = cursor.at();
        cursor.skip_blanks();
        let is_spaced = cursor.at() > start;
        if is_compound(name, cursor.line_ahead()) {
            self.extend(name);
            return None;
        }
        let is_tag = self.cursor.before().strip_suffix(name).is_some_and(|before| before.ends_with('<'));
        // `Dim x As String = …`, `var x string = …`
        let of_type = ["As String ", "string "].into_iter().find(|start| is_spaced && cursor.starts(start));
        cursor.skip(of_type.filter(|_| names::field(name).is_some()).map_or(0, str::len));
        let is_of_r = cursor.starts("<- \"") || cursor.starts("<- '");
        let mark = is_of_r.then_some("<-").or_else(|| ["=>", ":=", "="].into_iter().find(|mark| cursor.starts(mark)));
        let mark =
            mark.or_else(|| (cursor.starts(":") && !cursor.starts("://") && !cursor.starts("::")).then_some(":"));
        let mark = mark.or_else(|| (is_tag && cursor.starts(">")).then_some(">"));
        let row = cursor.line_before().trim();
        let is_row = cursor.starts("|") && (row.starts_with('|') || row == name && names::field(name).is_some());
        let mark = mark.or_else(|| is_row.then_some("|"));
        let Some(mark) = mark.filter(|_| !cursor.starts("==")) else {
            let is_of_ours = is_spaced && names::field(name).is_some();
            // A long line is looked at once, not once for each of its words.
            let told = ["is ", "is:", "-> ", "→ "].into_iter().find(|told| is_of_ours && cursor.starts(told));
            if let Some(told) = told {
                cursor.skip(told.len());
                self.cursor = cursor;
                return Some(false);
            }
            let is_column = self.cursor.starts("\t") || self.is_padded(name);
            let is_told = is_of_ours && (is_column || name.starts_with('-') || self.is_command_line(name));
            self.cursor = if is_told { cursor } else { return None };
            return Some(false);
        };
        if is_index {
            self.scopes.close(']');
        }
        cursor.skip(mark.len());
        if mark == ":" && names::field(name).is_some() {
            cursor.skip(type_before_value(cursor.line_ahead()));
        }
        self.cursor = cursor;
        Some(is_spaced && mark == "=" || matches!(mark, ":=" | "=>" | "<-"))
    }

    /// Whether a name and its value fill the line, with spaces between them as in PowerShell's lists.
    fn is_padded(&self, name: &str) -> bool {
        let before = self.cursor.line_before();
        let is_first = before.strip_suffix(name).unwrap_or(before).trim().is_empty();
        is_first && self.cursor.starts("  ") && self.cursor.line_ahead().split_whitespace().count() == 1
    }

    fn is_command_line(&self, name: &str) -> bool {
        let before = self.cursor.line_before();
        let before = before.strip_suffix(name).unwrap_or(before);
        before.split_whitespace().any(|word| COMMANDS.contains(&word.to_ascii_lowercase().as_str()))
    }

    /// Returns the text before a name, up to the part before it or the beginning of the line.
    fn before(&self, start: usize) -> String {
        match self.last {
            Some(last) => self.cursor.before().get(last..start).unwrap_or_default().to_owned(),
            None => format!("{}{}", self.around.0, self.cursor.back_to(start).line_before()),
        }
    }

    fn after(&self) -> String {
        let after = self.cursor.rest().chars().take(WIDEST).take_while(|letter| !is_line_end(*letter));
        format!("{}{}", after.collect::<String>(), self.around.1)
    }
}

/// Returns a string's text without the escapes of its quotation marks.
fn unquoted(content: &str) -> Cow<'_, str> {
    if content.contains("\\\"") { content.replace("\\\"", "\"").replace("\\n", "\n").into() } else { content.into() }
}

fn lines_in(text: &str) -> usize {
    text.replace("\r\n", "\n").matches(is_line_end).count()
}

fn is_of_word(letter: char) -> bool {
    letter.is_alphanumeric() || "_-.$%@!*/+~".contains(letter)
}

/// Whether a name's value is a comment, as JSON has them.
fn is_remark(name: &str) -> bool {
    let name = name.trim_start_matches(['_', '$']).to_ascii_lowercase();
    ["comment", "//", "#", "description"].iter().any(|start| name.starts_with(start))
}
