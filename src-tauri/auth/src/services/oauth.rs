//! OAuth 2.0 with Microsoft: the authorization URL, the code exchange, and the renewal; always with PKCE S256 and
//! `state`.

use std::borrow::Cow;

use base64::{Engine, prelude::BASE64_URL_SAFE_NO_PAD};
use jiff::{SignedDuration, Timestamp};
use secrecy::{ExposeSecret, SecretString};
use serde::Deserialize;
use sha2::{Digest, Sha256};
use url::Url;

use crate::{
    error::{Cause, Error, Unreadable},
    http::{Answer, is_sound},
    model::{
        azure_app::{AzureApp, Platform},
        lenient,
        raw::Raw,
        token::{OauthToken, Validity},
    },
    plain, random,
    services::{app_misconfiguration, endpoints::Endpoints},
};

/// The secrets of one sign-in, compared and sent when its redirect arrives.
#[derive(Clone, Debug)]
pub struct AuthorizationRequest {
    /// `state`, which the redirect must return.
    pub state: SecretString,
    /// The PKCE verifier, which the exchange must send.
    pub verifier: SecretString,
}

impl AuthorizationRequest {
    /// Returns a new sign-in from the system's random bytes.
    ///
    /// # Panics
    /// If the system's random source fails.
    #[must_use]
    pub fn random() -> AuthorizationRequest {
        AuthorizationRequest::new(random::bytes())
    }

    /// Returns a new sign-in from 64 random bytes.
    #[must_use]
    pub fn new(random: [u8; 64]) -> AuthorizationRequest {
        let (state, verifier) = random.split_at(32);
        let text = |bytes| SecretString::from(BASE64_URL_SAFE_NO_PAD.encode(bytes));
        AuthorizationRequest { state: text(state), verifier: text(verifier) }
    }
}

/// Returns the URL of Microsoft's sign-in page for one sign-in.
#[must_use]
pub fn authorize_url(endpoints: &Endpoints, app: &AzureApp, pending: &AuthorizationRequest) -> Url {
    let mut url = endpoints.oauth(app.platform).authorize.clone();
    let challenge = BASE64_URL_SAFE_NO_PAD.encode(Sha256::digest(pending.verifier.expose_secret()));
    url.query_pairs_mut()
        .append_pair("client_id", &app.client_id.to_string())
        .append_pair("response_type", "code")
        .append_pair("response_mode", "query")
        .append_pair("redirect_uri", app.redirect_uri.as_str())
        .append_pair("scope", &scope(app))
        .append_pair("state", pending.state.expose_secret())
        .append_pair("code_challenge", &challenge)
        .append_pair("code_challenge_method", "S256")
        .append_pair("prompt", "select_account");
    url
}

/// The grant of a token request.
pub(crate) enum Grant<'a> {
    Code { code: &'a SecretString, verifier: &'a SecretString },
    Refresh(&'a SecretString),
}

/// Returns the form of a token request. A public app sends no `client_secret`, not even an empty one.
pub(crate) fn form<'a>(app: &'a AzureApp, grant: &'a Grant<'a>) -> Vec<(&'static str, Cow<'a, str>)> {
    let mut form = vec![("client_id", app.client_id.to_string().into()), ("scope", scope(app))];
    match grant {
        Grant::Code { code, verifier } => form.extend([
            ("grant_type", "authorization_code".into()),
            ("code", code.expose_secret().into()),
            ("redirect_uri", app.redirect_uri.as_str().into()),
            ("code_verifier", verifier.expose_secret().into()),
        ]),
        Grant::Refresh(token) => {
            form.extend([("grant_type", "refresh_token".into()), ("refresh_token", token.expose_secret().into())]);
        }
    }
    form.extend(app.secret.as_ref().map(|secret| ("client_secret", secret.expose_secret().into())));
    form
}

/// Reads the response to a sign-in; `now` is the services' time. Fails if the refresh token is invalid, because the
/// account couldn't be saved.
pub(crate) fn read(answer: &Answer, now: Timestamp) -> Result<OauthToken, Error> {
    let granted = granted(answer, now)?;
    match &granted.refresh {
        Some(refresh) if !is_sound(refresh.expose_secret()) => Err(answer.unreadable(Unreadable::NoRefreshToken)),
        Some(_) | None => Ok(granted),
    }
}

