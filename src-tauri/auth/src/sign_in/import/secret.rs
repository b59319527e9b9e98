//! Distinguishes client secrets from placeholders and references to them.

use super::shape::{self, Shape, is_masked};

/// Microsoft's have 30 to 44 characters.
const SHORTEST: usize = 16;
/// Longer words are rarely made up.
const LONGEST_MADE_UP: usize = 32;
/// Words that people put where a secret belongs.
const MADE_UP: [&str; 22] = [
    "your",
    "secret",
    "example",
    "sample",
    "placeholder",
    "change",
    "replace",
    "insert",
    "redacted",
    "removed",
    "hidden",
    "password",
    "goes-here",
    "goes_here",
    "xxx",
    "todo",
    "paste",
    "copy",
    "get-it",
    "from-",
    "keyvault",
    "not-needed",
];

/// Whether a value may be a client secret.
pub(super) fn is_secret(value: &str) -> bool {
    let is_made_up = || {
        let lower = value.to_ascii_lowercase();
        MADE_UP.iter().any(|word| lower.contains(word))
            || value.len() < LONGEST_MADE_UP && !value.bytes().any(|byte| byte.is_ascii_digit())
    };
    let may_be_one = value.len() >= SHORTEST && !is_masked(value, 4) && !is_counted(value) && !is_reference(value);
    may_be_one && !is_something_else(value) && (has_shape(value) || !is_made_up())
}

/// Whether a text has the shape of a client secret that Microsoft has made since 2021, such as `abc8Q~…`.
pub(super) fn has_shape(text: &str) -> bool {
    let is_of_secret = |letter: char| letter.is_ascii_alphanumeric() || "._~-".contains(letter);
    text.get(4..6) == Some("Q~") && (34..=48).contains(&text.len()) && text.chars().all(is_of_secret)
}

/// Whether characters that follow each other in the alphabet stand next to each other, as in an invented value.
fn is_counted(text: &str) -> bool {
    const RUN: usize = 12;
    let follows = |pair: &[u8]| matches!(pair, [b'9', b'0']) || matches!(pair, [a, b] if a.checked_add(1) == Some(*b));
    text.to_ascii_lowercase().as_bytes().windows(RUN).any(|run| run.windows(2).all(follows))
}

/// Whether it's an ID or a refresh token, which people put in the wrong place, or another service's secret.
fn is_something_else(value: &str) -> bool {
    const OTHERS: [&str; 10] = ["GOCSPX-", "AIza", "ya29.", "ghp_", "gho_", "github_", "glpat-", "xox", "sk-", "sk_"];
    uuid::Uuid::parse_str(value).is_ok()
        || shape::of(value) == Shape::Refresh
        || OTHERS.iter().any(|start| value.starts_with(start))
}

/// Whether a value says where a secret is: a path, an address, a variable, a key of a vault's.
fn is_reference(value: &str) -> bool {
    let is_named = |letter: char| letter.is_ascii_alphanumeric() || letter == '-';
    let scheme = value.split_once(':').map(|(scheme, _)| scheme);
    value.starts_with(['/', '@', ':', '*', '$', '!', '%', '#', '|', '^'])
        || ["./", "../", "~/", "--"].iter().any(|start| value.starts_with(start))
        || scheme.is_some_and(|scheme| scheme.len() > 1 && scheme.chars().all(is_named))
        || value.contains("://")
        || ["vault/", "pass/", "secrets/", "kv/", ">"].iter().any(|start| value.starts_with(start))
        || value.contains(['|', '>'])
        // `projects/p/secrets/x`; Base64, which has slashes too, ends with `=`.
        || value.matches('/').count() > 1 && !value.ends_with('=')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_secret_is_long_and_nobody_made_it_up() {
        for value in [
            "stA8Q~standIn.Secret-Value_0123456789abcd",
            "hush-hush-hush-01",
            "aB3/dE5+gH7jK9lM1nO3pQ5rS7tU9vW1xY3zA5bC7d=",
        ] {
            assert!(is_secret(value), "{value}");
        }
        for value in [
            "hush-hush-01",
            "this-is-a-hushed-one",
            "YourAzureClientSecret1",
            "client_secret_here_1",
            "REPLACE_ME_WITH_IT_1",
            "abcdefgh1234****",
            "00000000-0000-0000-0000-000000000000",
            "xyz8Q~****************************",
            "projects/p/secrets/hush1/versions/1",
            "%%HUSH_HUSH_HUSH_1%%",
            "base64:aHVzaGh1c2g=",
            "GOCSPX-hush0hush0hush0hush0hush01",
            "ghp_hush0123hush4567hush8901hush2345abcd",
        ] {
            assert!(!is_secret(value), "{value}");
        }
    }
}
