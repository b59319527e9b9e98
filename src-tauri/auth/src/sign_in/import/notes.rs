//! What people write beside values: headings, comments and labels. It may say that a value is somebody else's.

use std::collections::BTreeSet;

use uuid::Uuid;

use super::{
    comments::Split,
    names::{self, Field},
    part::Part,
    places,
    scan::Scan,
    words::{self, Form, Said},
};

/// Notes beside each value whose it is, unless the client ID that it may go with has the same beside it.
pub(super) fn add(found: &mut Scan, split: &Split) {
    let lines = found.parts.iter().flat_map(|part| part.spot.lines.clone());
    let lines: BTreeSet<usize> = lines.chain(found.alone.iter().map(|alone| alone.line)).collect();
    let (headings, of_line) = headings(split, &lines);
    let comments: Vec<&str> = split.comments.split('\n').collect();
    let note = |line: usize, end: usize, after: &str| {
        let heading = of_line.get(line).and_then(|at| headings.get(*at)).cloned().unwrap_or_default();
        let remark = |line: usize| others(comments.get(line).copied().unwrap_or_default(), Form::Title);
        let below = if end > line { remark(end) } else { Vec::new() };
        [heading, remark(line), below, behind(after)].concat()
    };
    for part in &mut found.parts {
        let (line, end) = (*part.spot.lines.start(), *part.spot.lines.end());
        let mut said = note(line, end, &part.spot.after);
        said.retain(|word| matches!(part.field, Field::ClientId | Field::ClientSecret) || !words::is_purpose(word));
        part.note.splice(..0, said);
        let label = if part.spot.bracket.is_none() { places::label(&part.spot.before) } else { Vec::new() };
        part.note.splice(..0, label);
    }
    for alone in &mut found.alone {
        let label = alone.before.trim_end_matches(['"', '\'', '`']);
        let label = if label.contains(['=', '{', '"', '[']) { Vec::new() } else { others(label, Form::Title) };
        let mut said = note(alone.line, alone.line, &alone.after);
        said.retain(|word| !words::is_purpose(word));
        alone.note = [label, said].concat();
    }
    drop_shared(found);
    for part in found.parts.iter_mut().filter(|part| part.field == Field::ClientId) {
        part.note.retain(|word| !words::is_purpose(word));
    }
}

/// Drops the words that a client ID has beside it, too.
fn drop_shared(found: &mut Scan) {
    let is_id = |part: &&Part| part.field == Field::ClientId && Uuid::parse_str(&part.value).is_ok();
    let ids = || found.parts.iter().filter(is_id);
    let ours: BTreeSet<String> = ids().filter(|id| names::are_ours(&id.owner)).flat_map(|id| id.note.clone()).collect();
    let of_owners: BTreeSet<(Vec<String>, String)> =
        ids().flat_map(|id| id.note.iter().map(|word| (id.owner.clone(), word.clone()))).collect();
    for part in &mut found.parts {
        let owner = part.owner.clone();
        part.note.retain(|word| !ours.contains(word) && !of_owners.contains(&(owner.clone(), word.clone())));
    }
    for alone in &mut found.alone {
        alone.note.retain(|word| !ours.contains(word));
    }
}

/// Returns the headings, and for each line which of them it's under.
fn headings(split: &Split, with_values: &BTreeSet<usize>) -> (Vec<Vec<String>>, Vec<usize>) {
    let (mut headings, mut of_line) = (vec![Vec::new()], Vec::new());
    let lines: Vec<&str> = split.code.split('\n').collect();
    for ((line, code), comment) in lines.iter().enumerate().zip(split.comments.split('\n')) {
        let below = lines.get(line + 1).copied().unwrap_or_default();
        let said = match () {
            () if with_values.contains(&line) => Said::Nothing,
            () if code.trim().is_empty() && is_commented_out(comment) => Said::Nothing,
            () if code.trim().is_empty() => words::said(comment, Form::Title),
            () => form(code, below).map_or(Said::Nothing, |form| words::said(code, form)),
        };
        match said {
            Said::Nothing => {}
            Said::Ours => headings.push(Vec::new()),
            // A purpose says nothing about whose the rest is.
            Said::Others(words) if words.iter().all(|word| words::is_purpose(word)) => {
                headings.push([headings.last().cloned().unwrap_or_default(), words].concat());
            }
            Said::Others(words) => headings.push(words),
        }
        of_line.push(headings.len() - 1);
    }
    (headings, of_line)
}

