//! Pasted text: SPNKr's `.env` lines or its `AzureApp(…)` line, with or without a refresh token; a token file of
//! python-xbox, MSAL or another program; or a refresh token alone. Pure.
//!
//! Text is read in steps: it's written as a program has it (`tidy`); comments are taken out (`comments`); names and their values are found (`scan`); headings and comments
//! say whose they are (`notes`); related ones are grouped (`groups`); and one group is chosen (`choose`). Nothing from another group is used, and nothing that isn't certain:
//! a person is asked instead.

mod called;
mod choose;
mod comments;
mod cursor;
mod diff;
mod ends;
mod groups;
mod literal;
mod names;
mod notes;
mod part;
mod places;
mod scan;
mod scopes;
mod secret;
mod shape;
mod tidy;
mod words;

use secrecy::SecretString;
use uuid::Uuid;

use self::{choose::Chosen, groups::Group};
use crate::{
    error::{Cause, Error, PastedCause, Step},
    model::azure_app::{AzureApp, Platform},
};

/// What was found in pasted text.
#[derive(Clone, Debug)]
pub struct ImportedCredentials {
    /// The app; SPNKr and python-xbox sign in at live.com, so their refresh tokens and secrets are that platform's.
    pub app: AzureApp,
    /// The refresh token, if there was one.
    pub refresh: Option<SecretString>,
}

/// What is known apart from the pasted text.
#[derive(Clone, Copy, Debug, Default)]
pub struct Hints<'a> {
    /// The app to use for a refresh token that comes without a client ID.
    pub known: Option<&'a AzureApp>,
    /// The client ID to use, if there are several.
    pub client_id: Option<Uuid>,
    /// The name of the group to use, if there are several.
    pub group: Option<&'a str>,
    /// The scheme of links that the program receives, if it receives any.
    pub link_scheme: Option<&'a str>,
}

/// SPNKr's own default.
const REDIRECT: &str = "https://localhost";
/// python-xbox's own default.
const REDIRECT_BESIDE_JSON: &str = "http://localhost:8080/auth/callback";

/// Finds a client id, and whatever else belongs to it, in pasted text. Names may have any prefix (`SPNKR_CLIENT_ID`,
/// `AZURE_CLIENT_ID`, `client_id`); comments, `export`, quotes and spaces don't matter, and an expression isn't a value.
///
/// ```
/// # fn main() -> Result<(), spartan_auth::error::Error> {
/// let brought = spartan_auth::import::read("AzureApp(\"12345678-1234-1234-1234-123456789abc\", \"hush-hush-hush-01\")")?;
/// assert_eq!(brought.app.redirect_uri.as_str(), "https://localhost");
/// # Ok(())
/// # }
/// ```
pub fn read(text: &str) -> Result<ImportedCredentials, Error> {
    read_with(text, &Hints::default())
}

/// Does the same with what is known apart from the text.
pub fn read_with(text: &str, hints: &Hints) -> Result<ImportedCredentials, Error> {
    let pasted = text;
    let text = tidy::tidied(pasted);
    if text.trim_matches(|letter: char| letter.is_whitespace() || "\"'`".contains(letter)).is_empty() {
        return Err(PastedCause::Nothing.into());
    }
    let text = diff::applied(&text);
    let split = comments::split(&text);
    let code = &split.code;
    if *code != text && !code.lines().any(|line| line.contains(char::is_alphanumeric) && !comments::is_section(line)) {
        return Err(PastedCause::Comments.into());
    }
    let mut found = scan::scan(code);
    notes::add(&mut found, &split);
    let groups = groups::of(found, code);
    match choose::choose(&groups, pasted, code, hints)? {
        Chosen::App(group) => brought(group, hints),
        Chosen::OfKnown(group) => {
            let known = hints.known.ok_or(Error::new(Step::App, Cause::NoClientId))?;
            Ok(with_secrets(known.clone(), group))
        }
    }
}

fn brought(group: Group, hints: &Hints) -> Result<ImportedCredentials, Error> {
    let id = group.guid().ok_or(Error::new(Step::App, Cause::NotAGuid))?;
    let usual = if group.is_data { REDIRECT_BESIDE_JSON } else { REDIRECT };
    let app = AzureApp::parse_with(&id.to_string(), group.redirect.as_deref().unwrap_or(usual), hints.link_scheme)?;
    Ok(with_secrets(app, group))
}

