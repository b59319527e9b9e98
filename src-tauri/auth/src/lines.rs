//! What people bring along: SPNKr's `.env` lines or its `AzureApp(…)` line, with or without a refresh token; python-xbox's
//! `tokens.json`, which has a refresh token but no app.

use secrecy::SecretString;
use serde_json::{Map, Value};

use crate::{
    azure_app::{AzureApp, Platform},
    error::{Cause, Error, Step},
};

/// What was found in pasted text.
#[derive(Clone, Debug)]
pub struct Brought {
    /// The app; SPNKr and python-xbox sign in at live.com, so their refresh tokens and secrets are that platform's.
    pub app: AzureApp,
    /// The refresh token, where there was one.
    pub refresh: Option<SecretString>,
}

/// SPNKr's own default.
const REDIRECT: &str = "https://localhost";
/// python-xbox's own default.
const REDIRECT_BESIDE_JSON: &str = "http://localhost:8080/auth/callback";
const QUOTES: [char; 2] = ['"', '\''];

/// Finds a client id, and whatever else belongs to it, in pasted text. Names may have any prefix (`SPNKR_CLIENT_ID`,
/// `AZURE_CLIENT_ID`, `client_id`); comments, `export`, quotes and blanks do not matter. Lines may stand before and behind
/// the text of a `tokens.json`.
///
/// ```
/// # fn main() -> Result<(), spartan_auth::error::Error> {
/// let brought = spartan_auth::lines::read("AzureApp(\"12345678-1234-1234-1234-123456789abc\", \"hush\")")?;
/// assert_eq!(brought.app.redirect_uri.as_str(), "https://localhost");
/// # Ok(())
/// # }
/// ```
pub fn read(text: &str) -> Result<Brought, Error> {
    Found::in_text(text).with(None)
}

/// The same where an app is known already: a refresh token without a client id is taken for that app's.
pub fn read_beside(text: &str, known: &AzureApp) -> Result<Brought, Error> {
    Found::in_text(text).with(Some(known))
}

/// A refresh token that stands alone, as the line in which it can be read: one word that is too long for anything else.
#[must_use]
pub fn bare(text: &str) -> Option<SecretString> {
    const SHORTEST: usize = 20;
    let word = text.trim();
    let is_one = word.len() >= SHORTEST && word.bytes().all(|byte| byte.is_ascii_graphic());
    (is_one && !word.contains(['"', '\'', '{', '(', '='])).then(|| format!("REFRESH_TOKEN={word}").into())
}

#[derive(Default)]
struct Found {
    client_id: Option<String>,
    client_secret: Option<String>,
    redirect_uri: Option<String>,
    refresh_token: Option<String>,
    is_json: bool,
}

impl Found {
    fn in_text(text: &str) -> Found {
        let json = in_json(text);
        let found = Found::in_lines(text).overlaid(Found::in_call(text).unwrap_or_default());
        json.map_or_else(Found::default, |fields| Found::in_fields(text, &fields)).overlaid(found)
    }

    fn with(self, known: Option<&AzureApp>) -> Result<Brought, Error> {
        let usual = if self.is_json { REDIRECT_BESIDE_JSON } else { REDIRECT };
        let app = match (&self.client_id, known) {
            (Some(id), _) => AzureApp::parse(id, self.redirect_uri.as_deref().unwrap_or(usual))?,
            (None, Some(known)) if self.refresh_token.is_some() => known.clone(),
            (None, _) if self.refresh_token.is_some() => return Err(Error::new(Step::App, Cause::NoClientId)),
            (None, _) => return Err(Error::new(Step::App, Cause::NothingFound)),
        };
        let secret = self.client_secret.map(SecretString::from).or(app.secret);
        let refresh = self.refresh_token.map(SecretString::from);
        // SPNKr's and python-xbox's own way; an app without either is none of theirs.
        let platform = if secret.is_some() || refresh.is_some() { Platform::Live } else { app.platform };
        Ok(Brought { app: AzureApp { secret, platform, ..app }, refresh })
    }

