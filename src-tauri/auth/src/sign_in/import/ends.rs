//! Where a value ends, and whether an expression goes on beside it.

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

/// Whether an operator follows a value, or it goes on behind an ellipsis. A `|` also ends a table's cell.
pub(super) fn goes_on(rest: &str, is_row: bool) -> bool {
    if rest.starts_with('…') || rest.starts_with("...") {
        return true;
    }
    let rest = rest.trim_start();
    let word = rest.split_whitespace().next().unwrap_or_default();
    ["||", "?", "+", "*", "%", "==", "!="].iter().any(|operator| rest.starts_with(operator))
        || rest.starts_with('|') && !is_row
        || ["or", "and", "if", "else", "unless"].contains(&word)
}

/// Whether a value follows an operator, as a default does.
pub(super) fn follows_operator(before: &str) -> bool {
    let before = before.trim_end();
    let word = before.rsplit(|letter: char| !letter.is_alphanumeric()).next().unwrap_or_default();
    ["||", "?", ":-", "==", "!=", "+"].iter().any(|operator| before.ends_with(operator))
        || ["or", "and", "if", "else", "unless", "not"].contains(&word)
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
            assert!(goes_on(rest, false), "{rest}");
        }
        for rest in ["", " ", ";", ", x", "&& set B=c", " -e B=c", "\"", " B=c"] {
            assert!(!goes_on(rest, false), "{rest}");
        }
        assert!(!goes_on(" | Refresh token |", true));
        for before in ["A = x or ", "A = x || ", "A = x ?? ", "${A:-", "a == ", "x if y else "] {
            assert!(follows_operator(before), "{before}");
        }
        for before in ["", "A = ", "A=", "Here it is: ", "for "] {
            assert!(!follows_operator(before), "{before}");
        }
    }
}
