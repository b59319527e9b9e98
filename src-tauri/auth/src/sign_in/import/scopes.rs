//! The blocks around a position in a text, which show what the names in them belong to.

use std::collections::BTreeMap;

use super::{
    comments::is_section,
    cursor::Cursor,
    names::{self, Field},
};

/// The blocks around a position.
#[derive(Debug, Default)]
pub(super) struct Scopes {
    open: Vec<Scope>,
    /// The words of the blocks around the whole text.
    outer: Vec<String>,
    /// The positions of brackets that are closed, each with that of its end.
    closed: BTreeMap<usize, usize>,
    /// The column where the line begins.
    column: usize,
    /// The punctuation that the line begins with.
    mark: String,
    /// The same of the line that a nested text is in.
    around: String,
    /// The bracket that a nested text is in.
    outer_bracket: Option<usize>,
}

#[derive(Debug)]
struct Scope {
    kind: Kind,
    words: Vec<String>,
    commas: usize,
    /// Every bracket of a text has its own number.
    number: usize,
    /// The position behind a bracket's end.
    end: usize,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    /// `AzureApp(…)`, whose arguments may have no names.
    App,
    /// A call that sets a variable: `SetEnvironmentVariable("X", "y")`.
    Setter,
    Bracket(char),
    /// Lines that are indented further than this.
    Indented(usize),
    /// `[name]`, up to the next one.
    Section,
}

/// Calls that stand for the sign-in itself.
const ITSELF: [&str; 2] = ["AzureApp", "OAuth2TokenResponse"];

impl Scopes {
    pub(super) fn of(code: &str) -> Scopes {
        Scopes { closed: closed(code), ..Scopes::default() }
    }

    /// Returns the blocks of a nested text, which is the value of a name.
    pub(super) fn inner(&self, code: &str, name: &str) -> Scopes {
        let outer = [self.owner(), names::words(name)].concat();
        // One assignment in a list, as a container's environment has them, is of that list; a command is not.
        let is_command = code.trim().contains(char::is_whitespace);
        let outer_bracket = self.bracket().filter(|_| !is_command);
        Scopes { outer, outer_bracket, around: self.mark(), ..Scopes::of(code) }
    }

    /// Returns the punctuation that the line begins with; in brackets, none.
    pub(super) fn mark(&self) -> String {
        if self.is_data() { String::new() } else { format!("{}{}", self.around, self.mark) }
    }

    /// Returns the number of the innermost bracket.
    pub(super) fn bracket(&self) -> Option<usize> {
        self.brackets().next().map(|scope| scope.number).or(self.outer_bracket)
    }

    /// Returns the words and the bracket around the innermost one, for an object that is a name and its value.
    pub(super) fn around(&self) -> (Vec<String>, Option<usize>) {
        let words = self.open.split_last().into_iter().flat_map(|(_, open)| open).flat_map(|scope| &scope.words);
        let bracket = self.brackets().nth(1).map(|scope| scope.number).or(self.outer_bracket);
        (self.outer.iter().chain(words).cloned().collect(), bracket)
    }

    fn brackets(&self) -> impl Iterator<Item = &Scope> {
        self.open.iter().rev().filter(|scope| matches!(scope.kind, Kind::App | Kind::Bracket(_)))
    }

    pub(super) fn is_list(&self) -> bool {
        self.list_end().is_some()
    }

    /// Returns the position behind the list that this is in.
    pub(super) fn list_end(&self) -> Option<usize> {
        self.open.last().filter(|scope| scope.kind == Kind::Bracket('[')).map(|scope| scope.end)
    }

    pub(super) fn is_object(&self) -> bool {
        self.open.last().is_some_and(|scope| scope.kind == Kind::Bracket('{'))
    }

    pub(super) fn owner(&self) -> Vec<String> {
        self.outer.iter().chain(self.open.iter().flat_map(|scope| &scope.words)).cloned().collect()
    }

    pub(super) fn has(&self, words: &[&str]) -> bool {
        self.owner().windows(words.len()).any(|window| window == words)
    }

    /// Returns which part of a sign-in an unnamed argument is.
    pub(super) fn argument(&self) -> Option<Field> {
        let scope = self.open.last().filter(|scope| scope.kind == Kind::App)?;
        [Field::ClientId, Field::ClientSecret, Field::RedirectUri].get(scope.commas).copied()
    }

    pub(super) fn is_setter(&self) -> bool {
        self.open.last().is_some_and(|scope| scope.kind == Kind::Setter && scope.commas == 0)
    }

    pub(super) fn is_call(&self) -> bool {
        self.open.last().is_some_and(|scope| matches!(scope.kind, Kind::App | Kind::Setter | Kind::Bracket('(')))
    }

    pub(super) fn is_data(&self) -> bool {
        self.open.iter().any(|scope| matches!(scope.kind, Kind::App | Kind::Setter | Kind::Bracket(_)))
    }

    pub(super) fn begin_line(&mut self, line: &str) {
        let is_of_indent = |letter: char| letter.is_whitespace() || letter == '-';
        let column = line.len() - line.trim_start_matches(is_of_indent).len();
        if self.is_data() {
            return;
        }
        mark(line.trim()).clone_into(&mut self.mark);
        if line.trim().is_empty() {
            return;
        }
        if is_section(line) {
            self.open = vec![Scope::new(Kind::Section, names::words(line), 0)];
        }
        self.column = column;
        // A line with only dashes begins another document.
        let is_rule = column == line.len();
        self.open.retain(|scope| match scope.kind {
            Kind::Indented(indent) => indent < column && !is_rule,
            Kind::App | Kind::Setter | Kind::Bracket(_) | Kind::Section => !is_rule,
        });
    }

