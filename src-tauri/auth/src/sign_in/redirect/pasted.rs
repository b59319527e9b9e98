//! The address of the browser's last page, as users paste it.

use url::Url;

use super::is_at;
use crate::model::azure_app::RedirectUri;

/// Characters that wrap an address in an email, a chat or a script.
const AROUND: [char; 17] = ['"', '\'', '`', '<', '>', '(', ')', ']', '{', '}', ',', ';', '“', '”', '‘', '’', '«'];
/// Spaces that a program encoded. A `+` isn't one: it may be part of the code.
const ENCODED: [&str; 8] = ["%20", "%09", "%0a", "%0d", "%c2%a0", "%c2%ad", "%e2%80%8b", "%ef%bb%bf"];

/// Returns the address in pasted text if it's at `redirect_uri`. Removes spaces and line breaks; returns `None` if that
/// doesn't restore the code.
///
/// ```
/// use spartan_auth::{azure_app::AzureApp, redirect};
///
/// # fn main() -> Result<(), spartan_auth::error::Error> {
/// let app = AzureApp::parse("12345678-1234-1234-1234-123456789abc", "http://localhost:8400")?;
/// let address = redirect::pasted("<https://127.0.0.1:8400/?code=M.C5\n35&state=s>", &app.redirect_uri);
/// assert_eq!(address.unwrap().as_str(), "https://127.0.0.1:8400/?code=M.C535&state=s");
/// # Ok(())
/// # }
/// ```
#[must_use]
pub fn pasted(text: &str, redirect_uri: &RedirectUri) -> Option<Url> {
    let redirect = redirect_uri.url();
    // There may be other text before the address.
    [link(text), text, from_scheme(text)].into_iter().find_map(|text| {
        let address = parsed(&joined(text), redirect)?;
        (is_at(&address, redirect) && has_whole_code(&address)).then_some(address)
    })
}

fn from_scheme(text: &str) -> &str {
    let before = text.split_once("://").map_or("", |(before, _)| before);
    let is_of_scheme = |letter: char| letter.is_ascii_alphanumeric() || "+-.".contains(letter);
    text.get(before.trim_end_matches(is_of_scheme).len()..).unwrap_or_default()
}

/// Returns the address of a link in Markdown, as chats and editors copy it: `[address](address)`.
fn link(text: &str) -> &str {
    let address = text.rsplit_once("](").map_or("", |(_, address)| address);
    // A title may follow, and so may other text.
    address.split([')', '"']).next().unwrap_or_default()
}

fn joined(text: &str) -> String {
    let text: String = text.chars().filter(|letter| !is_blank(*letter)).collect();
    let text = text.trim_matches(AROUND).replace("&amp;", "&");
    let mut joined = String::new();
    let mut rest = text.as_str();
    while let Some(letter) = rest.chars().next() {
        let encoded = ENCODED.into_iter().find(|blank| starts_with(rest, blank));
        if encoded.is_none() {
            joined.push(letter);
        }
        rest = rest.get(encoded.map_or(letter.len_utf8(), str::len)..).unwrap_or_default();
    }
    joined
}

fn starts_with(text: &str, start: &str) -> bool {
    text.get(..start.len()).is_some_and(|first| first.eq_ignore_ascii_case(start))
}

/// Some of these have no width, so they're easily copied by mistake.
fn is_blank(letter: char) -> bool {
    letter.is_whitespace()
        || letter.is_control()
        || matches!(letter, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}')
}

/// Parses an address; browsers may omit the scheme.
fn parsed(text: &str, redirect: &Url) -> Option<Url> {
    let place = text.split(['?', '#']).next().unwrap_or_default();
    let has_scheme = place.contains("://");
    let whole = if has_scheme { text.to_owned() } else { format!("{}://{text}", redirect.scheme()) };
    Url::parse(&whole).ok()
}