    fn in_fields(text: &str, fields: &Map<String, Value>) -> Found {
        let mut found = Found { is_json: true, ..Found::default() };
        for (name, value) in fields {
            // Nothing that belongs here has to be escaped: what does not stand in the text as it is, is something else.
            if let Some(value) = value.as_str().filter(|value| text.contains(*value)) {
                found.take(name, value);
            }
        }
        found
    }

    fn in_lines(text: &str) -> Found {
        let mut found = Found::default();
        for line in text.lines() {
            let line = line.trim().trim_start_matches("export ").trim_start_matches("$env:");
            let Some((name, value)) = line.split_once('=') else { continue };
            found.take(name, value);
        }
        found
    }

    /// `AzureApp("id", "secret", "https://localhost")`, by position or by name; what is not quoted is the name of a
    /// variable, whose line says more.
    fn in_call(text: &str) -> Option<Found> {
        let inner = text.split_once("AzureApp(")?.1.split_once(')')?.0;
        let mut found = Found::default();
        for (place, argument) in inner.split(',').map(str::trim).filter(|argument| !argument.is_empty()).enumerate() {
            let name = ["client_id", "client_secret", "redirect_uri"].get(place).copied().unwrap_or_default();
            let (name, value) =
                argument.split_once('=').filter(|(name, _)| !name.contains(QUOTES)).unwrap_or((name, argument));
            if value.trim().starts_with(QUOTES) {
                found.take(name, value);
            }
        }
        Some(found)
    }

    fn overlaid(self, over: Found) -> Found {
        Found {
            client_id: over.client_id.or(self.client_id),
            client_secret: over.client_secret.or(self.client_secret),
            redirect_uri: over.redirect_uri.or(self.redirect_uri),
            refresh_token: over.refresh_token.or(self.refresh_token),
            is_json: over.is_json || self.is_json,
        }
    }

    fn take(&mut self, name: &str, value: &str) {
        let name = name.trim().to_ascii_lowercase();
        let Some(value) = unquoted(value) else { return };
        let places = [
            ("client_id", &mut self.client_id),
            ("client_secret", &mut self.client_secret),
            ("redirect_uri", &mut self.redirect_uri),
            ("refresh_token", &mut self.refresh_token),
        ];
        if let Some((_, place)) = places.into_iter().find(|(ending, _)| name.ends_with(ending)) {
            *place = Some(value);
        }
    }
}

/// The first object in a text that has anything else around it.
fn in_json(text: &str) -> Option<Map<String, Value>> {
    let objects = text.match_indices('{').filter_map(|(at, _)| text.get(at..));
    let mut read = objects.filter_map(|rest| serde_json::Deserializer::from_str(rest).into_iter().next()?.ok());
    read.find(|fields: &Map<String, Value>| fields.contains_key("refresh_token"))
}

fn unquoted(value: &str) -> Option<String> {
    let value = value.trim().trim_end_matches([',', ';']).trim();
    let quoted = QUOTES.into_iter().find_map(|mark| Some(value.strip_prefix(mark)?.split_once(mark)?.0));
    let value = quoted.unwrap_or_else(|| value.split(" #").next().unwrap_or_default().trim());
    (!value.is_empty()).then(|| value.to_owned())
}

#[cfg(test)]
mod tests {
    use secrecy::ExposeSecret;

    use super::*;

    const ID: &str = "12345678-1234-1234-1234-123456789abc";