    /// Opens the block of a name that ends its line.
    pub(super) fn open_indented(&mut self, name: &str) {
        if !self.is_data() {
            self.open.push(Scope::new(Kind::Indented(self.column), names::words(name), 0));
        }
    }

    /// Opens a bracket's block; `name` is the name that it's the value of, or the function that is called.
    pub(super) fn open(&mut self, at: usize, bracket: char, name: &str, number: usize) {
        let Some(&end) = self.closed.get(&at) else { return };
        let list = self.open.last().filter(|scope| scope.kind == Kind::Bracket('['));
        let is_setter = bracket == '(' && is_setter(name);
        let words = match list {
            _ if is_setter || ITSELF.iter().any(|call| name.ends_with(call)) => Vec::new(),
            Some(list) if bracket == '{' => vec![(list.commas + 1).to_string()],
            _ => names::words(name),
        };
        let kind = match () {
            () if bracket == '(' && name.ends_with("AzureApp") => Kind::App,
            () if is_setter => Kind::Setter,
            () => Kind::Bracket(bracket),
        };
        self.open.push(Scope { end, ..Scope::new(kind, words, number) });
    }

    pub(super) fn close(&mut self, bracket: char) {
        let is_its = |scope: &mut Scope| match scope.kind {
            Kind::App | Kind::Setter => bracket == ')',
            Kind::Bracket(open) => closing(open) == bracket,
            Kind::Indented(_) | Kind::Section => false,
        };
        self.open.pop_if(is_its);
    }

    pub(super) fn comma(&mut self) {
        if let Some(scope) = self.open.last_mut() {
            scope.commas += 1;
        }
    }
}

/// Returns the punctuation that a line begins with: any language's comment mark is among it. What may begin some lines of
/// a program or a list, and others not, is none.
fn mark(line: &str) -> &str {
    const NONE: [char; 17] = ['"', '\'', '`', '(', ')', '[', ']', '{', '}', '<', '$', '-', '&', '?', ',', '_', ' '];
    let line = line.trim_start_matches(NONE);
    let name = line.trim_start_matches(|letter: char| !letter.is_alphanumeric());
    match line.strip_suffix(name).unwrap_or_default().trim_end() {
        "." => "",
        mark => mark,
    }
}

/// Whether a function sets a variable.
fn is_setter(name: &str) -> bool {
    let name = name.rsplit(['.', ':']).next().unwrap_or_default().to_ascii_lowercase();
    ["set", "setenv", "putenv", "define", "setdefault", "setitem", "set_var", "setenvironmentvariable"]
        .contains(&name.as_str())
}

impl Scope {
    const fn new(kind: Kind, words: Vec<String>, number: usize) -> Scope {
        Scope { kind, words, commas: 0, number, end: 0 }
    }
}

const fn closing(open: char) -> char {
    match open {
        '(' => ')',
        '[' => ']',
        _ => '}',
    }
}

/// Returns the positions of brackets that are closed, and the position behind each one's end; a lone one in a sentence opens
/// no block.
fn closed(code: &str) -> BTreeMap<usize, usize> {
    let (mut open, mut closed) = (Vec::new(), BTreeMap::new());
    let mut cursor = Cursor::new(code);
    while let Some(letter) = cursor.peek() {
        if let Some(quoted) = cursor.quoted() {
            cursor.skip(quoted.len);
            continue;
        }
        match letter {
            '(' | '[' | '{' => open.push((cursor.at(), letter)),
            ')' | ']' | '}' => {
                let its = open.iter().rposition(|(_, open)| closing(*open) == letter);
                closed.extend(its.and_then(|place| open.drain(place..).next()).map(|(at, _)| (at, cursor.at() + 1)));
            }
            _ => {}
        }
        cursor.next();
    }
    closed
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bracket_that_nothing_closes_opens_no_block() {
        assert_eq!(closed("( [a] {"), BTreeMap::from([(2, 5)]));
        assert_eq!(closed("([)"), BTreeMap::from([(0, 3)]));
        assert_eq!(closed("')' ( \"(\" )"), BTreeMap::from([(4, 11)]));
    }

    #[test]
    fn an_indented_block_ends_with_its_indent() {
        let mut scopes = Scopes::of("");
        scopes.begin_line("discord:");
        scopes.open_indented("discord");
        scopes.begin_line("  client_id: x");
        assert_eq!(scopes.owner(), ["discord"]);
        scopes.begin_line("");
        assert_eq!(scopes.owner(), ["discord"]);
        scopes.begin_line("xbox:");
        assert!(scopes.owner().is_empty());
        scopes.begin_line("[twitch]");
        scopes.begin_line("client_id = x");
        assert_eq!(scopes.owner(), ["twitch"]);
        scopes.begin_line("---");
        assert!(scopes.owner().is_empty());
    }

    #[test]
    fn any_comment_mark_is_a_mark_and_what_a_program_has_is_none() {
        for (line, expected) in [
            ("% A=b", "%"),
            ("*> A=b", "*>"),
            ("\u{ff03}A=b", "\u{ff03}"),
            ("~~A=b~~", "~~"),
            (".. A=b", ".."),
            ("-# A=b", "#"),
            ("\\ A=b", "\\"),
            ("A=b", ""),
            ("  - A=b", ""),
            ("-e A=b", ""),
            ("$env:A=b", ""),
            (".a(\"b\")", ""),
            ("\"a\": \"b\",", ""),
            ("&a=b", ""),
            ("", ""),
        ] {
            assert_eq!(mark(line), expected, "{line}");
        }
    }
}
