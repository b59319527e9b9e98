//! Which parts stand beside each other: in one bracket, or on lines without anything between them that are written alike.

use super::{names, part::Part};

/// Parts with the same place stand beside each other.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Place {
    Bracket(usize),
    Lines(usize),
}

/// Words that may stand between two names of one command or declaration.
const PLAIN: [&str; 20] = [
    "export", "set", "setx", "x", "env", "arg", "e", "d", "data", "const", "let", "var", "val", "string", "str",
    "static", "final", "private", "public", "and",
];
/// Words that begin a branch of a program, which has little to do with the branch before.
const BRANCHES: [&str; 6] = ["case", "if", "elif", "else", "when", "default"];

/// Words in front of one of several tokens, or of one that isn't used any more.
const NOTES: [&str; 11] =
    ["old", "new", "was", "unused", "previous", "revoked", "expired", "debug", "usage", "echo", "update"];

/// Returns the words in front of a name on its line, if they say whose it is or that it's part of something else.
pub(super) fn label(before: &str) -> Vec<String> {
    const MARKS: [char; 13] = [':', '|', '=', ';', '\'', '%', '!', '"', '#', '(', ')', '<', ']'];
    const OF_PAIRS: [&str; 3] = ["value", "name", "key"];
    let is_meant = |word: &String| {
        !PLAIN.contains(&word.as_str())
            && !OF_PAIRS.contains(&word.as_str())
            && !word.bytes().all(|byte| byte.is_ascii_digit())
    };
    let words: Vec<String> = words(before).into_iter().map(str::to_ascii_lowercase).filter(is_meant).collect();
    let is_label =
        !is_form(before) && before.contains(MARKS) || words.iter().any(|word| NOTES.contains(&word.as_str()));
    if is_label { words } else { Vec::new() }
}

/// Returns the place of each part.
pub(super) fn of(parts: &[Part]) -> Vec<Place> {
    let mut places: Vec<Place> = Vec::with_capacity(parts.len());
    for (at, part) in parts.iter().enumerate() {
        let before = at.checked_sub(1).and_then(|before| places.get(before).copied());
        let place = match (part.spot.bracket, before) {
            (Some(bracket), _) if !is_branch(&part.spot.before) => Place::Bracket(bracket),
            (None, Some(Place::Lines(lines))) if !is_branch(&part.spot.before) && is_beside(parts, at) => {
                Place::Lines(lines)
            }
            _ => Place::Lines(at),
        };
        places.push(place);
    }
    places
}

/// Whether a part stands beside the one before it.
fn is_beside(parts: &[Part], at: usize) -> bool {
    let Some((above, [part, ..])) = parts.split_at_checked(at) else { return false };
    let Some(last) = above.last().filter(|last| last.spot.bracket.is_none() && last.owner == part.owner) else {
        return false;
    };
    let line = *part.spot.lines.start();
    if line == *last.spot.lines.end() {
        return is_plain(&part.spot.before);
    }
    let above = above.iter().rev().take_while(|other| other.spot.lines.end() == last.spot.lines.end());
    let first = above.last().unwrap_or(last);
    let end = parts.iter().skip(at).take_while(|other| *other.spot.lines.start() == line).last().unwrap_or(part);
    line == last.spot.lines.end() + 1
        && begin_alike(&first.spot.before, &part.spot.before)
        && words(&last.spot.after) == words(&end.spot.after)
}

/// Whether two lines begin alike; the first line of a list's item begins with a dash.
fn begin_alike(above: &str, below: &str) -> bool {
    above == below || below.trim().is_empty() && above.replacen('-', " ", 1) == below
}

/// Whether there's nothing between two names that names another command, service or value.
fn is_plain(between: &str) -> bool {
    is_form(between) || words(between).iter().all(|word| PLAIN.contains(&word.to_ascii_lowercase().as_str()))
}

fn is_form(between: &str) -> bool {
    between.starts_with('&') && !between.contains(char::is_whitespace)
}

fn is_branch(before: &str) -> bool {
    let before = before.rsplit(['{', '}', ';', '(']).next().unwrap_or_default();
    words(before).iter().any(|word| BRANCHES.contains(&word.to_ascii_lowercase().as_str()))
}

/// Returns the words of a text other than the names of parts, such as those of closing tags.
fn words(text: &str) -> Vec<&str> {
    let words = text.split(|letter: char| !letter.is_alphanumeric() && letter != '_' && letter != '-');
    words.map(|word| word.trim_matches('-')).filter(|word| !word.is_empty() && names::field(word).is_none()).collect()
}
