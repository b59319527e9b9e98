//! Who signed in, as reported to a program that requests it.

use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use jiff::Timestamp;
use serde_json::{Value, json};

use super::scope;
use crate::{Account, App, random};

/// The tenant of all personal accounts.
pub(super) const TENANT: &str = "9188040d-6c67-4c5b-b112-36a304b66dad";

/// A requested ID token.
#[derive(Clone, Debug)]
pub(crate) struct Identity {
    nonce: Option<String>,
}

impl Identity {
    /// Returns the requested ID token if `openid` is among the scopes.
    pub fn asked(scopes: &str, nonce: Option<&str>) -> Option<Self> {
        scope::has(scopes, "openid").then(|| Self { nonce: nonce.map(Into::into) })
    }

    /// Returns the ID token; its signature is invalid, because no keys are mocked.
    pub fn token(&self, app: &App, account: &Account, now: Timestamp, expires: Timestamp) -> String {
        let header = json!({ "typ": "JWT", "alg": "RS256", "kid": random::run::<20>() });
        let mut claims = json!({
            "ver": "2.0",
            "iss": format!("https://login.microsoftonline.com/{TENANT}/v2.0"),
            "sub": account.subject(&app.client_id),
            "aud": app.client_id,
            "exp": expires.as_second(),
            "iat": now.as_second(),
            "nbf": now.as_second(),
            "name": account.email,
            "preferred_username": account.email,
            "oid": account.object_id(),
            "tid": TENANT,
        });
        if let Some(nonce) = &self.nonce {
            claims["nonce"] = Value::from(nonce.as_str());
        }
        format!("{}.{}.{}", packed(&header), packed(&claims), random::run::<256>())
    }
}

/// Returns the `client_info` by which Microsoft's own libraries identify an account.
pub(super) fn client_info(account: &Account) -> String {
    packed(&json!({ "ver": "1.0", "uid": account.object_id(), "utid": TENANT }))
}

fn packed(value: &Value) -> String {
    URL_SAFE_NO_PAD.encode(value.to_string())
}
