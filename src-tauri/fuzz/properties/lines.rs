//! What is found in pasted text stands in it, and is what this program can use.

use secrecy::ExposeSecret;
use spartan_auth::{azure_app::AzureApp, error::Cause, import};

/// Removed before anything is read, because they're invisible.
const WITHOUT_WIDTH: [char; 4] = ['\u{feff}', '\u{200b}', '\u{2060}', '\u{ad}'];

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
    let text = text.replace(WITHOUT_WIDTH, "").replace('\\', "");
    assert!(text.to_ascii_lowercase().contains(&id), "{id} is not in the text");
    assert!(AzureApp::parse(&id, redirect).is_ok(), "{redirect} cannot be received");
    for secret in brought.app.secret.iter().chain(&brought.refresh) {
        let secret = secret.expose_secret();
        assert!(text.contains(&secret.replace('\\', "")), "a secret is not in the text");
        assert!(!secret.is_empty() && secret.bytes().all(|byte| byte.is_ascii_graphic()), "a secret has blanks in it");
    }
}