fn with_secrets(app: AzureApp, group: Group) -> ImportedCredentials {
    let secret = group.secret.map(SecretString::from).or(app.secret);
    let refresh = group.refresh.map(SecretString::from);
    // This is how SPNKr and python-xbox do it; an app without either isn't theirs.
    let platform = if secret.is_some() || refresh.is_some() { Platform::Live } else { app.platform };
    ImportedCredentials { app: AzureApp { secret, platform, ..app }, refresh }
}

#[cfg(test)]
mod tests {
    use secrecy::ExposeSecret;

    use super::*;
    use crate::error::OtherToken;

    const ID: &str = "12345678-1234-1234-1234-123456789abc";

    #[test]
    fn spnkrs_lines_are_read_whatever_their_prefix_and_quotes() {
        let texts = [
            format!(
                "SPNKR_CLIENT_ID={ID}\nSPNKR_CLIENT_SECRET=s~1=hush-hush-hush\nSPNKR_REDIRECT_URI=https://localhost\nSPNKR_REFRESH_TOKEN=M.C535_BL2.0.U.*!$x="
            ),
            format!(
                "# mine\r\nexport CLIENT_ID=\"{ID}\"\r\nexport CLIENT_SECRET='s~1=hush-hush-hush'  \r\n REFRESH_TOKEN = M.C535_BL2.0.U.*!$x= # old\r\n"
            ),
            format!(
                "$env:AZURE_CLIENT_ID = \"{ID}\";\n$env:AZURE_CLIENT_SECRET = 's~1=hush-hush-hush';\nclient_refresh_token=\"M.C535_BL2.0.U.*!$x=\""
            ),
        ];
        for text in texts {
            let brought = read(&text).unwrap_or_else(|error| panic!("{text}: {error}"));
            assert_eq!(brought.app.client_id.to_string(), ID);
            assert_eq!(brought.app.redirect_uri.as_str(), "https://localhost");
            assert_eq!(
                brought.app.secret.as_ref().map(ExposeSecret::expose_secret),
                Some("s~1=hush-hush-hush"),
                "{text}"
            );
            assert_eq!(
                brought.refresh.as_ref().map(ExposeSecret::expose_secret),
                Some("M.C535_BL2.0.U.*!$x="),
                "{text}"
            );
            assert_eq!(brought.app.platform, Platform::Live);
        }
    }

    #[test]
    fn an_azure_app_line_is_read_by_position_and_by_name() {
        let lines = [
            format!("app = AzureApp(\"{ID}\", \"hush-hush-hush-01\", \"http://localhost\")"),
            format!("AzureApp('{ID}', 'hush-hush-hush-01', redirect_uri='http://localhost')"),
            format!(
                "AzureApp(\n  client_id=\"{ID}\",\n  client_secret=\"hush-hush-hush-01\",\n  redirect_uri=\"http://localhost\",\n)"
            ),
        ];
        for line in lines {
            let brought = read(&line).unwrap_or_else(|error| panic!("{line}: {error}"));
            assert_eq!(brought.app.redirect_uri.as_str(), "http://localhost", "{line}");
            assert_eq!(
                brought.app.secret.as_ref().map(ExposeSecret::expose_secret),
                Some("hush-hush-hush-01"),
                "{line}"
            );
            assert!(brought.refresh.is_none());
        }
    }

    #[test]
    fn variables_above_an_azure_app_line_are_looked_up() {
        let text = format!(
            "CLIENT_ID = \"{ID}\"\nCLIENT_SECRET = 'hush-hush-hush-01'\nREDIRECT_URI = 'http://localhost'\n\napp = AzureApp(CLIENT_ID, CLIENT_SECRET, REDIRECT_URI)\n"
        );
        let brought = read(&text).unwrap();
        assert_eq!(brought.app.client_id.to_string(), ID);
        assert_eq!(brought.app.redirect_uri.as_str(), "http://localhost");
        assert_eq!(brought.app.secret.as_ref().map(ExposeSecret::expose_secret), Some("hush-hush-hush-01"));
    }

    #[test]
    fn an_app_without_secret_and_refresh_token_is_for_the_default_platform() {
        assert_eq!(read(&format!("CLIENT_ID={ID}")).unwrap().app.platform, Platform::Consumers);
    }

    #[test]
    fn a_refresh_token_beside_an_azure_app_line_is_found() {
        let brought =
            read(&format!("AzureApp(\"{ID}\", \"hush-hush-hush-01\")\nREFRESH_TOKEN=M.C535_BL2.0.U.-Cn-r")).unwrap();
        assert_eq!(brought.refresh.as_ref().map(ExposeSecret::expose_secret), Some("M.C535_BL2.0.U.-Cn-r"));
    }

