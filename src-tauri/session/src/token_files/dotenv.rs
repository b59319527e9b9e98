//! This program's lines in a user's `.env`: added and removed without changing any other byte.
//!
//! A quoted value can span lines. An unclosed quote, or one with more text after its closing quote, doesn't start a
//! multi-line value: shells and libraries disagree there, so that the line is parsed on its own.

use std::borrow::Cow;

use crate::format::UNTIL;

/// The start of a token file's comment.
pub(super) const COMMENT: &str = "# Kept fresh by Spartan Tray";

/// What to write into a `.env`.
pub(super) struct Ours<'a> {
    /// All of this program's names in it, including those without a value now.
    pub(super) names: &'a [&'a str],
    /// Names and the text after their `=`, quoted as necessary.
    pub(super) values: Vec<(&'a str, &'a [u8])>,
    /// The comment above them, if any.
    pub(super) comment: Option<String>,
}

/// Returns the content with the current lines: changed in place, or appended.
pub(super) fn with(text: &[u8], ours: &Ours<'_>) -> Vec<u8> {
    let mut file = File::read(text, ours.names);
    file.assign(&ours.values);
    file.remark(ours.comment.as_deref());
    file.write()
}

/// Returns the content without this program's lines.
pub(super) fn without(text: &[u8], names: &[&str]) -> Vec<u8> {
    let mut file = File::read(text, names);
    file.lines.retain(|line| line.what == What::Other);
    file.write()
}

/// Whether this program has written to the content.
pub(super) fn is_marked(text: &[u8]) -> bool {
    File::read(text, &[]).lines.iter().any(|line| line.what == What::Comment)
}

/// Whether the content is empty.
pub(super) fn is_empty(text: &[u8]) -> bool {
    text.strip_prefix(MARK).unwrap_or(text).is_empty()
}

/// Returns each of these names that's assigned, with the text after its `=`.
pub(super) fn values<'a>(text: &'a [u8], names: &[&'a str]) -> Vec<(&'a str, &'a [u8])> {
    let assigned = |line: Line<'a>| match (line.what, line.text) {
        (What::Variable { name, value }, Cow::Borrowed(text)) => Some((name, &text[value.from..value.to])),
        _ => None,
    };
    File::read(text, names).lines.into_iter().filter_map(assigned).collect()
}

/// The UTF-8 byte order mark, with which some editors start a file.
const MARK: &[u8] = b"\xEF\xBB\xBF";

struct File<'a> {
    mark: &'a [u8],
    lines: Vec<Line<'a>>,
    /// The file's line ending.
    end: &'static [u8],
    /// Whether the last line has no line ending, which is preserved.
    is_open: bool,
}

struct Line<'a> {
    what: What<'a>,
    /// Multiple lines if the value spans them; without the last line ending.
    text: Cow<'a, [u8]>,
    end: &'a [u8],
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum What<'a> {
    Other,
    Comment,
    Variable { name: &'a str, value: Span },
}

/// A part of a line, in bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Span {
    from: usize,
    to: usize,
}

impl<'a> File<'a> {
    fn read(text: &'a [u8], names: &[&'a str]) -> File<'a> {
        let (mark, mut rest) = text.strip_prefix(MARK).map_or((&[][..], text), |rest| (MARK, rest));
        let first = rest.split_inclusive(|byte| *byte == b'\n').next().unwrap_or_default();
        let end: &[u8] = if first.ends_with(b"\r\n") { b"\r\n" } else { b"\n" };
        let mut lines = Vec::new();
        while !rest.is_empty() {
            let (line, behind) = Line::first_of(rest, names);
            lines.push(line);
            rest = behind;
        }
        let open = lines.last_mut().filter(|line| line.end.is_empty());
        let is_open = open.map(|line| line.end = end).is_some();
        File { mark, lines, end, is_open }
    }

    /// Sets the value on every line that assigns one of the names, because readers differ in which one they use.
    fn assign<'b: 'a>(&mut self, values: &[(&'b str, &'b [u8])]) {
        let value_of = |name: &str| values.iter().find(|(known, _)| *known == name).map(|(_, value)| *value);
        self.lines.retain_mut(|line| match line.what {
            What::Other | What::Comment => true,
            What::Variable { name, value } => value_of(name).map(|new| line.put(value, new)).is_some(),
        });
        for (name, value) in values {
            let is_there = |line: &Line<'_>| matches!(line.what, What::Variable { name: known, .. } if known == *name);
            if self.lines.iter().any(is_there) {
                continue;
            }
            let text = [name.as_bytes(), b"=", value].concat();
            let whole = Span { from: name.len() + 1, to: text.len() };
            let behind = self.lines.iter().rposition(|line| line.what != What::Other).map(|last| last + 1);
            self.insert(behind.unwrap_or(self.lines.len()), What::Variable { name, value: whole }, text);
        }
    }

    /// Leaves exactly one of this program's comments, adding it above the first line if there was none; or removes them
    /// all.
    fn remark(&mut self, comment: Option<&str>) {
        let Some(comment) = comment else {
            self.lines.retain(|line| line.what != What::Comment);
            return;
        };
        let first = self.lines.iter().position(|line| line.what == What::Comment);
        if let Some(first) = first {
            self.lines[first].text = comment.as_bytes().to_vec().into();
            let mut is_later = false;
            self.lines.retain(|line| line.what != What::Comment || !std::mem::replace(&mut is_later, true));
            return;
        }
        if let Some(first) = self.lines.iter().position(|line| line.what != What::Other) {
            self.insert(first, What::Comment, comment.as_bytes().to_vec());
        }
    }

    fn insert(&mut self, place: usize, what: What<'a>, text: Vec<u8>) {
        self.lines.insert(place, Line { what, text: text.into(), end: self.end });
    }

    fn write(mut self) -> Vec<u8> {
        // An empty line without a line ending would disappear.
        if let Some(last) = self.lines.last_mut().filter(|last| self.is_open && !last.text.is_empty()) {
            last.end = b"";
        }
        let lines = self.lines.iter().flat_map(|line| [line.text.as_ref(), line.end]);
        std::iter::once(self.mark).chain(lines).flatten().copied().collect()
    }
}

