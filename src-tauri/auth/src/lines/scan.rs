//! Finds names and their values in programs, settings files and shell text.

use super::{
    cursor::{Cursor, is_line_end},
    literal::{self, Style},
    names::{self, Field},
    scopes::Scopes,
    shape,
};

/// A part of a sign-in that was found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Part {
    /// The words that say which service it belongs to, from the blocks around it and from its name.
    pub owner: Vec<String>,
    pub field: Field,
    pub value: String,
    /// Whether it's in an object or a call, not on its own line.
    pub is_data: bool,
    /// The block that it's in. Every block has a number of its own, with or without words.
    pub block: usize,
    /// The punctuation that its line begins with.
    pub mark: String,
}

/// What was found in a text.
#[derive(Debug, Default)]
pub(super) struct Scan {
    pub parts: Vec<Part>,
    /// Refresh tokens without a name.
    pub alone: Vec<String>,
}

/// The limit of nested strings that are searched.
const DEEPEST: usize = 3;
/// Commands that take a name and its value with a space between them.
const COMMANDS: [&str; 5] = ["setx", "setenv", "env", "set", "arg"];

/// Finds all parts in text that has no comments.
pub(super) fn scan(code: &str) -> Scan {
    let mut scan = Scan::default();
    Scanner::new(code, Scopes::of(code), &mut scan, 0).run();
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
    paired: Option<&'a str>,
}

impl<'a, 's> Scanner<'a, 's> {
    fn new(code: &'a str, scopes: Scopes, scan: &'s mut Scan, depth: usize) -> Scanner<'a, 's> {
        Scanner { cursor: Cursor::new(code), scopes, scan, depth, label: "", paired: None }
    }

    fn run(mut self) {
        self.begin_line();
        while let Some(letter) = self.cursor.peek() {
            match letter {
                _ if is_line_end(letter) => {
                    let end = if self.cursor.starts("\r\n") { 2 } else { 1 };
                    self.cursor.skip(end);
                    self.begin_line();
                }
                '"' | '\'' | '`' => self.string(),
                '(' | '[' | '{' => {
                    self.scopes.open(self.cursor.at(), letter, self.label);
                    self.label = "";
                    self.cursor.next();
                }
                ')' | ']' | '}' => {
                    self.scopes.close(letter);
                    (self.label, self.paired) = ("", self.paired.filter(|_| letter != '}'));
                    self.cursor.next();
                }
                ',' => {
                    self.scopes.comma();
                    self.label = "";
                    self.cursor.next();
                }
                _ if is_of_word(letter) => self.word(),
                _ => self.cursor.skip(letter.len_utf8()),
            }
        }
    }

    fn begin_line(&mut self) {
        self.label = "";
        self.scopes.begin_line(self.cursor.line());
    }

    fn string(&mut self) {
        let Some(quoted) = self.cursor.quoted() else {
            self.cursor.next();
            return;
        };
        self.cursor.skip(quoted.len);
        if let Some(is_spaced) = self.separator(quoted.content) {
            return self.named(quoted.content, is_spaced);
        }
        if let Some(field) = self.scopes.argument()
            && let Some(value) = literal::value(quoted.content, Style::Quoted { is_filled_in: false })
        {
            return self.part(field, Vec::new(), value);
        }
        self.text(quoted.content);
    }

    /// A string that isn't a value itself may be a shell line, a form or an object.
    fn text(&mut self, content: &str) {
        if shape::is_refresh_alone(content.trim()) {
            self.scan.alone.push(content.trim().to_owned());
        } else if self.depth < DEEPEST && content.contains([':', '=']) && !is_remark(self.label) {
            Scanner::new(content, self.scopes.inner(content, self.label), self.scan, self.depth + 1).run();
        }
    }

    fn word(&mut self) {
        let word = self.cursor.take(is_of_word);
        if shape::is_refresh_alone(word) {
            self.scan.alone.push(word.to_owned());
            return;
        }
        let name = name_in(self.cursor, word);
        if let Some(is_spaced) = self.separator(name) {
            return self.named(name, is_spaced);
        }
        if self.cursor.starts("(") {
            self.label = word;
        }
    }

