//! Recognizes tokens by their shape.

use crate::error::OtherToken;

/// The kind of a token.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Shape {
    /// A refresh token of Microsoft's.
    Refresh,
    /// Another token of the chain.
    Other(OtherToken),
    /// An unknown kind.
    Unknown,
}

/// Anything shorter is cut off or made up.
const SHORTEST: usize = 20;
/// Anything longer is rarely made up. Other services' tokens begin with `AQAB`, too, but Microsoft's are longer.
const LONGEST_MADE_UP: usize = 100;
/// Words that people put where a token belongs.
const MADE_UP: [&str; 10] =
    ["your", "example", "sample", "redacted", "removed", "hidden", "masked", "placeholder", "replace", "token"];

/// Returns the kind of a value named as a refresh token.
pub(super) fn of(value: &str) -> Shape {
    let is_plain = value.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"._-~+/=!*$".contains(&byte));
    match () {
        () if value.starts_with("v4=") => Shape::Other(OtherToken::Spartan),
        () if value.starts_with("XBL3.0") => Shape::Other(OtherToken::Xbox),
        () if value.starts_with("EwA") || value.starts_with("EwB") => Shape::Other(OtherToken::Access),
        () if value.starts_with("eyJ") && value.split('.').count() > 2 => Shape::Other(OtherToken::Xbox),
        // No token has two dots in a row, but many examples do.
        () if is_plain && !value.contains("..") && has_beginning(value) && !is_made_up(value) => Shape::Refresh,
        () => Shape::Unknown,
    }
}

/// Whether a word is a refresh token, even without a name.
pub(super) fn is_refresh_alone(word: &str) -> bool {
    of(word) == Shape::Refresh
}

/// Returns another token of the chain, anywhere in a text.
pub(super) fn other_in(text: &str) -> Option<OtherToken> {
    let words = || text.split(|letter: char| letter.is_whitespace() || "\"'`,:;".contains(letter));
    let is_other = |word: &str| match of(word) {
        Shape::Other(other) => Some(other),
        Shape::Refresh | Shape::Unknown => None,
    };
    let behind_name = |word: &'_ str| word.split_once('=').and_then(|(_, value)| is_other(value));
    words().find_map(|word| is_other(word).or_else(|| behind_name(word)))
}

/// Personal accounts have `M.C535_…`, `M.R3_…` and, formerly, `MC…`; the newer host has `0.A…`, `1.A…` and `OAQAB…`.
fn has_beginning(value: &str) -> bool {
    let personal = value.strip_prefix("M.").is_some_and(|rest| {
        let mut bytes = rest.bytes();
        bytes.next().is_some_and(|byte| byte.is_ascii_uppercase())
            && bytes.next().is_some_and(|byte| byte.is_ascii_digit())
    });
    let begins_with = |starts: &[&str]| starts.iter().any(|start| value.starts_with(start));
    value.len() >= SHORTEST && (personal || begins_with(&["0.A", "1.A"]))
        || value.len() >= LONGEST_MADE_UP && begins_with(&["MC", "OAQAB", "AQAB"])
}

/// Whether somebody has made a token up, or hidden a part of it. The newer host's have many `A`s in a row.
fn is_made_up(value: &str) -> bool {
    let lower = value.to_ascii_lowercase();
    if value.len() < LONGEST_MADE_UP {
        return is_masked(value, 4) || MADE_UP.iter().any(|word| lower.contains(word));
    }
    is_masked(&value.replace('A', ""), 8)
}

/// Whether the same character comes this often in a row.
pub(super) fn is_masked(text: &str, run: usize) -> bool {
    text.as_bytes().windows(run).any(|window| window.iter().all(|byte| Some(byte) == window.first()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn microsofts_tokens_are_told_from_others() {
        let long = format!("MCkc{}!*", "aB3".repeat(60));
        for token in ["M.C535_BL2.0.U.-Cn*!x$", "M.R3_BAY.-CRq!*$$x0Z", "0.AXoAqwertyuiopasdfghjklzxcvbnm", &long] {
            assert_eq!(of(token), Shape::Refresh, "{token}");
        }
        for (token, other) in [
            ("v4=eyJhbGciOi", OtherToken::Spartan),
            ("XBL3.0", OtherToken::Xbox),
            ("EwAIA+pvBAAU=", OtherToken::Access),
            ("eyJh.eyJi.c", OtherToken::Xbox),
        ] {
            assert_eq!(of(token), Shape::Other(other), "{token}");
        }
        let others = [
            "tw1tchrefreshtoken",
            "",
            "M.C5...",
            "M.C5… ",
            "M.C5-r",
            "MTA4.x",
            "1//0gFoo",
            "M.com",
            "AQABk3jZ9mQv0xWc7Yh2LbNpTfRsGdEuKaOiXyVz1234567890",
            "M.R3_BAY.-Cabcdefghxxxxxxxx",
            "M.C535_BL2.0.U.-Cabc****",
            "M.C123_EXAMPLE_OF_THE_VALUE",
            "M.C535_BL2.0.U.your-own",
            "M.R3_BAY.-CREDACTEDredacted",
        ];
        for other in others {
            assert_eq!(of(other), Shape::Unknown, "{other}");
        }
    }

    #[test]
    fn another_token_is_seen_behind_a_name_and_alone() {
        for text in ["v4=eyJ", "SPARTAN_TOKEN=v4=eyJ", "x-343-authorization-spartan: v4=eyJ", "\"v4=eyJ\""] {
            assert_eq!(other_in(text), Some(OtherToken::Spartan), "{text}");
        }
        assert_eq!(other_in("hello A=b"), None);
    }
}