    #[test]
    fn spnkrs_lines_are_read_whatever_their_prefix_and_quotes() {
        let texts = [
            format!(
                "SPNKR_CLIENT_ID={ID}\nSPNKR_CLIENT_SECRET=s~1=\nSPNKR_REDIRECT_URI=https://localhost\nSPNKR_REFRESH_TOKEN=M.C5*!$x="
            ),
            format!(
                "# mine\r\nexport CLIENT_ID=\"{ID}\"\r\nexport CLIENT_SECRET='s~1='  \r\n REFRESH_TOKEN = M.C5*!$x= # old\r\n"
            ),
            format!(
                "$env:AZURE_CLIENT_ID = \"{ID}\";\n$env:AZURE_CLIENT_SECRET = 's~1=';\nclient_refresh_token=\"M.C5*!$x=\""
            ),
        ];
        for text in texts {
            let brought = read(&text).unwrap_or_else(|error| panic!("{text}: {error}"));
            assert_eq!(brought.app.client_id.to_string(), ID);
            assert_eq!(brought.app.redirect_uri.as_str(), "https://localhost");
            assert_eq!(brought.app.secret.as_ref().map(ExposeSecret::expose_secret), Some("s~1="), "{text}");
            assert_eq!(brought.refresh.as_ref().map(ExposeSecret::expose_secret), Some("M.C5*!$x="), "{text}");
            assert_eq!(brought.app.platform, Platform::Live);
        }
    }

    #[test]
    fn an_azure_app_line_is_read_by_position_and_by_name() {
        let lines = [
            format!("app = AzureApp(\"{ID}\", \"hush\", \"http://localhost\")"),
            format!("AzureApp('{ID}', 'hush', redirect_uri='http://localhost')"),
            format!(
                "AzureApp(\n  client_id=\"{ID}\",\n  client_secret=\"hush\",\n  redirect_uri=\"http://localhost\",\n)"
            ),
        ];
        for line in lines {
            let brought = read(&line).unwrap_or_else(|error| panic!("{line}: {error}"));
            assert_eq!(brought.app.redirect_uri.as_str(), "http://localhost", "{line}");
            assert_eq!(brought.app.secret.as_ref().map(ExposeSecret::expose_secret), Some("hush"), "{line}");
            assert!(brought.refresh.is_none());
        }
    }

    #[test]
    fn variables_above_an_azure_app_line_are_looked_up() {
        let text = format!(
            "CLIENT_ID = \"{ID}\"\nCLIENT_SECRET = 'hush'\nREDIRECT_URI = 'http://localhost'\n\napp = AzureApp(CLIENT_ID, CLIENT_SECRET, REDIRECT_URI)\n"
        );
        let brought = read(&text).unwrap();
        assert_eq!(brought.app.client_id.to_string(), ID);
        assert_eq!(brought.app.redirect_uri.as_str(), "http://localhost");
        assert_eq!(brought.app.secret.as_ref().map(ExposeSecret::expose_secret), Some("hush"));
    }

    #[test]
    fn an_app_without_secret_and_refresh_token_is_for_the_default_platform() {
        assert_eq!(read(&format!("CLIENT_ID={ID}")).unwrap().app.platform, Platform::Consumers);
    }

    #[test]
    fn a_refresh_token_beside_an_azure_app_line_is_found() {
        let brought = read(&format!("AzureApp(\"{ID}\", \"hush\")\nREFRESH_TOKEN=r")).unwrap();
        assert_eq!(brought.refresh.as_ref().map(ExposeSecret::expose_secret), Some("r"));
    }

    #[test]
    fn text_without_a_client_id_and_one_that_is_no_guid_are_told_apart() {
        assert_eq!(read("hello").unwrap_err().cause, Cause::NothingFound);
        assert_eq!(read("CLIENT_ID=\nREFRESH_TOKEN=r").unwrap_err().cause, Cause::NoClientId);
        assert_eq!(read("CLIENT_ID=SPNKr").unwrap_err().cause, Cause::NotAGuid);
        let foreign = format!("CLIENT_ID={ID}\nREDIRECT_URI=https://example.com");
        assert_eq!(read(&foreign).unwrap_err().cause, Cause::RedirectNotAllowed);
    }

    /// As python-xbox writes it: on one line.
    const TOKENS: &str = r#"{"token_type":"bearer","expires_in":3600,"scope":"XboxLive.signin XboxLive.offline_access","access_token":"EwAIA+pvBAAU=","refresh_token":"M.C535_BL2.0.U.-Cn*!x$","user_id":"AAAAAAAAAAAAAAAAAAAAAG3LH","issued":"2026-11-21T18:00:00.123456Z"}"#;

