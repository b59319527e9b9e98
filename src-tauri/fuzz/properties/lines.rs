//! What is found in pasted text stands in it, and is what this program can use.

use secrecy::ExposeSecret;
use spartan_auth::{azure_app::AzureApp, error::Cause, import};

/// Holds for any text.
pub fn holds(text: &str) {
    let brought = match import::read(text) {
        Ok(brought) => brought,
        Err(error) => {
            let is_told = matches!(
                &error.cause,
                Cause::NothingFound
                    | Cause::NoClientId
                    | Cause::NotAGuid
                    | Cause::RedirectNotAllowed
                    | Cause::Pasted(_)
            );
            return assert!(is_told, "{error:?}");
        }
    };
    let (id, redirect) = (brought.app.client_id.to_string(), brought.app.redirect_uri.as_str());
    let text = plain(text);
    assert!(text.to_ascii_lowercase().contains(&plain(&id)), "{id} is not in the text");
    assert!(AzureApp::parse(&id, redirect).is_ok(), "{redirect} cannot be received");
    for secret in brought.app.secret.iter().chain(&brought.refresh) {
        let secret = secret.expose_secret();
        assert!(text.contains(&plain(secret)), "a secret is not in the text");
        assert!(!secret.is_empty() && secret.bytes().all(|byte| byte.is_ascii_graphic()), "a secret has blanks in it");
    }
}

/// Returns the letters and digits of a text: what's invisible or typographic is removed or replaced before anything is read.
fn plain(text: &str) -> String {
    text.chars().filter(char::is_ascii_alphanumeric).collect()
}
