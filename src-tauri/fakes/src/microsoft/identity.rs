//! Who signed in, told in the answer to a program that asked for it.

use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use jiff::Timestamp;
use serde_json::{Value, json};

use super::scope;
use crate::{Account, App, random};

/// The tenant that stands for all personal accounts.
pub(super) const TENANT: &str = "9188040d-6c67-4c5b-b112-36a304b66dad";

/// An ID token that was asked for.
#[derive(Clone, Debug)]
pub(crate) struct Identity {
    nonce: Option<String>,
}

impl Identity {
    /// What a request asks for: an ID token if `openid` is among its scopes.
    pub fn asked(scopes: &str, nonce: Option<&str>) -> Option<Self> {
        scope::has(scopes, "openid").then(|| Self { nonce: nonce.map(Into::into) })
    }

    /// The ID token; nobody plays the keys that would prove its signature.
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

/// The `client_info` by which Microsoft's own libraries name an account.
pub(super) fn client_info(account: &Account) -> String {
    packed(&json!({ "ver": "1.0", "uid": account.object_id(), "utid": TENANT }))
}

fn packed(value: &Value) -> String {
    URL_SAFE_NO_PAD.encode(value.to_string())
}
