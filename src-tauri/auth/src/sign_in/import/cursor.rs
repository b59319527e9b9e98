//! A place in a text, and the quoted strings that begin there.

/// A place in a text.
#[derive(Clone, Copy, Debug)]
pub(super) struct Cursor<'a> {
    text: &'a str,
    at: usize,
}

/// A quoted string.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Quoted<'a> {
    /// The text between the quotation marks.
    pub content: &'a str,
    /// Its length in bytes, including its quotation marks.
    pub len: usize,
    /// Whether it has three quotation marks, and may span lines.
    pub is_triple: bool,
}

const TRIPLE: [&str; 2] = ["\"\"\"", "'''"];
/// The prefixes of a string in Python, C# and Rust.
const PREFIXES: [&str; 9] = ["r", "b", "u", "f", "rb", "br", "fr", "rf", "t"];

impl<'a> Cursor<'a> {
    pub(super) const fn new(text: &'a str) -> Cursor<'a> {
        Cursor { text, at: 0 }
    }

    pub(super) const fn at(self) -> usize {
        self.at
    }

    pub(super) fn rest(self) -> &'a str {
        self.text.get(self.at..).unwrap_or_default()
    }

    /// Returns the rest of the line.
    pub(super) fn line(self) -> &'a str {
        self.rest().split(is_line_end).next().unwrap_or_default()
    }

    /// Returns what follows, up to a length at which an expression shows: a long line isn't read again at each of its words.
    pub(super) fn ahead(self) -> &'a str {
        const LONGEST: usize = 400;
        let end = (self.at + LONGEST..self.text.len()).find(|at| self.text.is_char_boundary(*at));
        self.text.get(self.at..end.unwrap_or(self.text.len())).unwrap_or_default()
    }

    /// Returns the same of this line.
    pub(super) fn line_ahead(self) -> &'a str {
        self.ahead().split(is_line_end).next().unwrap_or_default()
    }

    /// Returns the text between this and a later place.
    pub(super) fn until(self, end: Cursor) -> &'a str {
        self.text.get(self.at..end.at).unwrap_or_default()
    }

    pub(super) fn before(self) -> &'a str {
        self.text.get(..self.at).unwrap_or_default()
    }

    /// Returns the text before this on the same line, up to a length that no name exceeds.
    pub(super) fn line_before(self) -> &'a str {
        const LONGEST: usize = 200;
        let start = self.at.saturating_sub(LONGEST);
        let start = (start..=self.at).find(|at| self.text.is_char_boundary(*at)).unwrap_or(self.at);
        let before = self.text.get(start..self.at).unwrap_or_default();
        before.rsplit(is_line_end).next().unwrap_or_default()
    }

    pub(super) fn ends_line(self) -> bool {
        self.peek().is_none_or(is_line_end)
    }

    pub(super) fn peek(self) -> Option<char> {
        self.rest().chars().next()
    }

    pub(super) fn starts(self, start: &str) -> bool {
        self.rest().starts_with(start)
    }

    /// Returns an earlier place in the text.
    pub(super) const fn back_to(self, at: usize) -> Cursor<'a> {
        Cursor { text: self.text, at }
    }

    /// Returns the place that's this number of bytes further.
    pub(super) const fn ahead_by(self, len: usize) -> Cursor<'a> {
        Cursor { text: self.text, at: self.at + len }
    }

    /// Moves forward by a number of bytes.
    pub(super) fn skip(&mut self, len: usize) {
        self.at += len;
    }

    /// Moves past the next character.
    pub(super) fn next(&mut self) -> Option<char> {
        let letter = self.peek()?;
        self.skip(letter.len_utf8());
        Some(letter)
    }

    /// Moves past the characters that fit, and returns them.
    pub(super) fn take(&mut self, fits: impl Fn(char) -> bool) -> &'a str {
        let rest = self.rest();
        let taken = rest.split(|letter| !fits(letter)).next().unwrap_or_default();
        self.skip(taken.len());
        taken
    }

    /// Moves past the spaces on this line.
    pub(super) fn skip_blanks(&mut self) {
        self.take(|letter| letter.is_whitespace() && !is_line_end(letter));
    }

    /// Returns the string that begins here. An apostrophe inside a word begins none, nor does an unclosed quotation mark.
    pub(super) fn quoted(self) -> Option<Quoted<'a>> {
        let mark = self.peek().filter(|mark| ['"', '\'', '`'].contains(mark))?;
        self.prefix()?;
        let rest = self.rest();
        let triple = TRIPLE.into_iter().find(|mark| rest.starts_with(mark));
        if let Some(content) = triple.and_then(|mark| Some(rest.get(3..)?.split_once(mark)?.0)) {
            return Some(Quoted { content, len: content.len() + 6, is_triple: true });
        }
        let inner = rest.get(1..)?;
        let content = inner.get(..closing(inner, mark)?)?;
        Some(Quoted { content, len: content.len() + 2, is_triple: false })
    }

    /// Returns the prefix of the string that begins here, usually empty.
    pub(super) fn prefix(self) -> Option<&'a str> {
        let is_of_word = |letter: char| letter.is_alphanumeric() || letter == '_';
        let before = self.line_before();
        let word = before.get(before.trim_end_matches(is_of_word).len()..).unwrap_or_default();
        let is_prefix = word.is_empty() || PREFIXES.contains(&word.to_ascii_lowercase().as_str());
        is_prefix.then_some(word)
    }
}

pub(super) const fn is_line_end(letter: char) -> bool {
    matches!(letter, '\n' | '\r')
}

/// Returns the position of the mark that ends a string on its line, ignoring escaped ones.
fn closing(inner: &str, mark: char) -> Option<usize> {
    let mut is_escaped = false;
    for (at, letter) in inner.char_indices() {
        match letter {
            _ if is_line_end(letter) => return None,
            _ if is_escaped => is_escaped = false,
            '\\' => is_escaped = true,
            _ if letter == mark => return Some(at),
            _ => {}
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    fn quoted_at(text: &str, at: usize) -> Option<&str> {
        let mut cursor = Cursor::new(text);
        cursor.skip(at);
        cursor.quoted().map(|quoted| quoted.content)
    }

    #[test]
    fn a_string_ends_at_its_mark_on_its_line() {
        assert_eq!(quoted_at("\"a 'b'\" c", 0), Some("a 'b'"));
        assert_eq!(quoted_at(r#""a\"b" c"#, 0), Some(r#"a\"b"#));
        assert_eq!(quoted_at("\"a\nb\"", 0), None);
        assert_eq!(quoted_at("\"\"\"a\nb\"\"\"", 0), Some("a\nb"));
        assert_eq!(quoted_at("''", 0), Some(""));
    }

    #[test]
    fn a_long_line_is_not_read_to_its_end() {
        let line = "é".repeat(10_000);
        let cursor = Cursor::new(&line);
        assert!(
            [cursor.ahead(), cursor.line_ahead(), cursor.ahead_by(400).line_before()]
                .iter()
                .all(|text| text.len() <= 402)
        );
        assert_eq!(Cursor::new("a\nb").line_ahead(), "a");
        assert_eq!(Cursor::new("a\nb").ahead(), "a\nb");
    }

    #[test]
    fn an_apostrophe_begins_no_string_and_a_prefix_does() {
        assert_eq!(quoted_at("don't, won't", 3), None);
        assert_eq!(quoted_at("f'{x}'", 1), Some("{x}"));
        assert_eq!(quoted_at("é'x'", 2), None);
    }
}