    /// Moves past what's between a name and its value; returns `true` if spaces come before it, as in a program.
    fn separator(&mut self, name: &str) -> Option<bool> {
        let mut cursor = self.cursor;
        // os.environ["X"] = …
        let is_index =
            cursor.starts("]") && cursor.line().get(1..).is_some_and(|rest| rest.trim_start().starts_with('='));
        cursor.skip(usize::from(is_index));
        let start = cursor.at();
        cursor.skip_blanks();
        let is_spaced = cursor.at() > start;
        let is_tag = self.cursor.before().strip_suffix(name).is_some_and(|before| before.ends_with('<'));
        let mark = ["=>", ":=", "="].into_iter().find(|mark| cursor.starts(mark));
        let mark =
            mark.or_else(|| (cursor.starts(":") && !cursor.starts("://") && !cursor.starts("::")).then_some(":"));
        let mark = mark.or_else(|| (is_tag && cursor.starts(">")).then_some(">"));
        let is_row = cursor.starts("|") && cursor.line_before().trim_start().starts_with('|');
        let mark = mark.or_else(|| is_row.then_some("|"));
        let Some(mark) = mark.filter(|_| !cursor.starts("==")) else {
            let is_of_ours = is_spaced && names::field(name).is_some();
            let is_told = is_of_ours && (name.starts_with('-') || self.is_command_line(name));
            self.cursor = if is_told { cursor } else { return None };
            return Some(false);
        };
        cursor.skip(mark.len());
        if mark == ":" && names::field(name).is_some() {
            cursor.skip(type_before_value(cursor.line()));
        }
        self.cursor = cursor;
        Some(is_spaced && mark == "=" || matches!(mark, ":=" | "=>"))
    }

    fn is_command_line(&self, name: &str) -> bool {
        let before = self.cursor.line_before();
        let before = before.strip_suffix(name).unwrap_or(before);
        before.split_whitespace().any(|word| COMMANDS.contains(&word.to_ascii_lowercase().as_str()))
    }

    /// Reads the value of a name: here, or in the block that begins here.
    fn named(&mut self, name: &'a str, is_spaced: bool) {
        let goes_on = self.scopes.is_data();
        self.cursor.take(|letter| letter.is_whitespace() && (goes_on || !is_line_end(letter)));
        if self.cursor.ends_line() {
            return self.scopes.open_indented(name);
        }
        let paired = matches!(name, "value" | "Value" | "jwt").then(|| self.paired.take()).flatten();
        let name = paired.unwrap_or(name);
        self.label = name;
        match (names::field(name), matches!(name, "name" | "Name" | "key" | "Key")) {
            (Some((field, others)), _) => self.value(field, others, is_spaced),
            // In MSAL's cache, a block's key says what its secret is.
            (None, _) if name == "secret" && self.scopes.has(&["refresh", "token"]) => {
                self.value(Field::RefreshToken, Vec::new(), false);
            }
            (None, true) => self.paired = self.name_of_pair(),
            (None, false) => {}
        }
    }

    fn name_of_pair(&self) -> Option<&'a str> {
        let mut cursor = self.cursor;
        let name = cursor.quoted().map_or_else(|| cursor.take(is_of_word), |quoted| quoted.content);
        names::field(name).is_some().then_some(name)
    }

    fn value(&mut self, field: Field, others: Vec<String>, is_spaced: bool) {
        // Bold in Markdown: `**Client ID:** …`.
        self.cursor.skip(if self.cursor.starts("** ") { 3 } else { 0 });
        let is_of_shell = !is_spaced && !self.scopes.is_data() && is_among_others(self.cursor.line_before());
        // For the others, the shape shows whether they're tokens.
        let is_whole = |rest| field != Field::ClientSecret || is_of_shell || ends_value(rest);
        let mut cursor = self.cursor;
        if cursor.starts("{") || cursor.starts("[") || cursor.starts("(") {
            return;
        }
        let prefix = cursor.take(|letter| letter.is_ascii_alphabetic() || "$@".contains(letter));
        if let Some(quoted) = cursor.quoted() {
            cursor.skip(quoted.len);
            self.cursor = cursor;
            cursor.skip_blanks();
            let is_operand = cursor.starts(".") || cursor.starts("+") || cursor.starts("[") || cursor.starts("%");
            let is_filled_in = prefix.contains(['f', 'F', '$']);
            let value = literal::value(quoted.content, Style::Quoted { is_filled_in });
            let value = value.filter(|_| !is_operand && is_whole(cursor.line()));
            return value.into_iter().for_each(|value| self.part(field, others.clone(), value));
        }
        let raw = bare(self.cursor.rest());
        let style = if self.scopes.is_call() || is_spaced { Style::BareInCode } else { Style::Bare };
        let rest = self.cursor.line().get(raw.len()..).unwrap_or_default();
        let Some(value) = literal::value(raw, style).filter(|_| is_whole(rest)) else { return };
        self.cursor.skip(raw.len());
        self.part(field, others, value);
    }

    fn part(&mut self, field: Field, others: Vec<String>, value: String) {
        if field == Field::ClientSecret && is_reference(&value) {
            return;
        }
        let owner = [self.scopes.owner(), others].concat();
        let (is_data, block, mark) = (self.scopes.is_data(), self.scopes.block(), self.scopes.mark());
        self.scan.parts.push(Part { owner, field, value, is_data, block, mark });
    }
}