impl<'a> Line<'a> {
    /// Returns the first entry of the text, and the rest.
    fn first_of(rest: &'a [u8], names: &[&'a str]) -> (Line<'a>, &'a [u8]) {
        let assigned = Assignment::at_start(rest);
        let length = line_end(rest, assigned.as_ref().map_or(0, |assigned| assigned.value.to));
        let (whole, behind) = rest.split_at(length);
        let text = whole.strip_suffix(b"\n").map_or(whole, |text| text.strip_suffix(b"\r").unwrap_or(text));
        let what = match assigned {
            Some(Assignment { name, value }) => {
                let ours = names.iter().find(|ours| ours.as_bytes() == name);
                ours.map_or(What::Other, |name| What::Variable { name, value })
            }
            None if is_comment(&text[blanks(text, 0)..]) => What::Comment,
            None => What::Other,
        };
        (Line { what, text: text.into(), end: &whole[text.len()..] }, behind)
    }

    /// Replaces a value and keeps the text around it.
    fn put(&mut self, old: Span, new: &[u8]) {
        self.text = [&self.text[..old.from], new, &self.text[old.to..]].concat().into();
    }
}

/// Whether a line is this program's comment, from a token file or from copied lines.
fn is_comment(line: &[u8]) -> bool {
    [COMMENT, UNTIL].iter().any(|ours| line.starts_with(ours.as_bytes()))
}

/// `NAME=value`, optionally preceded by `export`.
struct Assignment<'a> {
    name: &'a [u8],
    value: Span,
}

impl<'a> Assignment<'a> {
    fn at_start(text: &'a [u8]) -> Option<Assignment<'a>> {
        let line = &text[..line_end(text, 0)];
        let mut at = blanks(line, 0);
        if line[at..].starts_with(b"export") && blanks(line, at + 6) > at + 6 {
            at = blanks(line, at + 6);
        }
        let is_of_name = |byte: &&u8| byte.is_ascii_alphanumeric() || b"_.-".contains(byte);
        let name = &line[at..at + line[at..].iter().take_while(is_of_name).count()];
        at = blanks(line, at + name.len());
        if name.is_empty() || line.get(at) != Some(&b'=') {
            return None;
        }
        let from = blanks(line, at + 1);
        let value = quoted(text, from).map_or_else(|| bare(line, at + 1), |to| Span { from, to });
        Some(Assignment { name, value })
    }
}

/// Returns the end of a quoted value that starts here, if it's closed.
fn quoted(text: &[u8], from: usize) -> Option<usize> {
    let mark = *text.get(from).filter(|byte| b"'\"`".contains(byte))?;
    let mut at = from + 1;
    while *text.get(at)? != mark {
        at += if text[at] == b'\\' { 2 } else { 1 };
    }
    let behind = blanks(text, at + 1);
    let is_last = matches!(text.get(behind), None | Some(b'\n' | b'#')) || text[behind..].starts_with(b"\r\n");
    is_last.then_some(at + 1)
}

/// Returns the span of an unquoted value after `=`, up to a comment or the end of the line.
fn bare(line: &[u8], behind: usize) -> Span {
    let from = blanks(line, behind);
    let starts_comment = |at: &usize| line[*at] == b'#' && *at > behind && is_blank(line[*at - 1]);
    let to = (from..line.len()).find(starts_comment).unwrap_or(line.len());
    let to = behind + line[behind..to].trim_ascii_end().len();
    // If the line has only a comment, the comment's indentation is kept.
    Span { from: from.min(to), to }
}

/// Returns the end of the line at this position, including its line ending.
fn line_end(text: &[u8], from: usize) -> usize {
    text[from..].iter().position(|byte| *byte == b'\n').map_or(text.len(), |at| from + at + 1)
}

/// Returns the first position from here on that isn't blank.
fn blanks(text: &[u8], from: usize) -> usize {
    let behind = text.get(from..).unwrap_or_default();
    from + behind.iter().take_while(|byte| is_blank(**byte)).count()
}

const fn is_blank(byte: u8) -> bool {
    matches!(byte, b' ' | b'\t')
}

#[cfg(test)]
mod tests;
