//! Our own lines in somebody's `.env`: written and taken out again, while every other byte stays as it is.
//!
//! An entry may span lines, where its value is quoted. A quote that nothing closes, or behind whose end more stands, opens
//! no value of many lines: shells and libraries differ there, and such a line is taken alone.

use std::borrow::Cow;

use crate::format::UNTIL;

/// The beginning of a kept file's comment.
pub(super) const COMMENT: &str = "# Kept fresh by Spartan Tray";

/// What is written into a `.env`.
pub(super) struct Ours<'a> {
    /// Every name that is ours in it, also where it has no value now.
    pub(super) names: &'a [&'a str],
    /// Names and what stands behind their `=`, quoted as it has to be.
    pub(super) values: Vec<(&'a str, &'a [u8])>,
    /// The comment above them, if any.
    pub(super) comment: Option<String>,
}

/// The text with our lines as they are now: changed where they stand, else at the end.
pub(super) fn with(text: &[u8], ours: &Ours<'_>) -> Vec<u8> {
    let mut file = File::read(text, ours.names);
    file.assign(&ours.values);
    file.remark(ours.comment.as_deref());
    file.write()
}

/// The text without our lines.
pub(super) fn without(text: &[u8], names: &[&str]) -> Vec<u8> {
    let mut file = File::read(text, names);
    file.lines.retain(|line| line.what == What::Other);
    file.write()
}

/// Whether we have written to the text.
pub(super) fn is_marked(text: &[u8]) -> bool {
    File::read(text, &[]).lines.iter().any(|line| line.what == What::Comment)
}

/// Whether nothing stands in the text.
pub(super) fn is_empty(text: &[u8]) -> bool {
    text.strip_prefix(MARK).unwrap_or(text).is_empty()
}

/// Each name that a text assigns something to, with what stands behind its `=`.
pub(super) fn values<'a>(text: &'a [u8], names: &[&'a str]) -> Vec<(&'a str, &'a [u8])> {
    let assigned = |line: Line<'a>| match (line.what, line.text) {
        (What::Variable { name, value }, Cow::Borrowed(text)) => Some((name, &text[value.from..value.to])),
        _ => None,
    };
    File::read(text, names).lines.into_iter().filter_map(assigned).collect()
}

/// Some editors begin a file in UTF-8 with these bytes.
const MARK: &[u8] = b"\xEF\xBB\xBF";

struct File<'a> {
    mark: &'a [u8],
    lines: Vec<Line<'a>>,
    /// How this file ends its lines.
    end: &'static [u8],
    /// Whether its last line has no end, which then stays so.
    is_open: bool,
}

struct Line<'a> {
    what: What<'a>,
    /// Several lines where its value spans them; without the last one's end.
    text: Cow<'a, [u8]>,
    end: &'a [u8],
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum What<'a> {
    Other,
    Comment,
    Variable { name: &'a str, value: Span },
}

/// A part of a line, by its bytes.
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

    /// Sets the value of each of our names on every line that has it: readers differ in which one counts.
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

    /// Leaves one comment of ours (above our first line if there was none) or none at all.
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
        // An empty line without an end would be none.
        if let Some(last) = self.lines.last_mut().filter(|last| self.is_open && !last.text.is_empty()) {
            last.end = b"";
        }
        let lines = self.lines.iter().flat_map(|line| [line.text.as_ref(), line.end]);
        std::iter::once(self.mark).chain(lines).flatten().copied().collect()
    }
}

impl<'a> Line<'a> {
    /// The first entry of a text, and what stands behind it.
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

    /// Puts a value in the place of another; what stands around it stays.
    fn put(&mut self, old: Span, new: &[u8]) {
        self.text = [&self.text[..old.from], new, &self.text[old.to..]].concat().into();
    }
}

/// Whether a line is our comment, from a kept file or from copied lines.
fn is_comment(line: &[u8]) -> bool {
    [COMMENT, UNTIL].iter().any(|ours| line.starts_with(ours.as_bytes()))
}

/// `NAME=value`, with `export` before it or not.
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

/// Where a quoted value that begins here ends, if one does.
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

/// A value without quotes, behind `=`: as far as a comment, or the line's end.
fn bare(line: &[u8], behind: usize) -> Span {
    let from = blanks(line, behind);
    let starts_comment = |at: &usize| line[*at] == b'#' && *at > behind && is_blank(line[*at - 1]);
    let to = (from..line.len()).find(starts_comment).unwrap_or(line.len());
    let to = behind + line[behind..to].trim_ascii_end().len();
    // Of a line that has a comment alone, the comment's distance stays.
    Span { from: from.min(to), to }
}

/// Where the line ends that this place is in, its end included.
fn line_end(text: &[u8], from: usize) -> usize {
    text[from..].iter().position(|byte| *byte == b'\n').map_or(text.len(), |at| from + at + 1)
}

/// The first place from here on where no blank stands.
fn blanks(text: &[u8], from: usize) -> usize {
    let behind = text.get(from..).unwrap_or_default();
    from + behind.iter().take_while(|byte| is_blank(**byte)).count()
}

const fn is_blank(byte: u8) -> bool {
    matches!(byte, b' ' | b'\t')
}

#[cfg(test)]
mod tests;