/// Whether it has one code, or Microsoft's refusal.
fn has_whole_code(address: &Url) -> bool {
    let has = |wanted: &str| address.query_pairs().any(|(name, _)| name == wanted);
    let codes: Vec<_> = address.query_pairs().filter(|(name, _)| name == "code").collect();
    // Characters from email quotes or shell line continuations don't occur in a code.
    let is_of_code = |byte: u8| byte.is_ascii_graphic() && !b"<>\"'\\^`{|}=%()[]".contains(&byte);
    // Two dots, or a percent sign that encodes nothing, stand for a part that was left out.
    let is_whole = |code: &str| {
        let is_hidden = code.to_ascii_lowercase().contains("redacted") || !code.contains(char::is_alphanumeric);
        code.bytes().all(is_of_code) && !code.contains("..") && !is_hidden
    };
    match codes.as_slice() {
        [] => has("error"),
        [(_, code)] => is_whole(code),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::azure_app::AzureApp;

    fn found(text: &str, redirect: &str) -> Option<String> {
        let app = AzureApp::parse("12345678-1234-1234-1234-123456789abc", redirect).unwrap();
        pasted(text, &app.redirect_uri).map(String::from)
    }

    #[test]
    fn blanks_and_what_stands_around_an_address_are_taken_out() {
        let texts = [
            "http://localhost:8400/cb?code=M.C5&state=s",
            "  http://localhost:8400/cb?code=M.C5&state=s\r\n",
            "http://localhost:8400/cb?code=M. C5&state=s",
            "http://localhost:8400/cb?code=M.\r\n  C5&sta\nte=s",
            "http://local\nhost:8400/cb?code=M.C5&state=s",
            "http://localhost:8400/cb?code=M.\u{200b}C\u{ad}5&st\u{a0}ate=s\u{feff}",
            "http://localhost:8400/cb?code=M.%20C%0D%0a5&state=%C2%A0s",
            "\"http://localhost:8400/cb?code=M.C5&state=s\"",
            "<http://localhost:8400/cb?code=M.C5&amp;state=s>,",
            "“http://localhost:8400/cb?code=M.C5&state=s”",
            "It ended at http://localhost:8400/cb?code=M.C5&state=s",
            "URL:http://localhost:8400/cb?code=M.C5&state=s",
            "localhost:8400/cb?code=M.C5&state=s",
            "LOCALHOST:8400/cb?code=M.C5 &state=s",
            "//localhost:8400/cb?code=M.C5&state=s",
            "[http://localhost:8400/cb?code=M.C5&state=s](http://localhost:8400/cb?code=M.C5&state=s)",
            "[localhost:8400/cb](<http://localhost:8400/cb?code=M.C5&amp;state=s>)",
            "[It ended here](localhost:8400/cb?code=M.\nC5&state=s \"Sign-in\"), it said.",
        ];
        for text in texts {
            let address = found(text, "http://localhost:8400/cb");
            assert_eq!(address.as_deref(), Some("http://localhost:8400/cb?code=M.C5&state=s"), "{text}");
        }
    }

    #[test]
    fn every_kind_of_redirect_may_be_pasted_without_its_scheme() {
        let cases = [
            ("https://localhost", "localhost/?code=c", "https://localhost/?code=c"),
            ("http://localhost:8400", "127.0.0.1:8400/?code=c", "http://127.0.0.1:8400/?code=c"),
            ("http://localhost:8400", "[::1]:8400?code=c", "http://[::1]:8400/?code=c"),
            (
                "https://login.live.com/oauth20_desktop.srf",
                "login.live.com/oauth20_desktop.srf?code=c",
                "https://login.live.com/oauth20_desktop.srf?code=c",
            ),
            (
                "https://localhost",
                "localhost/?error=access_denied&error_description=a+b",
                "https://localhost/?error=access_denied&error_description=a+b",
            ),
        ];
        for (redirect, text, address) in cases {
            assert_eq!(found(text, redirect).as_deref(), Some(address));
        }
    }

    #[test]
    fn a_code_that_cannot_be_made_whole_is_no_address() {
        for code in [
            "M.+C5",
            "M.%2B%C3%A9",
            "M.…C5",
            "M.%E2%80%A6",
            "M.%00C5",
            "M.%E3%80%80",
            "",
            "***",
            "[redacted]",
            "a&code=b",
        ] {
            assert_eq!(found(&format!("http://localhost/?code={code}&state=s"), "http://localhost"), None, "{code}");
        }
    }

    #[test]
    fn other_text_is_no_address() {
        for text in
            ["", " ", "code", "M.C535_BL2.2.U.x", "://", "https://", "https://login.live.com/", "localhost:81?code=c"]
        {
            assert_eq!(found(text, "https://localhost"), None, "{text}");
        }
    }
}
