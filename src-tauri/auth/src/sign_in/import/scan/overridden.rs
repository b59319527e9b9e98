//! Names that a later line empties, removes or extends: their earlier values are none.

use std::collections::BTreeMap;

use super::{Scan, Scanner};
use crate::sign_in::import::{names, part::Part};

/// The names that are overridden, each with the number of parts that were found before.
pub(super) type Overridden = BTreeMap<Assigned, usize>;

/// A name, and how it's written if only an assignment that's written alike is overridden.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Assigned {
    name: String,
    alike: Option<(Vec<String>, String, bool)>,
}

/// Commands that remove a name.
const REMOVING: [&str; 7] = ["unset", "unsetenv", "del", "delete", "undef", "remove-item", "clear-variable"];

impl Scanner<'_, '_> {
    /// Marks a name as overridden if a command on its line removes it.
    pub(super) fn remove(&mut self, name: &str) {
        let line = self.cursor.line_before();
        let is_removed = || {
            let command = line.split([';', '&']).next_back()?.split_whitespace().next()?;
            REMOVING.iter().find(|removing| command.eq_ignore_ascii_case(removing))
        };
        if names::field(name).is_some() && is_removed().is_some() {
            self.extend(name);
        }
    }

    /// Marks a name as overridden whose value from now on depends on what it stood for.
    pub(super) fn extend(&mut self, name: &str) {
        let name = name.trim_end_matches(|letter: char| !letter.is_alphanumeric() && letter != '_').to_owned();
        self.scan.overridden.insert(Assigned { name, alike: None }, self.scan.parts.len());
    }

    /// Marks a name as overridden if it's assigned more than what it stood for: `x = x + "y"`, `X="$X$Y"`.
    pub(super) fn derive(&mut self, name: &str) {
        let own = name.rsplit(|letter: char| !letter.is_alphanumeric() && letter != '_').next().unwrap_or_default();
        let line = self.cursor.line_ahead();
        let expression = line.split(['#', ';']).next().unwrap_or_default();
        let is_of_name = |letter: char| letter.is_alphanumeric() || letter == '_';
        let is_in = !own.is_empty() && expression.split(|letter| !is_of_name(letter)).any(|word| word == own);
        let is_joined = expression.contains(" + ") || expression.matches('$').count() > 1;
        if is_in && is_joined && names::field(name).is_some() {
            self.extend(name);
        }
    }

    /// Marks a name as overridden if it's assigned nothing here, not even on an indented line below.
    pub(super) fn empty(&mut self, name: &str, start: usize, is_spaced: bool) {
        const NOTHING: [&str; 7] = ["", "\"\"", "''", "none", "null", "nil", "$null"];
        let rest = self.cursor.ahead();
        let (value, below) = rest.split_once('\n').unwrap_or((rest, ""));
        let value = value.split([';', '#']).next().unwrap_or_default().trim().to_ascii_lowercase();
        let is_block = value.is_empty() && below.starts_with([' ', '\t']);
        let is_assigned = self.cursor.before().trim_end_matches([' ', '\t']).ends_with('=');
        if !is_assigned || is_block || !NOTHING.contains(&&*value) || self.scopes.is_data() {
            return;
        }
        let Some((_, others)) = names::field(name) else { return };
        let alike = Some(([self.scopes.owner(), others].concat(), indent(&self.before(start)), is_spaced));
        self.scan.overridden.insert(Assigned { name: name.to_owned(), alike }, self.scan.parts.len());
    }
}

/// Whether a text ends with a call that removes the name that's its first argument.
pub(super) fn removes(before: &str) -> bool {
    ["pop(", "unsetenv(", "unset("].iter().any(|call| before.ends_with(call))
}

/// Whether an unquoted value ends with a variable that's set above it.
pub(super) fn ends_with_variable(value: &str, above: &str) -> bool {
    let Some((_, name)) = value.rsplit_once('$').filter(|(_, name)| !name.is_empty()) else { return false };
    let is_set =
        |line: &str| line.split_once('=').is_some_and(|(before, _)| before.split_whitespace().last() == Some(name));
    above.lines().any(is_set)
}

impl Scan {
    /// Drops the values that are overridden.
    pub(super) fn drop_overridden(&mut self) {
        let Scan { parts, overridden, .. } = self;
        let mut count = 0;
        parts.retain(|part| {
            count += 1;
            !assigned(part).iter().any(|assigned| overridden.get(assigned).is_some_and(|before| count <= *before))
        });
    }
}

fn assigned(part: &Part) -> [Assigned; 2] {
    let alike = Some((part.owner.clone(), indent(&part.spot.before), part.spot.is_spaced));
    [None, alike].map(|alike| Assigned { name: part.name.clone(), alike })
}

/// Returns what a line begins with; another statement on the same line begins like the first, and one that's exported like one
/// that isn't.
fn indent(before: &str) -> String {
    before.strip_prefix(';').map_or(before, str::trim_start).replace("export ", "")
}
