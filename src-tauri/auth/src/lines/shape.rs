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

/// Anything shorter needs a name to be recognized.
const SHORTEST: usize = 20;

/// Returns the kind of a value named as a refresh token.
pub(super) fn of(value: &str) -> Shape {
    let is_plain = value.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"._-~+/=!*$".contains(&byte));
    match () {
        () if value.starts_with("v4=") => Shape::Other(OtherToken::Spartan),
        () if value.starts_with("XBL3.0") => Shape::Other(OtherToken::Xbox),
        () if value.starts_with("EwA") || value.starts_with("EwB") => Shape::Other(OtherToken::Access),
        () if value.starts_with("eyJ") && value.split('.').count() > 2 => Shape::Other(OtherToken::Xbox),
        // No token has two dots in a row, but many examples do.
        () if is_plain && !value.contains("..") && has_beginning(value) => Shape::Refresh,
        () => Shape::Unknown,
    }
}

/// Whether a word is a refresh token, even without a name.
pub(super) fn is_refresh_alone(word: &str) -> bool {
    word.len() >= SHORTEST && of(word) == Shape::Refresh
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
    personal
        || value.starts_with("MC") && value.len() > 100
        || ["0.A", "1.A", "OAQAB", "AQAB"].iter().any(|start| value.starts_with(start)) && value.len() >= SHORTEST
}

/// Whether a text has the shape of a client secret that Microsoft has made since 2021, such as `abc8Q~…`.
pub(super) fn is_secret(text: &str) -> bool {
    let is_of_secret = |letter: char| letter.is_ascii_alphanumeric() || "._~-".contains(letter);
    text.get(4..6) == Some("Q~") && (34..=48).contains(&text.len()) && text.chars().all(is_of_secret)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn microsofts_tokens_are_told_from_others() {
        let long = format!("MCkc{}!*", "aB3".repeat(60));
        for token in
            ["M.C535_BL2.0.U.-Cn*!x$", "M.R3_BAY.-CRq!*$$", "0.AXoAqwertyuiopasdfghjklzxcvbnm", "M.C5*!$x=", &long]
        {
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
        let others = ["tw1tchrefreshtoken", "", "M.C5...", "M.C5… ", "MTA4.x", "1//0gFoo", "M.com", "AQAB"];
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
