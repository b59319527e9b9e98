//! What is found in pasted text stands in it, and is what this program can use.

use secrecy::ExposeSecret;
use spartan_auth::{azure_app::AzureApp, error::Cause, lines};

/// Holds for any text.
pub fn holds(text: &str) {
    let brought = match lines::read(text) {
        Ok(brought) => brought,
        Err(error) => {
            let told = [Cause::NothingFound, Cause::NoClientId, Cause::NotAGuid, Cause::RedirectNotAllowed];
            return assert!(told.contains(&error.cause), "{error:?}");
        }
    };
    let (id, redirect) = (brought.app.client_id.to_string(), brought.app.redirect_uri.as_str());
    assert!(text.to_ascii_lowercase().contains(&id), "{id} is not in the text");
    assert!(AzureApp::parse(&id, redirect).is_ok(), "{redirect} cannot be received");
    for secret in brought.app.secret.iter().chain(&brought.refresh) {
        let secret = secret.expose_secret();
        assert!(!secret.is_empty() && text.contains(secret), "a secret is not in the text");
        assert_eq!(secret.trim(), secret, "a secret has blanks around it");
    }
}
