//! What people bring along: SPNKr's `.env` lines or its `AzureApp(…)` line, with or without a refresh token.

use secrecy::SecretString;

use crate::{
    azure_app::{AzureApp, Platform},
    error::{Cause, Error, Step},
};

/// What was found in pasted text.
#[derive(Clone, Debug)]
pub struct Brought {
    /// The app; SPNKr signs in at live.com, so its refresh tokens and secrets are that platform's.
    pub app: AzureApp,
    /// The refresh token, where there was one.
    pub refresh: Option<SecretString>,
}

/// SPNKr's own default.
const REDIRECT: &str = "https://localhost";
const QUOTES: [char; 2] = ['"', '\''];

/// Finds a client id, and whatever else belongs to it, in pasted text. Names may have any prefix (`SPNKR_CLIENT_ID`,
/// `AZURE_CLIENT_ID`, `client_id`); comments, `export`, quotes and blanks do not matter.
///
/// ```
/// # fn main() -> Result<(), spartan_auth::error::Error> {
/// let brought = spartan_auth::lines::read("AzureApp(\"12345678-1234-1234-1234-123456789abc\", \"hush\")")?;
/// assert_eq!(brought.app.redirect_uri.as_str(), "https://localhost");
/// # Ok(())
/// # }
/// ```
pub fn read(text: &str) -> Result<Brought, Error> {
    let found = Found::in_lines(text).overlaid(Found::in_call(text).unwrap_or_default());
    let Some(client_id) = found.client_id else { return Err(Error::new(Step::App, Cause::NothingFound)) };
    let mut app = AzureApp::parse(&client_id, found.redirect_uri.as_deref().unwrap_or(REDIRECT))?;
    app.secret = found.client_secret.map(SecretString::from);
    let refresh = found.refresh_token.map(SecretString::from);
    // SPNKr's own way; an app without either is no app of SPNKr's.
    if app.secret.is_some() || refresh.is_some() {
        app.platform = Platform::Live;
    }
    Ok(Brought { app, refresh })
}

#[derive(Default)]
struct Found {
    client_id: Option<String>,
    client_secret: Option<String>,
    redirect_uri: Option<String>,
    refresh_token: Option<String>,
}

impl Found {
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
        assert_eq!(read("CLIENT_ID=\nREFRESH_TOKEN=r").unwrap_err().cause, Cause::NothingFound);
        assert_eq!(read("CLIENT_ID=SPNKr").unwrap_err().cause, Cause::NotAGuid);
        let foreign = format!("CLIENT_ID={ID}\nREDIRECT_URI=https://example.com");
        assert_eq!(read(&foreign).unwrap_err().cause, Cause::RedirectNotAllowed);
    }
}