/// Returns the words of a text that say whose something is.
fn others(text: &str, form: Form) -> Vec<String> {
    match words::said(text, form) {
        Said::Others(words) if !is_commented_out(text) => words,
        Said::Others(_) | Said::Ours | Said::Nothing => Vec::new(),
    }
}

/// Whether a comment is a line that counted once.
fn is_commented_out(comment: &str) -> bool {
    const SHORTEST_VALUE: usize = 16;
    let comment = comment.trim_matches(|letter: char| !letter.is_alphanumeric());
    let (name, value) = comment.split_once(['=', ':']).unwrap_or_default();
    let is_value = comment.contains(&format!("{name}=")) || value.trim().len() >= SHORTEST_VALUE;
    names::field(name).is_some() && is_value
        || comment.contains(" = ") && comment.contains(['(', '"', '\'', '['])
        || comment.contains(['{', '}'])
}

/// Returns how a line without a value is written, if a person wrote it and it isn't a program's or the name of an indented block.
fn form(code: &str, below: &str) -> Option<Form> {
    const OF_PERSONS: [&str; 6] = ["from", "by", "author", "sender", "owner", "user"];
    const KEYWORDS: [&str; 11] =
        ["import", "using", "package", "namespace", "include", "require", "return", "class", "def", "public", "module"];
    let indent = |line: &str| line.len() - line.trim_start().len();
    let text = code.trim_matches(|letter: char| letter.is_whitespace() || "=*#_~-<>".contains(letter));
    let first = text.split_whitespace().next().unwrap_or_default();
    let is_block = text.ends_with(':') && indent(below) > indent(code) && !below.trim().is_empty();
    let is_code = KEYWORDS.contains(&first) && !text.ends_with(':')
        || text.contains(" import ")
        || text.contains(['=', ';', '{', '}', '"', '`'])
        || text.contains('<') && !text.contains('@');
    // It's about its own value, as it is with `=`.
    let is_variable = text.split_once(':').is_some_and(|(name, _)| name.contains('_') && name == name.to_uppercase());
    if is_block || is_code || is_variable {
        return None;
    }
    let is_of_person = OF_PERSONS.contains(&first.trim_end_matches(':').to_ascii_lowercase().as_str());
    let is_setting = text.split_once(':').is_some_and(|(name, value)| !name.contains(' ') && value.starts_with(' '));
    let is_file = [".env", ".json", ".txt", ".toml", ".yml", ".yaml", ".ini"].iter().any(|end| text.ends_with(end));
    let is_marked =
        ["#", "==", "--", "**", "__", "~~", "[", "@", "<@"].iter().any(|mark| code.trim_start().starts_with(mark));
    let is_alone = text.split(' ').count() <= 2
        && !text.contains(|letter: char| letter.is_ascii() && !letter.is_ascii_alphabetic() && letter != ' ');
    // `bob#1234`
    let is_handle = text.split_once('#').is_some_and(|(name, number)| {
        !name.contains(' ') && !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit())
    });
    Some(match () {
        () if is_of_person
            || text.ends_with(':')
            || text.contains('|')
            || is_file
            || is_marked
            || is_alone
            || is_handle
            || words::is_one_of_several(text)
            || has_time(text) =>
        {
            Form::Title
        }
        () if is_setting || text.contains(['(', '[']) => Form::Other,
        () => Form::Sentence,
    })
}

/// Whether a text has a time of day, as a chat has above each message.
fn has_time(text: &str) -> bool {
    let is_time = |window: &[u8]| matches!(window, [a, b':', c] if a.is_ascii_digit() && c.is_ascii_digit());
    text.as_bytes().windows(3).any(is_time)
}

/// Returns whose a value is according to the text behind it, such as `(bob)` or `<- bob's`.
fn behind(after: &str) -> Vec<String> {
    let after = after.trim_start().trim_start_matches(['"', '\'', '`', ',', ';']).trim_start();
    let is_remark = ["(", "<-", "←", "—", "–", "- ", "["].iter().any(|mark| after.starts_with(mark));
    let form = if is_remark || after.starts_with(char::is_uppercase) { Form::Title } else { Form::Other };
    if after.trim_start_matches("<-").contains(['=', '{', '"', '<', '>']) { Vec::new() } else { others(after, form) }
}
