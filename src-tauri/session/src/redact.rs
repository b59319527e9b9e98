//! Removes private data from logs and reports: tokens, codes, email addresses, XUIDs, the home folder, gamertags. Does
//! no I/O.

use std::{borrow::Cow, path::Path, sync::LazyLock};

use regex_lite::{Captures, Regex};

/// Private values on this computer that can't be recognized by their pattern.
#[derive(Clone, Debug, Default)]
pub struct Private {
    /// The home folder, as written in a path and, if different, in Rust's `Debug` format.
    homes: Vec<String>,
    /// Gamertags, and the user's own names for their accounts.
    names: Vec<String>,
}

/// The replacement for a secret.
const HIDDEN: &str = "[hidden]";

/// Patterns, from more to less specific, and their replacements.
static SHAPES: LazyLock<[(Regex, &str); 5]> = LazyLock::new(|| {
    [
        // In a URL, a form and JSON.
        (
            r#"(?i)\b((?:client_secret|code|user_code|device_code|code_verifier|state|(?:access|refresh|id)_token|token|password)"?\s*[=:]\s*"?)[^\s"'&,;}]{4,}"#,
            "${1}[hidden]",
        ),
        (r"\bv4=\S+", HIDDEN),
        (r"\beyJ[A-Za-z0-9_-]+(?:\.[A-Za-z0-9_-]*)+", HIDDEN),
        (r"[A-Za-z0-9._%+-]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)*", "[e-mail]"),
        // An XUID or, with more digits, Xbox's user hash.
        (r"\b\d{15,20}\b", "[number]"),
    ]
    .map(|(shape, instead)| (literal(shape), instead))
});

/// A sequence of characters that occur in tokens of all kinds.
static RUN: LazyLock<Regex> = LazyLock::new(|| literal(r"[A-Za-z0-9+/_.!*$~-]{32,}"));

static GUID: LazyLock<Regex> =
    LazyLock::new(|| literal(r"^[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}$"));

impl Private {
    /// Returns the private values: the home folder and the names of the user's accounts.
    #[must_use]
    pub fn new(home: Option<&Path>, names: impl IntoIterator<Item = String>) -> Private {
        let home = home.and_then(Path::to_str).map(|home| home.trim_end_matches(['/', '\\'])).unwrap_or_default();
        let homes = [home.replace('\\', r"\\"), home.to_owned()];
        let mut names: Vec<String> = names.into_iter().filter(|name| !name.trim().is_empty()).collect();
        // A name may be part of another one.
        names.sort_by_key(|name| std::cmp::Reverse(name.len()));
        Private { homes: homes.into_iter().filter(|home| !home.is_empty()).collect(), names }
    }

    /// Returns the text without private data.
    #[must_use]
    pub fn redact(&self, text: &str) -> String {
        let mut text = text.to_owned();
        for home in &self.homes {
            text = text.replace(home, "~");
        }
        for name in &self.names {
            text = without_word(&text, name, "[name]");
        }
        for (shape, instead) in SHAPES.iter() {
            text = shape.replace_all(&text, *instead).into_owned();
        }
        RUN.replace_all(&text, |run: &Captures<'_>| hidden_where_random(&run[0]).into_owned()).into_owned()
    }
}

/// Returns `text` with `word` replaced, but only as a whole word, because a name may be part of other words.
#[must_use]
pub fn without_word(text: &str, word: &str, instead: &str) -> String {
    let mut rest = text;
    let mut kept = String::new();
    while let Some(at) = rest.find(word) {
        let (before, found) = rest.split_at(at);
        let after = &found[word.len()..];
        let inside = before.ends_with(char::is_alphanumeric) || after.starts_with(char::is_alphanumeric);
        let inside = inside || (before.is_empty() && kept.ends_with(char::is_alphanumeric));
        kept.push_str(before);
        kept.push_str(if inside { word } else { instead });
        rest = after;
    }
    kept.push_str(rest);
    kept
}

/// Redacts a sequence if it looks random. Each part of a path is checked separately, because paths are long but not
/// secret.
fn hidden_where_random(run: &str) -> Cow<'_, str> {
    let is_path = run.starts_with('/') || run.starts_with("~/");
    if is_path && run.split('/').all(|part| !is_random(part)) || !is_random(run) && !is_path {
        return run.into();
    }
    HIDDEN.into()
}

