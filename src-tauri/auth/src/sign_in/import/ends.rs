//! Where a value ends, and whether an expression goes on beside it.

use uuid::Uuid;

use super::{
    secret,
    shape::{self, Shape},
};

/// Returns the unquoted value at the start of a text: it ends at a space, or where the next name may begin.
pub(super) fn bare(text: &str) -> &str {
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

/// Returns a token or an ID without the period that ends its sentence.
pub(super) fn without_period(word: &str) -> &str {
    word.strip_suffix('.').filter(|word| !word.ends_with('.')).unwrap_or(word)
}

/// Whether a name follows others in a shell line, such as `docker run -e`: a command may follow its value.
pub(super) fn is_among_others(before: &str) -> bool {
    let mut words = before.split_whitespace().filter(|word| !["export", "set", "-"].contains(word));
    words.next().is_some_and(|word| !word.ends_with('=')) && words.next().is_some()
}

/// Whether a value may end before this: more words would make it a sentence.
pub(super) fn ends_value(rest: &str) -> bool {
    let rest = rest.trim_start();
    let word = rest.split_whitespace().next().unwrap_or_default();
    word.is_empty()
        || word.starts_with([',', ';', '&', ')', ']', '}', '\\', '|'])
        || word.starts_with("/>")
        || word.strip_prefix('-').is_some_and(|option| option.starts_with(|letter: char| letter.is_alphabetic() || letter == '-'))
        // A tag, and not a call's type: `get<string>("x")`.
        || word.starts_with('<') && !word.contains(">(")
        || word.contains(['=', ':'])
}

/// How the text around a value is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Form {
    /// A setting, or a sentence.
    Setting,
    /// Words of a command, which spaces separate.
    Command,
    /// A program, or data.
    Program,
}

/// Whether more of an expression follows a value, also on the next line: in a program, that's anything that doesn't end
/// the value. A `|` also ends a table's cell.
pub(super) fn goes_on(behind: &str, is_row: bool, form: Form) -> bool {
    let rest = continued(behind);
    if rest.is_empty() || rest.starts_with('\n') {
        return form != Form::Command && goes_on_below(rest.trim_start(), form);
    }
    let is_beside = rest.len() == behind.len();
    let (mark, operand) = rest.split_at(rest.find(|letter: char| !letter.is_ascii_punctuation()).unwrap_or(rest.len()));
    let is_last = operand.is_empty() || operand.starts_with(char::is_whitespace);
    let is_before_string =
        mark.len() > 1 && mark.ends_with(QUOTES) || operand.trim_start_matches(BLANKS).starts_with(QUOTES);
    let after = rest.get(1..).unwrap_or_default();
    match mark.chars().next() {
        None => {
            rest.starts_with('…') || is_beside && rest.starts_with(char::is_alphanumeric) || is_operator(rest, form)
        }
        Some(',' | ';' | ')' | ']' | '}' | '#') => false,
        Some('>') => form == Form::Program && !is_beside,
        Some('"' | '\'' | '`') if is_beside => {
            !after.is_empty() && !after.starts_with([' ', '\n', ',', ';', ')', ']', '}'])
        }
        Some('"' | '\'') => form != Form::Command,
        Some('|') => !is_row,
        Some('(') => is_beside,
        Some('.') => !is_beside || !is_last || mark.len() > 1 || is_before_string,
        Some(_) if is_before_string && mark != "&&" => true,
        // The end of a mark of Markdown's, of a sentence or of a tag; a remark.
        Some('*') if mark == "*" => !is_beside || !operand.is_empty() && !operand.starts_with('\n'),
        Some('*' | '_' | '~' | '`' | '!') if is_beside && is_last => false,
        Some('<') if mark == "<-" || ["</", "<"].contains(&mark) && !is_last => false,
        Some('-') if is_last => false,
        Some('/') if mark.starts_with("/>") => false,
        Some('+' | '*' | '?' | '%') => true,
        Some('$' | '[') if is_beside => true,
        Some(_) => form == Form::Program || ["==", "!="].iter().any(|operator| mark.starts_with(operator)),
    }
}

const BLANKS: [char; 2] = [' ', '\t'];
const QUOTES: [char; 2] = ['"', '\''];

/// Whether an expression goes on with the line below: an operator, or a string that's nothing else.
pub(super) fn goes_on_below(below: &str, form: Form) -> bool {
    /// Anything shorter may be a name.
    const SHORTEST: usize = 12;
    const OPERATORS: [&str; 10] = ["+", ".", "<>", "~ ", "~\"", "||", "&", "?", "% ", "or "];
    let line = below.split('\n').next().unwrap_or_default().trim_end();
    let Some(mark) = line.chars().next().filter(|mark| QUOTES.contains(mark)) else {
        return form == Form::Program && OPERATORS.iter().any(|operator| line.starts_with(operator));
    };
    let (text, after) = line.get(1..).and_then(|text| text.split_once(mark)).unwrap_or_default();
    let is_name = after.trim_start().starts_with([':', '=']);
    !is_name && text.len() >= SHORTEST && !text.contains([' ', '=', ':']) && shape::of(text) == Shape::Unknown
}