    #[test]
    fn text_without_a_client_id_and_one_that_is_no_guid_are_told_apart() {
        assert_eq!(read("hello").unwrap_err().cause, Cause::NothingFound);
        assert_eq!(read("CLIENT_ID=\nREFRESH_TOKEN=M.C535_BL2.0.U.-Cn-r").unwrap_err().cause, Cause::NoClientId);
        assert_eq!(read("CLIENT_ID=SPNKr").unwrap_err().cause, Cause::NotAGuid);
        let foreign = format!("CLIENT_ID={ID}\nREDIRECT_URI=https://example.com");
        assert_eq!(read(&foreign).unwrap_err().cause, Cause::RedirectNotAllowed);
    }

    /// As python-xbox writes it: on one line.
    const TOKENS: &str = r#"{"token_type":"bearer","expires_in":3600,"scope":"XboxLive.signin XboxLive.offline_access","access_token":"EwAIA+pvBAAU=","refresh_token":"M.C535_BL2.0.U.-Cn*!x$","user_id":"AAAAAAAAAAAAAAAAAAAAAG3LH","issued":"2026-11-21T18:00:00.123456Z"}"#;

    fn beside(known: &AzureApp) -> Hints<'_> {
        Hints { known: Some(known), ..Hints::default() }
    }

    fn refresh(brought: &ImportedCredentials) -> Option<&str> {
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
            read(&format!("{TOKENS}\nCLIENT_ID={ID}\nCLIENT_SECRET=hush-hush-hush-01\nREDIRECT_URI=http://localhost"))
                .unwrap();
        assert_eq!(brought.app.secret.as_ref().map(ExposeSecret::expose_secret), Some("hush-hush-hush-01"));
        assert_eq!(brought.app.redirect_uri.as_str(), "http://localhost");
    }

    #[test]
    fn tokens_without_an_app_say_so_and_are_taken_for_one_that_is_known() {
        assert_eq!(read(TOKENS).unwrap_err().cause, Cause::NoClientId);
        let known = AzureApp::parse(ID, "http://localhost").unwrap();
        let brought = read_with(TOKENS, &beside(&known)).unwrap();
        assert_eq!((brought.app.client_id, brought.app.platform), (known.client_id, Platform::Live));
        assert_eq!(refresh(&brought), Some("M.C535_BL2.0.U.-Cn*!x$"));
        assert_eq!(read_with("hello", &beside(&known)).unwrap_err().cause, Cause::NothingFound);
    }

    #[test]
    fn a_client_id_in_the_text_comes_before_the_known_one() {
        let known = AzureApp::parse("12345678-1234-1234-1234-123456789abd", "http://localhost").unwrap();
        let brought = read_with(&format!("{TOKENS}\nCLIENT_ID={ID}"), &beside(&known)).unwrap();
        assert_eq!(brought.app.client_id.to_string(), ID);
    }

    #[test]
    fn a_refresh_token_alone_is_one_long_word_and_nothing_else_is() {
        let known = AzureApp::parse(ID, "http://localhost").unwrap();
        for word in ["M.C535_BL2.0.U.-Cn*!x$abc", " 0.AXoAqwertyuiopasdfghjklzxcvbnm\n"] {
            let brought = read_with(word, &beside(&known)).unwrap();
            assert_eq!(refresh(&brought), Some(word.trim()));
        }
        for other in ["short", "two words that are long enough", "M.C5*short", "qwertyuiopasdfghjklzxcvbnm"] {
            assert_eq!(read_with(other, &beside(&known)).unwrap_err().cause, Cause::NothingFound, "{other}");
        }
    }

    #[test]
    fn tokens_that_cannot_be_renewed_are_nothing() {
        let access = Cause::Pasted(PastedCause::NotARefreshToken(OtherToken::Access));
        for (text, cause) in [
            (TOKENS.replace("\"M.C535_BL2.0.U.-Cn*!x$\"", "null"), &access),
            (TOKENS.replace("M.C535_BL2.0.U.-Cn*!x$", " "), &access),
            ("{".into(), &Cause::NothingFound),
            ("{}".into(), &Cause::NothingFound),
        ] {
            assert_eq!(read(&text).unwrap_err().cause, *cause, "{text}");
        }
    }
}