    fn refresh(brought: &Brought) -> Option<&str> {
        brought.refresh.as_ref().map(ExposeSecret::expose_secret)
    }

    #[test]
    fn python_xboxs_tokens_are_read_with_lines_around_them() {
        let spread = TOKENS.replace(",\"", ",\n  \"").replace("\":", "\": ");
        for text in [
            format!("CLIENT_ID={ID}\n{TOKENS}"),
            format!("{spread}\n\nCLIENT_ID = '{ID}'\n"),
            format!("tokens.json:\n{TOKENS} # mine\nexport CLIENT_ID={ID}"),
        ] {
            let brought = read(&text).unwrap_or_else(|error| panic!("{text}: {error}"));
            assert_eq!(brought.app.client_id.to_string(), ID);
            assert_eq!(brought.app.redirect_uri.as_str(), "http://localhost:8080/auth/callback");
            assert!(brought.app.secret.is_none());
            assert_eq!(brought.app.platform, Platform::Live);
            assert_eq!(refresh(&brought), Some("M.C535_BL2.0.U.-Cn*!x$"), "{text}");
        }
    }

    #[test]
    fn a_secret_and_a_redirect_uri_beside_the_tokens_are_the_apps() {
        let brought =
            read(&format!("{TOKENS}\nCLIENT_ID={ID}\nCLIENT_SECRET=hush\nREDIRECT_URI=http://localhost")).unwrap();
        assert_eq!(brought.app.secret.as_ref().map(ExposeSecret::expose_secret), Some("hush"));
        assert_eq!(brought.app.redirect_uri.as_str(), "http://localhost");
    }

    #[test]
    fn tokens_without_an_app_say_so_and_are_taken_for_one_that_is_known() {
        assert_eq!(read(TOKENS).unwrap_err().cause, Cause::NoClientId);
        let known = AzureApp::parse(ID, "http://localhost").unwrap();
        let brought = read_beside(TOKENS, &known).unwrap();
        assert_eq!((brought.app.client_id, brought.app.platform), (known.client_id, Platform::Live));
        assert_eq!(refresh(&brought), Some("M.C535_BL2.0.U.-Cn*!x$"));
        assert_eq!(read_beside("hello", &known).unwrap_err().cause, Cause::NothingFound);
    }

    #[test]
    fn a_client_id_in_the_text_comes_before_the_known_one() {
        let known = AzureApp::parse("12345678-1234-1234-1234-123456789abd", "http://localhost").unwrap();
        let brought = read_beside(&format!("{TOKENS}\nCLIENT_ID={ID}"), &known).unwrap();
        assert_eq!(brought.app.client_id.to_string(), ID);
    }

    #[test]
    fn a_refresh_token_alone_is_one_long_word_and_nothing_else_is() {
        let known = AzureApp::parse(ID, "http://localhost").unwrap();
        for word in ["M.C535_BL2.0.U.-Cn*!x$abc", " 0.AXoAqwertyuiopasdfghjklzxcvbnm\n"] {
            let brought = read_beside(bare(word).expect(word).expose_secret(), &known).unwrap();
            assert_eq!(refresh(&brought), Some(word.trim()));
        }
        for other in ["", "short", "two words that are long enough", "REFRESH_TOKEN=M.C535_BL2.0.U.-Cn*!x$abc", TOKENS]
        {
            assert!(bare(other).is_none(), "{other}");
        }
    }

    #[test]
    fn tokens_that_cannot_be_renewed_are_nothing() {
        for text in [
            TOKENS.replace("\"M.C535_BL2.0.U.-Cn*!x$\"", "null"),
            TOKENS.replace("refresh_token", "other"),
            TOKENS.replace("M.C535_BL2.0.U.-Cn*!x$", " "),
            "{".into(),
            "{}".into(),
        ] {
            assert_eq!(read(&text).unwrap_err().cause, Cause::NothingFound, "{text}");
        }
    }
}
