//! Writes as a program has it what chats, word processors and lists change in a text.

use icu_properties::{CodePointSetData, props::DefaultIgnorableCodePoint};

use super::names;

/// Anything shorter is a word.
const SHORTEST_VALUE: usize = 15;

/// Returns the text with plain quotation marks and spaces, without invisible characters and the numbers of a list, and with
/// each value beside its name.
pub(super) fn tidied(text: &str) -> String {
    let text: String = text.replace("\r\n", "\n").chars().filter_map(plain).collect();
    let text: String = text.split_inclusive('\n').map(unspoiled).collect();
    let text = beside(&text);
    let mut tidied = String::with_capacity(text.len());
    let (mut headings, mut above, mut start, mut mark) = (Vec::new(), Vec::<String>::new(), 0, '|');
    for line in text.split_inclusive('\n') {
        if let Some(sheet) = Sheet::of(line) {
            (headings, mark) = (sheet.headings, sheet.mark);
            continue;
        }
        let cells = cells(line, mark);
        if mark != '|' && cells.len() != headings.len() {
            (mark, headings) = ('|', Vec::new());
        }
        if is_rule(&cells) && above.iter().any(|name| names::field(name).is_some()) {
            tidied.truncate(start);
            headings = above.iter().map(|name| name.trim_matches(['`', '*']).to_owned()).collect();
            above.clear();
            continue;
        }
        if cells.is_empty() {
            headings.clear();
        }
        start = tidied.len();
        match () {
            () if headings.is_empty() => tidied.push_str(&without_number(line)),
            () => tidied.extend(headings.iter().zip(&cells).map(|(name, value)| format!("{name} | {value}\n"))),
        }
        above = cells;
    }
    tidied
}

/// Returns a line without the marks that hide a part of it on Discord: `||…||`.
fn unspoiled(line: &str) -> String {
    let parts: Vec<&str> = line.split("||").collect();
    let is_hidden = |(at, part): (usize, &&str)| match (at % 2, at) {
        (1, _) => !part.is_empty() && part.trim() == *part,
        (_, 0) => part.is_empty() || part.ends_with([' ', ':', '=']),
        (_, _) => part.is_empty() || part.starts_with([' ', '.', ',', ';', '\n']),
    };
    let are_spoilers = parts.len() == 3 && parts.iter().enumerate().all(is_hidden);
    if are_spoilers { parts.concat() } else { line.to_owned() }
}

/// Puts a value beside the name that's alone on the line above it, as on a page of the Azure portal.
fn beside(text: &str) -> String {
    let is_of_name = |letter: char| letter.is_alphabetic() || " _()*#:".contains(letter);
    let is_name = |line: &str| line.chars().all(is_of_name) && names::field(line.trim_matches(['#', ' '])).is_some();
    let is_value = |line: &str| {
        let value = line.trim_end_matches('=');
        value.len() > SHORTEST_VALUE
            && value.chars().all(|letter| letter.is_ascii_graphic() && !"=:\"'{}".contains(letter))
    };
    let mut beside = String::with_capacity(text.len());
    let mut lines = text.split_inclusive('\n').peekable();
    while let Some(line) = lines.next() {
        let name = line.trim();
        // The portal's page has the colon on its own line.
        while is_name(name) && lines.next_if(|below| below.trim() == ":").is_some() {}
        match lines.next_if(|below| is_name(name) && is_value(below.trim())) {
            Some(below) => beside.extend([name.trim_matches(['#', '*', ':', ' ']), ": ", below.trim_start()]),
            None => beside.push_str(line),
        }
    }
    beside
}

fn plain(letter: char) -> Option<char> {
    match letter {
        '“' | '”' | '„' | '‟' | '«' | '»' | '＂' => Some('"'),
        '‘' | '’' | '‚' | '‛' | '‹' | '›' | '＇' => Some('\''),
        '：' => Some(':'),
        '＝' => Some('='),
        '，' => Some(','),
        '\r' | '\u{85}' | '\u{2028}' | '\u{2029}' => Some('\n'),
        '\t' | '\n' => Some(letter),
        _ if letter.is_whitespace() => Some(' '),
        _ if CodePointSetData::new::<DefaultIgnorableCodePoint>().contains(letter) => None,
        _ => Some(letter),
    }
}

/// The first line of a spreadsheet: the names of parts.
struct Sheet {
    headings: Vec<String>,
    mark: char,
}