/// Reads the response to a renewal; `now` is the services' time. If the new refresh token is invalid, the old one is
/// kept because the access token is still valid.
pub(crate) fn read_renewed(answer: &Answer, now: Timestamp) -> Result<OauthToken, Error> {
    let granted = granted(answer, now)?;
    let (came, refresh) = (granted.refresh.is_some(), granted.refresh.filter(|it| is_sound(it.expose_secret())));
    if came && refresh.is_none() {
        tracing::warn!("Microsoft's new refresh token is not printable ASCII; the one before is kept");
    }
    Ok(OauthToken { refresh, ..granted })
}

fn granted(answer: &Answer, now: Timestamp) -> Result<OauthToken, Error> {
    if !answer.is_success() {
        return Err(refusal(answer));
    }
    let body: Granted = answer.json()?;
    let access = answer.sound(body.access_token)?;
    // A lifetime of zero can't be intended. If the token has in fact expired, the next leg fails.
    let told = body.expires_in.and_then(Seconds::value).filter(|seconds| *seconds > 0);
    let seconds = told.unwrap_or(ASSUMED).min(LONGEST);
    let expires_at = now.saturating_add(SignedDuration::from_secs(seconds)).unwrap_or(now);
    let refresh = body.refresh_token.filter(|token| !token.expose_secret().is_empty());
    let life = Validity { issued_at: now, expires_at };
    Ok(OauthToken { access, refresh, life, raw: Raw::of(&answer.body) })
}

pub(crate) fn scope(app: &AzureApp) -> Cow<'static, str> {
    match app.platform {
        _ if !app.scopes.is_empty() => app.scopes.join(" ").into(),
        Platform::Consumers => "XboxLive.signin offline_access".into(),
        Platform::Live => "Xboxlive.signin Xboxlive.offline_access".into(),
    }
}

/// The lifetime, in seconds, if a response has none; deliberately short.
const ASSUMED: i64 = 3600;
/// The longest lifetime of an access token, in seconds: one day.
const LONGEST: i64 = 86_400;

#[derive(Deserialize)]
struct Granted {
    access_token: SecretString,
    #[serde(default, deserialize_with = "lenient::optional")]
    refresh_token: Option<SecretString>,
    #[serde(default, deserialize_with = "lenient::optional")]
    expires_in: Option<Seconds>,
}

#[derive(Deserialize)]
#[serde(untagged)]
enum Seconds {
    Number(f64),
    Text(String),
}

impl Seconds {
    #[expect(clippy::cast_possible_truncation, reason = "a cast from f64 saturates, and the result is clamped")]
    fn value(self) -> Option<i64> {
        match self {
            Seconds::Number(number) => number.is_finite().then_some(number as i64),
            Seconds::Text(text) => text.parse().ok(),
        }
    }
}

#[derive(Deserialize)]
struct Refusal {
    error: String,
}

/// Returns the `error` of a refusal. It's the only part that the protocol guarantees; descriptions and AADSTS numbers
/// change.
pub(crate) fn error_of(answer: &Answer) -> Option<String> {
    answer.json().ok().map(|Refusal { error }| plain::code(&error))
}

pub(crate) fn refusal(answer: &Answer) -> Error {
    if let Some(passing) = answer.passing() {
        return passing;
    }
    let Some(error) = error_of(answer) else { return answer.refusal() };
    answer.error(match error.as_str() {
        "invalid_grant" | "interaction_required" | "login_required" | "consent_required" => {
            Cause::SignInExpired { error }
        }
        "temporarily_unavailable" | "server_error" => {
            Cause::Passing { status: answer.status, retry_after: answer.retry_after() }
        }
        _ => Cause::Setup { error, mistake: app_misconfiguration::read(answer) },
    })
}

#[cfg(test)]
mod tests {
    use reqwest::header::HeaderMap;
    use serde_json::json;

    use super::*;
    use crate::model::leg::Leg;

    fn app(redirect: &str) -> AzureApp {
        AzureApp::parse("12345678-1234-1234-1234-123456789abc", redirect).unwrap()
    }

