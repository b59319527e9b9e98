//! The page that the user's browser shows at the end.

use super::Ending;
use crate::plain;

/// Returns the page. It loads nothing, stores nothing, and removes the code from the address bar.
pub(super) fn page(ending: &Ending) -> String {
    let (title, words) = match ending {
        Ending::SignedIn { gamertag: Some(gamertag) } => {
            let name = escaped(gamertag);
            ("Signed in", format!("You are signed in as <strong><bdi>{name}</bdi></strong>. You can close this tab."))
        }
        Ending::SignedIn { gamertag: None } => ("Signed in", "You are signed in. You can close this tab.".into()),
        Ending::Failed => ("Not signed in", "That did not work. Spartan Tray says why; you can close this tab.".into()),
        Ending::GoesOn => ("Signing in", "Spartan Tray goes on by itself; you can close this tab.".into()),
    };
    format!(
        "<!doctype html><html lang=\"en\"><meta charset=\"utf-8\"><meta name=\"color-scheme\" content=\"light dark\">\
         <title>{title} · Spartan Tray</title><style>{STYLE}</style><script>{SCRIPT}</script>\
         <main><h1>{title}</h1><p>{words}</p></main></html>"
    )
}

/// Returns the Content-Security-Policy: only the page's own style and script, identified by their hashes.
pub(super) fn policy() -> String {
    use base64::{Engine, prelude::BASE64_STANDARD};
    use sha2::{Digest, Sha256};

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

    #[test]
    fn a_gamertag_is_text_whatever_is_in_it() {
        let page =
            page(&Ending::SignedIn { gamertag: Some("<script>x</script>\"'&\u{0}\u{202e}זוהר 🎮".into()) });
        assert!(page.contains("<bdi>&lt;script&gt;x&lt;/script&gt;&quot;&#39;&amp;זוהר 🎮</bdi>"), "{page}");
    }

    #[test]
    fn the_page_runs_what_the_policy_knows_and_nothing_else() {
        assert!(policy().starts_with("default-src 'none'; style-src 'sha256-"));
        assert!(page(&Ending::Failed).contains(SCRIPT) && page(&Ending::Failed).contains(STYLE));
    }
}