impl Sheet {
    fn of(line: &str) -> Option<Sheet> {
        let is_of_name = |letter: char| letter.is_alphabetic() || " _-".contains(letter);
        let is_name = |cell: &String| cell.chars().all(is_of_name) && names::field(cell).is_some();
        let sheet = |mark| Sheet { headings: cells(line, mark), mark };
        [',', ';', '\t']
            .into_iter()
            .map(sheet)
            .find(|sheet| sheet.headings.len() > 1 && sheet.headings.iter().all(is_name))
    }
}

/// Returns the cells of a table's row.
fn cells(line: &str, mark: char) -> Vec<String> {
    let row = if mark == '|' { line.trim().strip_prefix('|') } else { Some(line.trim()) };
    let Some(row) = row else { return Vec::new() };
    let row = row.strip_suffix(mark).unwrap_or(row);
    row.split(mark).map(|cell| cell.trim().trim_matches('"').to_owned()).collect()
}

/// Whether a row is the line below a table's headings.
fn is_rule(cells: &[String]) -> bool {
    !cells.is_empty()
        && cells.iter().all(|cell| cell.contains("--") && cell.chars().all(|letter| "-:".contains(letter)))
}

/// Returns a line without the number that it has in a list: `1.`, `(2)` or `c)`.
fn without_number(line: &str) -> String {
    let text = line.trim_start();
    let number = text.strip_prefix('(').unwrap_or(text);
    let digits = number.trim_start_matches(|letter: char| letter.is_ascii_digit());
    let letter = || number.strip_prefix(|letter: char| letter.is_ascii_lowercase()).unwrap_or(number);
    let rest = if digits.len() < number.len() { digits } else { letter() };
    let is_numbered = rest.len() < number.len() && rest.starts_with(['.', ')']);
    match rest.get(1..).filter(|rest| is_numbered && rest.starts_with([' ', '\t'])) {
        Some(rest) => format!(
            "{}{}",
            line.get(..line.len() - text.len()).unwrap_or_default(),
            rest.trim_start_matches([' ', '\t'])
        ),
        None => line.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quotation_marks_spaces_and_line_ends_are_plain() {
        for (text, expected) in [
            ("A=“b”", "A=\"b\""),
            ("A = „b“", "A = \"b\""),
            ("A : « b »", "A : \" b \""),
            ("A=‘b’ Bob’s", "A='b' Bob's"),
            ("A\u{a0}=\u{202f}b\u{200b}c\u{feff}", "A = bc"),
            ("A：b", "A:b"),
            ("a\r\nb\rc\u{2028}d", "a\nb\nc\nd"),
        ] {
            assert_eq!(tidied(text), expected);
        }
    }

    #[test]
    fn what_is_hidden_on_discord_is_text_and_an_operator_stays_one() {
        for (text, expected) in [("A=||b||\nC: ||d||.", "A=b\nC: d."), ("||A=b c||", "A=b c")] {
            assert_eq!(tidied(text), expected);
        }
        for text in ["a || b || c", "a||b||c", "a ||b", "||", "|| ||"] {
            assert_eq!(tidied(text), text);
        }
    }

    #[test]
    fn the_numbers_of_a_list_are_none_of_the_text() {
        for line in ["1. A: b", "12) A: b", "(3) A: b", "a) A: b"] {
            assert_eq!(tidied(line), "A: b", "{line}");
        }
        for line in ["0.AXo", "1.5 A", "M. x", "a.b", "A: 1. b", "- A: b", "() x"] {
            assert_eq!(tidied(line), line);
        }
    }

    #[test]
    fn a_value_stands_beside_the_name_above_it() {
        for name in ["Client ID", "**Client ID:**", "### Client ID"] {
            assert_eq!(
                tidied(&format!("{name}\n  12345678-1234-1234-1234-123456789abc\nx")),
                "Client ID: 12345678-1234-1234-1234-123456789abc\nx"
            );
        }
        for text in ["# Client ID\nCLIENT_ID=12345678-1234", "client_id:\n  x", "Client\n1234567890123456"] {
            assert_eq!(tidied(text), text);
        }
    }

    #[test]
    fn the_cells_of_a_table_stand_beside_their_headings() {
        let table = "| Client ID | Secret |\n|---|:--|\n| a | b |\n\n| c | d |\n";
        assert_eq!(tidied(table), "Client ID | a\nSecret | b\n\n| c | d |\n");
        let other = "| Name | Value |\n|---|---|\n| Client ID | a |\n";
        assert_eq!(tidied(other), other);
    }
}
