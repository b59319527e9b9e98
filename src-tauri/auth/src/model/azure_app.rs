//! The Azure app that the user signs in through: client ID, redirect URI, secret, platform.

use secrecy::ExposeSecret;
use secrecy::SecretString;
use serde::{Deserialize, Serialize};
use url::Url;
use uuid::Uuid;

use crate::{
    error::{Cause, Error, Step},
    model::secret,
};

/// An app registered with Microsoft, by the user or by whoever built this program.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct AzureApp {
    /// *Application (client) ID*.
    pub client_id: Uuid,
    /// Where Microsoft sends the code; one that this program can receive.
    pub redirect_uri: RedirectUri,
    /// The client secret; only a confidential app (platform *Web*) has one.
    #[serde(with = "secret::optional", default)]
    pub secret: Option<SecretString>,
    /// The Microsoft host that handles the sign-in.
    pub platform: Platform,
    /// The scopes to request. If empty, requests what Xbox needs, in the platform's own spelling. Without the
    /// platform's `offline_access`, there's no refresh token.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub scopes: Vec<String>,
}

/// The Microsoft host that handles the sign-in.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
#[serde(rename_all = "snake_case")]
pub enum Platform {
    /// `login.microsoftonline.com/consumers`, v2: for the user's own app.
    #[default]
    Consumers,
    /// `login.live.com`: used by SPNKr and python-xbox.
    Live,
}

/// A redirect URI from the allowlist, which the sign-in window can recognize in an address.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "Saved", into = "String")]
pub struct RedirectUri {
    text: String,
    url: Url,
}

/// A redirect URI that was accepted before it was saved.
#[derive(Deserialize)]
struct Saved(String);

impl AzureApp {
    /// Parses what the user entered. Fails unless the client ID is a GUID and the redirect URI is on the allowlist.
    pub fn parse(client_id: &str, redirect_uri: &str) -> Result<AzureApp, Error> {
        AzureApp::parse_with(client_id, redirect_uri, None)
    }

    /// Does the same for a desktop program that receives links with a scheme of its own: `<link_scheme>://auth` is on the
    /// allowlist too.
    ///
    /// ```
    /// use spartan_auth::{azure_app::AzureApp, sign_in_method::{SignInMethod, methods}};
    ///
    /// # fn main() -> Result<(), spartan_auth::error::Error> {
    /// let app = AzureApp::parse_with("12345678-1234-1234-1234-123456789abc", "my-program://auth", Some("my-program"))?;
    /// assert!(methods(&app).contains(&SignInMethod::Browser));
    /// # Ok(())
    /// # }
    /// ```
    pub fn parse_with(client_id: &str, redirect_uri: &str, link_scheme: Option<&str>) -> Result<AzureApp, Error> {
        // Microsoft shows only the hyphenated form; `uuid` would accept others.
        let client_id = client_id.trim();
        let client_id = (client_id.len() == 36).then(|| Uuid::try_parse(client_id).ok()).flatten();
        let client_id = client_id.ok_or(Error::new(Step::App, Cause::NotAGuid))?;
        let redirect_uri = RedirectUri::parse(redirect_uri, client_id, link_scheme)?;
        Ok(AzureApp { client_id, redirect_uri, secret: None, platform: Platform::default(), scopes: Vec::new() })
    }
}

impl AzureApp {
    /// Whether both are identical, including their secrets.
    #[must_use]
    pub fn is_same(&self, other: &AzureApp) -> bool {
        let secret = |app: &AzureApp| app.secret.as_ref().map(|secret| secret.expose_secret().to_owned());
        self.client_id == other.client_id
            && self.redirect_uri == other.redirect_uri
            && self.platform == other.platform
            && self.scopes == other.scopes
            && secret(self) == secret(other)
    }
}

impl RedirectUri {
    /// Accepts `http://localhost[:port][/path]`, `https://localhost[:port][/path]`, Microsoft's pages for embedded
    /// windows, `msal<client id>://auth` and, if a desktop program receives links with a scheme of its own,
    /// `<link_scheme>://auth`. Fails for any other.
    pub fn parse(text: &str, client_id: Uuid, link_scheme: Option<&str>) -> Result<RedirectUri, Error> {
        let redirect = on_allowlist(text.trim().to_owned(), |scheme| Some(scheme) == link_scheme)?;
        match redirect.url.scheme().strip_prefix("msal") {
            Some(id) if Uuid::try_parse(id).ok() != Some(client_id) => Err(not_allowed()),
            _ => Ok(redirect),
        }
    }

    /// Returns the same URI with a port, if it refers to this computer: for an `http://localhost` registered without a
    /// port, Microsoft accepts any port.
    #[must_use]
    pub fn with_port(&self, port: u16) -> Option<RedirectUri> {
        let mut url = self.url.clone();
        let is_open = url.scheme() == "http" && url.host_str() == Some("localhost") && url.port().is_none();
        if !is_open || url.set_port(Some(port)).is_err() {
            return None;
        }
        // Without the slash that was added by the parser.
        let text = url.as_str();
        let text = if self.text.ends_with('/') { text } else { text.trim_end_matches('/') };
        Some(RedirectUri { text: text.to_owned(), url: url.clone() })
    }