/// Whether a token is cut off: what follows is one long word that's nothing else.
pub(super) fn is_cut_off(behind: &str) -> bool {
    const SHORTEST: usize = 16;
    let rest = continued(behind);
    let rest = rest.strip_prefix('\n').unwrap_or(rest);
    let word = rest.split('\n').next().unwrap_or_default().trim();
    let is_of_token = |letter: char| letter.is_ascii_alphanumeric() || "._-~+!*$".contains(letter);
    word.len() >= SHORTEST
        && word.starts_with(|letter: char| letter.is_ascii_alphanumeric())
        && [char::is_numeric, char::is_alphabetic].iter().all(|is_one| word.contains(is_one))
        && word.trim_end_matches('=').chars().all(is_of_token)
        && shape::of(word) == Shape::Unknown
        && !secret::has_shape(word)
        && Uuid::parse_str(word).is_err()
}

/// Skips the spaces behind a value, and a mark that continues its line on the next one.
fn continued(behind: &str) -> &str {
    let rest = behind.trim_start_matches(BLANKS);
    let below = |mark: &str| rest.strip_prefix(mark)?.trim_start_matches(BLANKS).strip_prefix('\n');
    let below = ["\\", "`", "^", "_"].into_iter().find_map(below);
    below.map_or(rest, |below| below.trim_start_matches(BLANKS))
}

/// Whether a text begins with a word that's an operator.
fn is_operator(text: &str, form: Form) -> bool {
    const OF_PROGRAMS: [&str; 13] =
        ["and", "xor", "in", "is", "not", "when", "where", "for", "rescue", "orelse", "andalso", "otherwise", "mod"];
    let word = text.split_whitespace().next().unwrap_or_default();
    ["or", "if", "else", "unless"].contains(&word) || form == Form::Program && OF_PROGRAMS.contains(&word)
}

/// Whether a value follows an operator, as a default does.
pub(super) fn follows_operator(before: &str) -> bool {
    const OPERATORS: [&str; 18] =
        ["||", "&&", "?", ":-", "+", "==", "!=", "<=", ">=", "<>", " .", " ..", " &", " ~", " !", " %", " ^", " <"];
    let before = before.trim_end();
    let word = before.rsplit(|letter: char| !letter.is_alphanumeric()).next().unwrap_or_default();
    OPERATORS.iter().chain(&COMPOUND).any(|operator| before.ends_with(operator))
        || before.ends_with(':') && (before.contains(" ? ") || before.trim_start() == ":")
        || ["or", "and", "if", "else", "unless", "not"].contains(&word)
}

/// How assignments end that may keep what the name stood for: `+=`, `??=`.
const COMPOUND: [&str; 10] = ["+=", ".=", "-=", "/=", "%=", "|=", "&=", "^=", "?=", "<>="];

/// Whether a name is assigned a value that depends on what it stood for. The operator's first letter may be in its word.
pub(super) fn is_compound(name: &str, behind: &str) -> bool {
    let Some((operator, _)) = behind.split_once('=').filter(|(operator, _)| operator.len() < 4) else { return false };
    let operator = if operator.is_empty() { name } else { operator };
    COMPOUND.iter().any(|compound| operator.ends_with(compound.trim_end_matches('=')))
}

/// Returns the length of the type between a name and its value: `: str = `, `: &'static str = `.
pub(super) fn type_before_value(line: &str) -> usize {
    let Some((name, _)) = line.split_once(" = ").filter(|_| line.starts_with(' ')) else { return 0 };
    let is_of_type = |letter: char| letter.is_alphanumeric() || "_&'<>[].|? ".contains(letter);
    if name.chars().all(is_of_type) { name.len() + 3 } else { 0 }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_value_beside_an_operator_is_an_expression() {
        for rest in [" || x", " ?? x", "?y:z", " | tee", " or x", " if me else", "…", "...", " + tail"] {
            assert!(goes_on(rest, false, Form::Setting), "{rest}");
        }
        for rest in ["", " ", ";", ", x", "&& set B=c", " -e B=c", "\"", " B=c", " and x"] {
            assert!(!goes_on(rest, false, Form::Setting), "{rest}");
        }
        assert!(!goes_on(" | Refresh token |", true, Form::Setting));
        for before in ["A = x or ", "A = x || ", "A = x ?? ", "${A:-", "a == ", "x if y else "] {
            assert!(follows_operator(before), "{before}");
        }
        for before in ["", "A = ", "A=", "Here it is: ", "for "] {
            assert!(!follows_operator(before), "{before}");
        }
    }
}