/// Whether a sequence looks random. Words are in lowercase; a GUID identifies an app or a request and isn't secret.
fn is_random(run: &str) -> bool {
    let has = |is: fn(&char) -> bool| run.chars().any(|letter| is(&letter));
    let kinds = [char::is_ascii_lowercase, char::is_ascii_uppercase, char::is_ascii_digit];
    run.len() >= 32 && !GUID.is_match(run) && kinds.into_iter().filter(|is| has(*is)).count() >= 2
}

#[expect(clippy::expect_used, reason = "each is a literal in this file, and the tests use them all")]
fn literal(shape: &str) -> Regex {
    Regex::new(shape).expect("a literal expression")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn private() -> Private {
        let names = ["Curtis", "aCurtis X89", "Böse"].map(String::from);
        Private::new(Some(Path::new("/home/curtis")), names)
    }

    #[test]
    fn nothing_private_is_left() {
        let table = [
            ("token v4=eyJhbGciOi.J9-_x== came", "token [hidden] came"),
            ("Bearer eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiIxIn0.c2ln", "Bearer [hidden]"),
            ("refresh M.C507_BAY.0.U.-Cg!x4*Zq$aaBBccDDee11 sent", "refresh [hidden] sent"),
            ("key 0123456789abcdef0123456789abcdef", "key [hidden]"),
            ("curtis.x+halo@example.co.uk wrote", "[e-mail] wrote"),
            ("xuid 2533274790412952.", "xuid [number]."),
            ("uhs 12345678901234567890", "uhs [number]"),
            ("http://localhost/?code=M.C5_x&state=abcd1234#", "http://localhost/?code=[hidden]&state=[hidden]"),
            (
                r#"{"client_secret":"a~b.c","user_code":"ABCD1234"}"#,
                r#"{"client_secret":"[hidden]","user_code":"[hidden]"}"#,
            ),
            ("password: hush-hush", "password: [hidden]"),
            ("/home/curtis/.config/x", "~/.config/x"),
            ("aCurtis X89, Curtis and Böse", "[name], [name] and [name]"),
        ];
        for (text, expected) in table {
            assert_eq!(private().redact(text), expected);
        }
    }

    #[test]
    fn what_helps_somebody_to_help_stays() {
        let table = [
            "2026-11-22T06:05:59.123456Z  WARN spartan_tray::log: going on without a log error=permission denied",
            "step: XSTS Xbox Live\nXErr: 2148916238 (0x8015DC0E)\nstatus: 401\nMS-CV: f7gq2V0ZLUq6cHq2.0",
            "x-ms-request-id: 12345678-1234-4321-ABCD-123456789abc",
            "https://login.microsoftonline.com/consumers/oauth2/v2.0/token",
            "/usr/lib/x86_64-linux-gnu/webkit2gtk-4.1/WebKitNetworkProcess",
            "6.1.0-28-cloud-amd64, WebKitGTK 2.50.1",
            "at 1795298400000, Curtissa",
        ];
        for text in table {
            assert_eq!(private().redact(text), text);
        }
    }

    #[test]
    fn a_folder_of_windows_is_hidden_as_it_is_and_in_quotes() {
        let private = Private::new(Some(Path::new(r"C:\Users\Curtis\")), []);
        assert_eq!(private.redact(r"C:\Users\Curtis\AppData"), r"~\AppData");
        assert_eq!(private.redact(r#""C:\\Users\\Curtis\\AppData""#), r#""~\\AppData""#);
    }

    #[test]
    fn a_home_and_names_that_are_not_known_hide_nothing() {
        let private = Private::new(None, [String::new(), " ".into()]);
        assert_eq!(private.redact("a b /c"), "a b /c");
    }

    #[test]
    fn a_secret_in_a_path_is_a_secret() {
        let text = "/auth/0123456789abcdef0123456789abcdef/x";
        assert_eq!(Private::default().redact(text), HIDDEN);
    }
}