    /// Whether the system passes it on to the program, as a link with a scheme of the program's own.
    #[must_use]
    pub fn is_link(&self) -> bool {
        let scheme = self.url.scheme();
        !matches!(scheme, "http" | "https") && !scheme.starts_with("msal")
    }

    /// The URI exactly as registered, because Microsoft compares text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// The parsed URI.
    #[must_use]
    pub fn url(&self) -> &Url {
        &self.url
    }
}

impl TryFrom<Saved> for RedirectUri {
    type Error = Error;

    fn try_from(Saved(text): Saved) -> Result<RedirectUri, Error> {
        on_allowlist(text, |_| true)
    }
}

impl From<RedirectUri> for String {
    fn from(redirect: RedirectUri) -> String {
        redirect.text
    }
}

/// Microsoft's own pages for embedded windows.
const PAGES: [&str; 3] = [
    "https://login.microsoftonline.com/common/oauth2/nativeclient",
    "https://login.live.com/oauth20_desktop.srf",
    "https://login.microsoftonline.com/consumers/oauth2/nativeclient",
];

fn on_allowlist(text: String, is_link_scheme: impl Fn(&str) -> bool) -> Result<RedirectUri, Error> {
    let url = Url::parse(&text).map_err(|_| not_allowed())?;
    let plain =
        url.username().is_empty() && url.password().is_none() && url.query().is_none() && url.fragment().is_none();
    let known = match url.scheme() {
        "http" | "https" if url.host_str() == Some("localhost") => true,
        "http" => false,
        "https" => PAGES.contains(&text.as_str()),
        scheme => (scheme.starts_with("msal") || is_link_scheme(scheme)) && url.host_str() == Some("auth"),
    };
    if plain && known { Ok(RedirectUri { text, url }) } else { Err(not_allowed()) }
}

const fn not_allowed() -> Error {
    Error::new(Step::App, Cause::RedirectNotAllowed)
}

#[cfg(test)]
mod tests {
    use super::*;

    const ID: &str = "12345678-1234-1234-1234-123456789abc";

    #[test]
    fn a_client_id_must_be_a_guid_as_microsoft_shows_it() {
        for good in [ID, " 12345678-1234-1234-1234-123456789ABC\n"] {
            assert!(AzureApp::parse(good, "http://localhost").is_ok(), "{good}");
        }
        let bad = ["", "SPNKr", "12345678123412341234123456789abc", "{12345678-1234-1234-1234-123456789abc}", "1234"];
        for bad in bad {
            let error = AzureApp::parse(bad, "http://localhost").unwrap_err();
            assert_eq!(error.cause, Cause::NotAGuid, "{bad}");
        }
    }

    #[test]
    fn only_redirects_that_can_be_received_are_taken() {
        let good = [
            "http://localhost",
            "http://localhost/",
            "http://localhost:8400/callback",
            "https://localhost",
            "https://localhost/auth",
            "https://login.microsoftonline.com/common/oauth2/nativeclient",
            "https://login.live.com/oauth20_desktop.srf",
            "msal12345678-1234-1234-1234-123456789abc://auth",
            "my-program://auth",
        ];
        for good in good {
            let app =
                AzureApp::parse_with(ID, good, Some("my-program")).unwrap_or_else(|error| panic!("{good}: {error}"));
            assert_eq!(app.redirect_uri.as_str(), good);
            let saved = serde_json::to_string(&app.redirect_uri).unwrap();
            assert_eq!(serde_json::from_str::<RedirectUri>(&saved).unwrap(), app.redirect_uri);
        }
        let bad = [
            "",
            "localhost",
            "http://127.0.0.1",
            "http://localhost.evil.example",
            "https://example.com/localhost",
            "http://user@localhost",
            "http://localhost?x=1",
            "http://localhost#x",
            "javascript:alert(1)",
            "msal00000000-0000-0000-0000-000000000000://auth",
            "my-program://open",
            "another-program://auth",
            "https://login.live.com/oauth20_desktop.srf?x",
        ];
        for bad in bad {
            let error = AzureApp::parse_with(ID, bad, Some("my-program")).unwrap_err();
            assert_eq!(error.cause, Cause::RedirectNotAllowed, "{bad}");
        }
        let error = AzureApp::parse(ID, "my-program://auth").unwrap_err();
        assert_eq!(error.cause, Cause::RedirectNotAllowed, "a program that receives no links");
    }

    #[test]
    fn only_a_plain_localhost_without_a_port_of_its_own_takes_one() {
        let with_port = |text: &str| {
            let app = AzureApp::parse_with(ID, text, Some("my-program")).unwrap();
            app.redirect_uri.with_port(52113).map(|redirect| redirect.as_str().to_owned())
        };
        assert_eq!(with_port("http://localhost").as_deref(), Some("http://localhost:52113"));
        assert_eq!(with_port("http://localhost/").as_deref(), Some("http://localhost:52113/"));
        assert_eq!(with_port("http://localhost/cb").as_deref(), Some("http://localhost:52113/cb"));
        for other in ["http://localhost:8400/cb", "https://localhost", "my-program://auth"] {
            assert_eq!(with_port(other), None, "{other}");
        }
    }

    #[test]
    fn a_secret_does_not_show_in_debug_output() {
        let mut app = AzureApp::parse(ID, "https://localhost").unwrap();
        app.secret = Some("hush".into());
        assert!(!format!("{app:?}").contains("hush"));
    }
}
