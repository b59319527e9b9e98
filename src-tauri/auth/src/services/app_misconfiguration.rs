//! Recognizes an Azure app's misconfiguration from Microsoft's responses.
//!
//! The `error` determines the kind of refusal. Numbers and descriptions change, so they only refine the message.

use secrecy::ExposeSecret;
use serde::Deserialize;
use uuid::Uuid;

use crate::{
    error::{AppMisconfiguration, Cause, Error},
    http::Answer,
    model::{azure_app::AzureApp, lenient},
};

/// Numbers in `error_codes`, without the prefix `AADSTS`.
const NUMBERS: [(u32, AppMisconfiguration); 13] = [
    (700_016, AppMisconfiguration::UnknownApp),
    (700_038, AppMisconfiguration::UnknownApp),
    (70_001, AppMisconfiguration::UnknownApp),
    (9_002_332, AppMisconfiguration::NotPersonal),
    (90_130, AppMisconfiguration::NotPersonal),
    (50_020, AppMisconfiguration::NotPersonal),
    (7_000_215, AppMisconfiguration::SecretWrong),
    (50_012, AppMisconfiguration::SecretWrong),
    (7_000_222, AppMisconfiguration::SecretExpired),
    (700_025, AppMisconfiguration::SecretUnasked),
    (7_000_218, AppMisconfiguration::SecretMissing),
    (50_011, AppMisconfiguration::RedirectMismatch),
    (500_112, AppMisconfiguration::RedirectMismatch),
];

/// Parts of `error_description`, because live.com sends no numbers, and 70002 has several meanings.
const PHRASES: [(&str, AppMisconfiguration); 7] = [
    ("marked as 'mobile", AppMisconfiguration::PublicFlowsOff),
    ("must include a 'client_secret'", AppMisconfiguration::SecretMissing),
    ("can't send a client secret", AppMisconfiguration::SecretUnasked),
    ("'client_secret' parameter is not valid", AppMisconfiguration::SecretWrong),
    ("secret keys are expired", AppMisconfiguration::SecretExpired),
    ("not enabled for consumers", AppMisconfiguration::UnknownApp),
    ("'redirect_uri' is not valid", AppMisconfiguration::RedirectMismatch),
];

/// Returns the misconfiguration that a refusal indicates.
pub(crate) fn read(answer: &Answer) -> Option<AppMisconfiguration> {
    let hints: Hints = answer.json().ok()?;
    let by_number = |number: &u32| NUMBERS.iter().find(|(known, _)| known == number).map(|(_, mistake)| *mistake);
    let text = hints.error_description.unwrap_or_default();
    let by_phrase = PHRASES.iter().find(|(piece, _)| text.contains(piece)).map(|(_, mistake)| *mistake);
    by_phrase.or_else(|| hints.error_codes.iter().flatten().find_map(by_number))
}

/// Refines a refusal based on the request: a wrong secret that looks like a secret's ID is one.
pub(crate) fn seen_with(app: &AzureApp, error: Error) -> Error {
    let is_id = app.secret.as_ref().is_some_and(|secret| Uuid::try_parse(secret.expose_secret()).is_ok());
    refined(error, |mistake| {
        if is_id && mistake == AppMisconfiguration::SecretWrong { AppMisconfiguration::SecretId } else { mistake }
    })
}

/// Refines a refusal of a request that never includes a secret: if it reports a missing secret, public flows are off.
pub(crate) fn without_secret(error: Error) -> Error {
    refined(error, |mistake| {
        if mistake == AppMisconfiguration::SecretMissing { AppMisconfiguration::PublicFlowsOff } else { mistake }
    })
}

fn refined(mut error: Error, refine: impl FnOnce(AppMisconfiguration) -> AppMisconfiguration) -> Error {
    if let Cause::Setup { mistake: Some(mistake), .. } = &mut error.cause {
        *mistake = refine(*mistake);
    }
    error
}

#[derive(Deserialize)]
struct Hints {
    #[serde(default, deserialize_with = "lenient::optional")]
    error_codes: Option<Vec<u32>>,
    #[serde(default, deserialize_with = "lenient::optional")]
    error_description: Option<String>,
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{model::leg::Leg, services::oauth};