    #[test]
    fn the_page_gets_pkce_state_and_the_account_picker_on_both_platforms() {
        let pending = AuthorizationRequest { state: "the-state".into(), verifier: "the-verifier".into() };
        for (platform, host) in [(Platform::Consumers, "login.microsoftonline.com"), (Platform::Live, "login.live.com")]
        {
            let app = AzureApp { platform, ..app("http://localhost") };
            let url = authorize_url(&Endpoints::services(), &app, &pending);
            assert_eq!(url.host_str(), Some(host));
            let value =
                |name: &str| url.query_pairs().find(|(key, _)| key == name).map(|(_, value)| value.into_owned());
            assert_eq!(value("client_id").as_deref(), Some("12345678-1234-1234-1234-123456789abc"));
            assert_eq!(value("redirect_uri").as_deref(), Some("http://localhost"));
            assert_eq!(value("state").as_deref(), Some(pending.state.expose_secret()));
            assert_eq!(value("code_challenge_method").as_deref(), Some("S256"));
            assert_eq!(value("prompt").as_deref(), Some("select_account"));
            assert!(!url.as_str().contains(pending.verifier.expose_secret()));
        }
    }

    fn answer(body: &serde_json::Value) -> Answer {
        let body = serde_json::to_vec(body).unwrap();
        Answer { leg: Leg::Microsoft, status: 200, headers: HeaderMap::new(), body }
    }

    #[test]
    fn a_refresh_token_that_is_none_never_comes_in() {
        let now = Timestamp::UNIX_EPOCH;
        for refresh in ["M.C5\u{e9}", "M.C5\u{202e}", "M.C5\n", "M.C5\u{0}", "“M.C5”"] {
            let answer = answer(&json!({ "access_token": "good", "refresh_token": refresh }));
            let error = read(&answer, now).expect_err("nothing of it can be kept");
            assert!(matches!(error.cause, Cause::Unreadable(_)) && error.passes(), "{error:?}");
            let renewed = read_renewed(&answer, now).unwrap();
            assert!(renewed.refresh.is_none() && renewed.access.expose_secret() == "good", "{refresh:?}");
        }
        for body in [json!({ "access_token": "good" }), json!({ "access_token": "good", "refresh_token": "" })] {
            assert!(read(&answer(&body), now).is_ok_and(|granted| granted.refresh.is_none()), "{body}");
        }
    }

    #[test]
    fn an_access_token_that_is_none_spoils_a_renewal_and_a_sign_in() {
        let answer = answer(&json!({ "access_token": "b\u{e9}d", "refresh_token": "M.C5" }));
        for read in [read, read_renewed] {
            assert!(read(&answer, Timestamp::UNIX_EPOCH).is_err_and(|error| error.passes()));
        }
    }

    #[test]
    fn state_and_verifier_come_from_different_bytes() {
        let pending = AuthorizationRequest::new(std::array::from_fn(|at| u8::from(at < 32)));
        assert_ne!(pending.state.expose_secret(), pending.verifier.expose_secret());
        assert_eq!(pending.verifier.expose_secret().len(), 43, "the shortest that RFC 7636 allows");
    }

    #[test]
    fn the_challenge_is_the_one_of_rfc_7636_appendix_b() {
        let verifier = SecretString::from("dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk");
        let pending = AuthorizationRequest { state: "s".into(), verifier };
        let url = authorize_url(&Endpoints::services(), &app("http://localhost"), &pending);
        assert!(url.as_str().contains("code_challenge=E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM"));
    }

    #[test]
    fn a_public_app_sends_no_secret_at_all_and_a_confidential_one_does() {
        let token = SecretString::from("r");
        let grant = Grant::Refresh(&token);
        let public = app("http://localhost");
        assert!(form(&public, &grant).iter().all(|(name, _)| *name != "client_secret"));
        let confidential = AzureApp { secret: Some("hush".into()), ..app("https://localhost") };
        assert!(form(&confidential, &grant).contains(&("client_secret", "hush".into())));
    }

    #[test]
    fn scopes_of_ones_choice_take_the_place_of_the_usual_ones_at_the_page_and_in_the_form() {
        let scopes = vec!["XboxLive.signin".to_owned(), "User.Read".to_owned()];
        let chosen = AzureApp { scopes, ..app("http://localhost") };
        let pending = AuthorizationRequest { state: "s".into(), verifier: "v".into() };
        let url = authorize_url(&Endpoints::services(), &chosen, &pending);
        assert!(url.as_str().contains("scope=XboxLive.signin+User.Read&"), "{url}");
        let token = SecretString::from("r");
        assert!(form(&chosen, &Grant::Refresh(&token)).contains(&("scope", "XboxLive.signin User.Read".into())));
    }
}
