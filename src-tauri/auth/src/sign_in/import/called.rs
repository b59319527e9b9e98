//! The names by which a person chooses among groups: each can be found in the pasted text.

use std::collections::BTreeMap;

use super::names::{self, Field};

/// What a group is called in the text.
#[derive(Clone, Debug, Default)]
pub(super) struct Called {
    rank: Rank,
    /// The name of one of its values, as it's written.
    name: String,
    /// What's written beside that value.
    note: Vec<String>,
    /// That value, which shows where it is.
    value: String,
    /// What the secret beside it is called.
    secret: Option<Box<Called>>,
}

/// How well a value's name tells groups apart.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
enum Rank {
    #[default]
    Other,
    ClientId,
    RefreshToken,
}

impl Called {
    pub(super) fn new(field: Field, name: &str, note: Vec<String>, value: String) -> Called {
        let rank = match field {
            Field::RefreshToken => Rank::RefreshToken,
            Field::ClientId => Rank::ClientId,
            Field::ClientSecret | Field::RedirectUri => Rank::Other,
        };
        // Its marks and numbers are in its name, and `s` is what's left of `Bob's`.
        let is_told = |word: &String| word.contains(char::is_alphabetic) && word != "s";
        let note = note.into_iter().filter(is_told).collect();
        Called { rank, name: name.trim_start_matches('-').to_owned(), note, value, secret: None }.with_secret(field)
    }

    fn with_secret(self, field: Field) -> Called {
        let secret = (field == Field::ClientSecret).then(|| Box::new(self.clone()));
        Called { secret, ..self }
    }

    /// Returns the one that tells groups apart better.
    pub(super) fn or(self, other: Called) -> Called {
        let (better, secret) = if other.rank > self.rank { (other, self.secret) } else { (self, other.secret) };
        let secret = better.secret.clone().or(secret);
        Called { secret, ..better }
    }

    /// Returns what its secret is called, for groups that differ in nothing else.
    pub(super) fn by_secret(&self) -> &Called {
        self.secret.as_deref().unwrap_or(self)
    }

    /// Whether a person means it by this name, even if it isn't the one that's offered.
    pub(super) fn is_called(&self, owner: &[String], name: &str) -> bool {
        let names = [Some(self.name.clone()), joined(owner), joined(&self.note)];
        names.iter().flatten().any(|own| letters(own) == letters(name))
    }

    /// Returns its heading, its prefix or its whole name, unless it's unreadable.
    fn name(&self, owner: &[String]) -> Option<String> {
        // What's left of these without the words of the field isn't in the text.
        let is_marked = names::field(&self.name).is_some()
            && (self.name.contains(' ') || !names::ends_with_field(&self.name) || !names::marks(&self.name).is_empty());
        let whole = || Some(self.name.clone()).filter(|name| is_readable(name));
        let prefix = || joined(owner).filter(|_| !is_marked);
        joined(&self.note).or_else(prefix).or_else(whole)
    }
}

/// The lines of a text, read once for values in its order.
struct Lines<'a> {
    text: &'a str,
    at: usize,
    line: usize,
}

impl Lines<'_> {
    /// Returns the number of the line that a value is on.
    fn of(&mut self, value: &str) -> Option<usize> {
        if value.is_empty() {
            return None;
        }
        let found = self.text.get(self.at..).and_then(|below| below.find(value)).map(|below| self.at + below);
        let Some(at) = found else {
            return Some(line_ends(self.text.split_once(value)?.0) + 1);
        };
        self.line += line_ends(self.text.get(self.at..at).unwrap_or_default());
        self.at = at;
        Some(self.line)
    }
}

fn line_ends(text: &str) -> usize {
    text.replace("\r\n", "\n").matches(['\n', '\r', '\u{85}', '\u{2028}', '\u{2029}']).count()
}

/// Returns the name of each group, given with the words of its owner; those with the same name also have their line.
pub(super) fn names(groups: &[(Called, &[String])], text: &str) -> Vec<String> {
    let own: Vec<_> = groups.iter().map(|(called, owner)| called.name(owner)).collect();
    let mut times = BTreeMap::<String, usize>::new();
    for own in own.iter().flatten() {
        *times.entry(own.to_lowercase()).or_default() += 1;
    }
    let is_only = |name: &str| times.get(&name.to_lowercase()) == Some(&1);
    let mut lines = Lines { text, at: 0, line: 1 };
    let (mut all, mut taken) = (Vec::new(), BTreeMap::<String, usize>::new());
    for ((called, _), own) in groups.iter().zip(&own) {
        let line = lines.of(&called.value).map(|line| format!("line {line}"));
        let name = match (own, line) {
            (Some(own), _) if is_only(own) => own.clone(),
            (Some(own), Some(line)) => format!("{own}, {line}"),
            (None, Some(line)) => line,
            (Some(own), None) => own.clone(),
            (None, None) => "REFRESH_TOKEN".into(),
        };
        let times = taken.entry(name.to_lowercase()).and_modify(|times| *times += 1).or_insert(1);
        all.push(if *times == 1 { name } else { format!("{name} ({times})") });
    }
    all
}

/// Returns words as a name has them.
fn joined(words: &[String]) -> Option<String> {
    let is_sign = |word: &&String| !word.contains(char::is_alphabetic);
    let words: Vec<_> = words.iter().skip_while(is_sign).map(String::as_str).collect();
    Some(words.join("_").to_uppercase()).filter(|name| is_readable(name))
}

/// Returns what counts in a name: `Alice Smith` is `ALICE_SMITH`.
fn letters(name: &str) -> String {
    name.to_uppercase().chars().filter(|letter| letter.is_alphanumeric()).collect()
}

/// Whether a name is short, and has nothing that belongs to a page or a terminal.
fn is_readable(name: &str) -> bool {
    const LONGEST: usize = 40;
    let is_of_name = |letter: char| letter.is_alphanumeric() || "_-.~$!()' ".contains(letter);
    (1..=LONGEST).contains(&name.chars().count()) && name.chars().all(is_of_name)
}
