//! A raw response, for fields that this crate has no name for.

use secrecy::{ExposeSecret, SecretString};
use serde_json::Value;

/// The body of a token's response, kept in memory as long as the token. It's never stored, so a token read from a vault
/// or a file has none. Its `Debug` output is redacted, because the body contains the token.
#[derive(Clone, Debug, Default)]
pub struct Raw(Option<SecretString>);

impl Raw {
    pub(crate) fn of(body: &[u8]) -> Raw {
        Raw(std::str::from_utf8(body).ok().map(SecretString::from))
    }

    /// The body, exactly as received.
    #[must_use]
    pub const fn text(&self) -> Option<&SecretString> {
        self.0.as_ref()
    }

    /// Returns the body as JSON.
    #[must_use]
    pub fn json(&self) -> Option<Value> {
        serde_json::from_str(self.0.as_ref()?.expose_secret()).ok()
    }
}

impl PartialEq for Raw {
    fn eq(&self, other: &Raw) -> bool {
        self.0.as_ref().map(ExposeSecret::expose_secret) == other.0.as_ref().map(ExposeSecret::expose_secret)
    }
}

impl Eq for Raw {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_came_is_there_as_text_and_as_json_and_in_no_debug_output() {
        let raw = Raw::of(br#"{"Token": "hush", "New": 7}"#);
        assert_eq!(raw.text().unwrap().expose_secret(), r#"{"Token": "hush", "New": 7}"#);
        assert_eq!(raw.json().unwrap()["New"], 7);
        assert!(!format!("{raw:?}").contains("hush"));
    }

    #[test]
    fn a_token_from_a_file_has_none() {
        assert!(Raw::default().text().is_none() && Raw::default().json().is_none());
    }
}
