//! Finds names that have spaces in them.

use crate::sign_in::import::{cursor::Cursor, names, words};

/// Returns how much of a line belongs to the name that ends it: people also write `Discord client secret:` or
/// `Application (client) ID:`.
pub(super) fn at<'a>(cursor: Cursor<'a>, word: &'a str) -> &'a str {
    const LAST: [&str; 6] = ["id", "secret", "token", "uri", "url", "value"];
    let last = word.trim_end_matches('*').to_ascii_lowercase();
    if !LAST.contains(&last.as_str()) {
        return word;
    }
    let line = cursor.line_before();
    let words = line.rsplit([',', ';', '=', ':', '|', '&', '{', '"', '\'']).next().unwrap_or_default().trim_start();
    // `My client ID is … and my refresh token is …`
    let words = [" and ", ". "].iter().fold(words, |words, between| words.rsplit(between).next().unwrap_or_default());
    let words = ["your ", "the "].into_iter().fold(words, |words, start| without(words, start));
    match names::field(words) {
        // `and my refresh token is …`
        Some((_, others)) if !names::are_ours(&others) && words::are_plain(&others) => shortest(words),
        Some(_) => words,
        // `Secret value:`, as the Azure portal has it.
        None if names::words(words) == ["secret"] => words,
        None => word,
    }
}

/// Returns the last words of a text that are a name.
fn shortest(words: &str) -> &str {
    let starts = words.rmatch_indices(' ').filter_map(|(at, _)| words.get(at + 1..));
    starts.into_iter().find(|name| names::field(name).is_some()).unwrap_or(words)
}

fn without<'a>(words: &'a str, start: &str) -> &'a str {
    match words.split_at_checked(start.len()) {
        Some((first, rest)) if first.eq_ignore_ascii_case(start) => rest,
        _ => words,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_has_the_words_that_say_whose_it_is_and_no_others() {
        for (line, name) in [
            ("Discord client secret", "Discord client secret"),
            ("Application (client) ID", "Application (client) ID"),
            ("and this is my refresh token", "refresh token"),
            ("Your refresh token", "refresh token"),
            ("x, Client ID", "Client ID"),
            ("Client ID is x and my refresh token", "my refresh token"),
            ("my token", "token"),
            ("refresh word", "word"),
        ] {
            let mut cursor = Cursor::new(line);
            cursor.skip(line.len());
            assert_eq!(at(cursor, line.rsplit(' ').next().unwrap_or_default()), name, "{line}");
        }
    }
}