/// Whether a value says where a secret is: a path, an address, a variable, a key of a vault's.
fn is_reference(value: &str) -> bool {
    let is_named = |letter: char| letter.is_ascii_alphabetic() || letter == '-';
    let scheme = value.split_once(':').map(|(scheme, _)| scheme);
    value.starts_with(['/', '@', ':', '*', '$', '!'])
        || ["./", "../", "~/", "--"].iter().any(|start| value.starts_with(start))
        || scheme.is_some_and(|scheme| scheme.len() > 1 && scheme.chars().all(is_named))
        || value.contains("://")
        // `projects/p/secrets/x`; Base64, which has slashes too, ends with `=`.
        || value.matches('/').count() > 1 && !value.ends_with('=')
}

fn is_of_word(letter: char) -> bool {
    letter.is_alphanumeric() || "_-.$%@!*/+~".contains(letter)
}

/// Returns how much of a line belongs to the name that ends it: people also write `Discord client secret:` or
/// `Application (client) ID:`.
fn name_in<'a>(cursor: Cursor<'a>, word: &'a str) -> &'a str {
    if !["id", "secret", "token", "uri", "url"].contains(&word.to_ascii_lowercase().as_str()) {
        return word;
    }
    let line = cursor.line_before();
    let words = line.rsplit([',', ';', '=', ':', '|', '&', '{', '"', '\'']).next().unwrap_or_default().trim_start();
    if names::field(words).is_some() { words } else { word }
}

/// Returns the unquoted value at the start of a text: it ends at a space, or where the next name may begin.
fn bare(text: &str) -> &str {
    let line =
        text.split(|letter: char| letter.is_whitespace() || ",;&<\"'`".contains(letter)).next().unwrap_or_default();
    // A bracket that was opened before the value closes after it.
    let closes = |(at, letter): (usize, char)| {
        let open = match letter {
            ')' => '(',
            ']' => '[',
            '}' => '{',
            _ => return None,
        };
        (!line.get(..at)?.contains(open)).then_some(at)
    };
    let end = line.char_indices().find_map(closes).unwrap_or(line.len());
    line.get(..end).unwrap_or_default()
}

/// Whether a name follows others in a shell line, such as `docker run -e`: a command may follow its value.
fn is_among_others(before: &str) -> bool {
    let mut words = before.split_whitespace().filter(|word| !["export", "set", "-"].contains(word));
    words.next().is_some_and(|word| !word.ends_with('=')) && words.next().is_some()
}

/// Whether a value may end before this: an operator or more words would make it an expression or a sentence.
fn ends_value(rest: &str) -> bool {
    let rest = rest.trim_start();
    let word = rest.split_whitespace().next().unwrap_or_default();
    word.is_empty()
        || word.starts_with([',', ';', '&', ')', ']', '}', '\\', '-', '|', '/'])
        // A tag, and not a call's type: `get<string>("x")`.
        || word.starts_with('<') && !word.contains(">(")
        || word.contains(['=', ':'])
}

/// Returns the length of the type between a name and its value: `: str = `, `: &'static str = `.
fn type_before_value(line: &str) -> usize {
    let Some((name, _)) = line.split_once(" = ").filter(|_| line.starts_with(' ')) else { return 0 };
    let is_of_type = |letter: char| letter.is_alphanumeric() || "_&'<>[].|? ".contains(letter);
    if name.chars().all(is_of_type) { name.len() + 3 } else { 0 }
}

/// Whether a name's value is a comment, as JSON has them.
fn is_remark(name: &str) -> bool {
    let name = name.trim_start_matches(['_', '$']).to_ascii_lowercase();
    ["comment", "//", "#", "description"].iter().any(|start| name.starts_with(start))
}
