//! The page that the user's browser shows at the end.

use base64::{Engine, prelude::BASE64_STANDARD};
use sha2::{Digest, Sha256};

use crate::plain;

/// What the page in the browser says, in the program's own words and language; plain text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Page {
    /// The language of the words, such as `en`.
    pub language: &'static str,
    /// The title of the tab.
    pub title: String,
    /// The heading.
    pub heading: String,
    /// The gamertag of the account, below the heading.
    pub name: Option<String>,
    /// What happened, and what to do.
    pub text: String,
}

impl Page {
    /// Returns the page as HTML. It loads nothing, stores nothing, and removes the code from the address bar.
    pub(super) fn html(&self) -> String {
        let [language, title, heading, text] = [self.language, &self.title, &self.heading, &self.text].map(escaped);
        let name = self.name.as_deref().map(|name| format!("<p><strong><bdi>{}</bdi></strong></p>", escaped(name)));
        format!(
            "<!doctype html><html lang=\"{language}\"><meta charset=\"utf-8\"><meta name=\"color-scheme\" \
             content=\"light dark\"><title>{title}</title><style>{STYLE}</style><script>{SCRIPT}</script>\
             <main><h1>{heading}</h1>{}<p>{text}</p></main></html>",
            name.unwrap_or_default()
        )
    }
}

/// Returns the Content-Security-Policy: only the page's own style and script, identified by their hashes.
pub(super) fn policy() -> String {
    let digest = |text: &str| BASE64_STANDARD.encode(Sha256::digest(text));
    format!(
        "default-src 'none'; style-src 'sha256-{}'; script-src 'sha256-{}'; base-uri 'none'; form-action 'none'; \
         frame-ancestors 'none'",
        digest(STYLE),
        digest(SCRIPT)
    )
}

const STYLE: &str = "body{font:17px/1.5 system-ui,sans-serif;margin:0;min-height:100vh;display:grid;place-items:center}\
                     main{max-width:26rem;padding:2rem;text-align:center}h1{font-weight:600;font-size:1.6rem}";

/// The address contains the code, which must not stay in the browser's history.
const SCRIPT: &str = "history.replaceState(null,'','/')";

fn escaped(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for letter in plain::line(text).chars() {
        match letter {
            '&' => safe.push_str("&amp;"),
            '<' => safe.push_str("&lt;"),
            '>' => safe.push_str("&gt;"),
            '"' => safe.push_str("&quot;"),
            '\'' => safe.push_str("&#39;"),
            letter => safe.push(letter),
        }
    }
    safe
}

#[cfg(test)]
mod tests {
    use super::*;

    fn page(name: Option<&str>) -> String {
        let [title, heading, text] = ["A title", "A heading", "You can close this tab."].map(str::to_owned);
        Page { language: "en", title, heading, name: name.map(str::to_owned), text }.html()
    }

    #[test]
    fn a_gamertag_is_text_whatever_is_in_it() {
        let page = page(Some("<script>x</script>\"'&\u{0}\u{202e}זוהר 🎮"));
        assert!(page.contains("<bdi>&lt;script&gt;x&lt;/script&gt;&quot;&#39;&amp;זוהר 🎮</bdi>"), "{page}");
    }

    #[test]
    fn the_page_runs_what_the_policy_knows_and_nothing_else() {
        assert!(policy().starts_with("default-src 'none'; style-src 'sha256-"));
        assert!(page(None).contains(SCRIPT) && page(None).contains(STYLE));
    }
}