    fn refusal(body: &str) -> Error {
        let (headers, body) = (reqwest::header::HeaderMap::new(), body.into());
        oauth::refusal(&Answer { leg: Leg::Microsoft, status: 400, headers, body })
    }

    fn mistake(body: &str) -> Option<AppMisconfiguration> {
        match refusal(body).cause {
            Cause::Setup { mistake, .. } => mistake,
            other => panic!("{body}: {other:?}"),
        }
    }

    #[test]
    fn each_known_answer_names_its_mistake() {
        let cases = [
            (
                r#"{"error":"unauthorized_client","error_description":"AADSTS700016: Application with identifier '5' was not found in the directory 'Microsoft Accounts'.","error_codes":[700016]}"#,
                AppMisconfiguration::UnknownApp,
            ),
            (
                r#"{"error":"unauthorized_client","error_description":"The client does not exist or is not enabled for consumers."}"#,
                AppMisconfiguration::UnknownApp,
            ),
            (r#"{"error":"invalid_request","error_codes":[9002332]}"#, AppMisconfiguration::NotPersonal),
            (
                r#"{"error":"invalid_client","error_description":"AADSTS70002: The provided client is not supported for this feature. The client application must be marked as 'mobile.'","error_codes":[70002]}"#,
                AppMisconfiguration::PublicFlowsOff,
            ),
            (
                r#"{"error":"invalid_client","error_description":"AADSTS70002: The provided request must include a 'client_secret' input parameter.","error_codes":[70002]}"#,
                AppMisconfiguration::SecretMissing,
            ),
            (
                r#"{"error":"invalid_client","error_description":"The provided value for the 'client_secret' parameter is not valid."}"#,
                AppMisconfiguration::SecretWrong,
            ),
            (r#"{"error":"invalid_client","error_codes":[7000215]}"#, AppMisconfiguration::SecretWrong),
            (r#"{"error":"invalid_client","error_codes":[7000222]}"#, AppMisconfiguration::SecretExpired),
            (
                r#"{"error":"invalid_request","error_description":"Public clients can't send a client secret."}"#,
                AppMisconfiguration::SecretUnasked,
            ),
            (r#"{"error":"invalid_client","error_codes":[700025]}"#, AppMisconfiguration::SecretUnasked),
            (r#"{"error":"invalid_client","error_codes":[500112]}"#, AppMisconfiguration::RedirectMismatch),
        ];
        for (body, expected) in cases {
            assert_eq!(mistake(body), Some(expected), "{body}");
        }
    }

    #[test]
    fn what_is_not_known_is_no_mistake_and_no_hint_changes_what_kind_a_refusal_is() {
        for body in [
            r#"{"error":"invalid_client"}"#,
            r#"{"error":"invalid_client","error_codes":[1],"error_description":"odd"}"#,
            r#"{"error":"invalid_client","error_codes":"odd"}"#,
        ] {
            assert_eq!(mistake(body), None, "{body}");
        }
        let dead = r#"{"error":"invalid_grant","error_codes":[700016]}"#;
        assert_eq!(refusal(dead).cause, Cause::SignInExpired { error: "invalid_grant".into() });
    }

    #[test]
    fn a_secret_that_looks_like_an_id_is_told_as_one() {
        let body = r#"{"error":"invalid_client","error_codes":[7000215]}"#;
        let app = AzureApp::parse("12345678-1234-1234-1234-123456789abc", "https://localhost").unwrap();
        for (secret, expected) in [
            ("231da39b-cfc0-465e-8417-69c25f3f829b", AppMisconfiguration::SecretId),
            ("stA8Q~value", AppMisconfiguration::SecretWrong),
        ] {
            let app = AzureApp { secret: Some(secret.into()), ..app.clone() };
            let Cause::Setup { mistake, .. } = seen_with(&app, refusal(body)).cause else { panic!("{secret}") };
            assert_eq!(mistake, Some(expected));
        }
    }
}
