//! Known mistakes in how an Azure app is set up, as Microsoft's answers tell them.
//!
//! What kind a refusal is, its `error` decides. Numbers and texts change: they only refine the words.

use secrecy::ExposeSecret;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::{
    azure_app::AzureApp,
    error::{Cause, Error},
    http::Answer,
    lenient,
};

/// What is wrong with how an Azure app is registered, or with what is entered of it here.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Mistake {
    /// Nobody knows the client id, or not among the apps for personal accounts: Microsoft does not tell the two apart.
    UnknownApp,
    /// It is for work and school accounts alone.
    NotPersonal,
    /// *Allow public client flows* is off.
    PublicFlowsOff,
    /// The secret is not the app's.
    SecretWrong,
    /// The secret's id was entered in place of its value.
    SecretId,
    /// The secret has expired.
    SecretExpired,
    /// A public app sent one.
    SecretUnasked,
    /// A web app sent none.
    SecretMissing,
    /// The redirect URI is not the registered one.
    RedirectMismatch,
}

/// Numbers of `error_codes`; without leading `AADSTS`.
const NUMBERS: [(u32, Mistake); 13] = [
    (700_016, Mistake::UnknownApp),
    (700_038, Mistake::UnknownApp),
    (70_001, Mistake::UnknownApp),
    (9_002_332, Mistake::NotPersonal),
    (90_130, Mistake::NotPersonal),
    (50_020, Mistake::NotPersonal),
    (7_000_215, Mistake::SecretWrong),
    (50_012, Mistake::SecretWrong),
    (7_000_222, Mistake::SecretExpired),
    (700_025, Mistake::SecretUnasked),
    (7_000_218, Mistake::SecretMissing),
    (50_011, Mistake::RedirectMismatch),
    (500_112, Mistake::RedirectMismatch),
];

/// Pieces of `error_description`: live.com sends no numbers, and 70002 is several things.
const PHRASES: [(&str, Mistake); 7] = [
    ("marked as 'mobile", Mistake::PublicFlowsOff),
    ("must include a 'client_secret'", Mistake::SecretMissing),
    ("can't send a client secret", Mistake::SecretUnasked),
    ("'client_secret' parameter is not valid", Mistake::SecretWrong),
    ("secret keys are expired", Mistake::SecretExpired),
    ("not enabled for consumers", Mistake::UnknownApp),
    ("'redirect_uri' is not valid", Mistake::RedirectMismatch),
];

impl Mistake {
    /// Every mistake.
    pub const ALL: [Mistake; 9] = [
        Mistake::UnknownApp,
        Mistake::NotPersonal,
        Mistake::PublicFlowsOff,
        Mistake::SecretWrong,
        Mistake::SecretId,
        Mistake::SecretExpired,
        Mistake::SecretUnasked,
        Mistake::SecretMissing,
        Mistake::RedirectMismatch,
    ];
}

/// The mistake that a refusal hints at.
pub(crate) fn read(answer: &Answer) -> Option<Mistake> {
    let hints: Hints = answer.json().ok()?;
    let by_number = |number: &u32| NUMBERS.iter().find(|(known, _)| known == number).map(|(_, mistake)| *mistake);
    let text = hints.error_description.unwrap_or_default();
    let by_phrase = PHRASES.iter().find(|(piece, _)| text.contains(piece)).map(|(_, mistake)| *mistake);
    by_phrase.or_else(|| hints.error_codes.iter().flatten().find_map(by_number))
}

/// A refusal in the light of what was sent: a secret that looks like its own id is that.
pub(crate) fn seen_with(app: &AzureApp, error: Error) -> Error {
    let is_id = app.secret.as_ref().is_some_and(|secret| Uuid::try_parse(secret.expose_secret()).is_ok());
    refined(error, |mistake| if is_id && mistake == Mistake::SecretWrong { Mistake::SecretId } else { mistake })
}

/// A refusal of a request that no secret belongs to: to miss one means that public flows are off.
pub(crate) fn without_secret(error: Error) -> Error {
    refined(error, |mistake| if mistake == Mistake::SecretMissing { Mistake::PublicFlowsOff } else { mistake })
}

fn refined(mut error: Error, refine: impl FnOnce(Mistake) -> Mistake) -> Error {
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
    use crate::{leg::Leg, oauth};

    fn refusal(body: &str) -> Error {
        let (headers, body) = (reqwest::header::HeaderMap::new(), body.into());
        oauth::refusal(&Answer { leg: Leg::Microsoft, status: 400, headers, body })
    }

    fn mistake(body: &str) -> Option<Mistake> {
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
                Mistake::UnknownApp,
            ),
            (
                r#"{"error":"unauthorized_client","error_description":"The client does not exist or is not enabled for consumers."}"#,
                Mistake::UnknownApp,
            ),
            (r#"{"error":"invalid_request","error_codes":[9002332]}"#, Mistake::NotPersonal),
            (
                r#"{"error":"invalid_client","error_description":"AADSTS70002: The provided client is not supported for this feature. The client application must be marked as 'mobile.'","error_codes":[70002]}"#,
                Mistake::PublicFlowsOff,
            ),
            (
                r#"{"error":"invalid_client","error_description":"AADSTS70002: The provided request must include a 'client_secret' input parameter.","error_codes":[70002]}"#,
                Mistake::SecretMissing,
            ),
            (
                r#"{"error":"invalid_client","error_description":"The provided value for the 'client_secret' parameter is not valid."}"#,
                Mistake::SecretWrong,
            ),
            (r#"{"error":"invalid_client","error_codes":[7000215]}"#, Mistake::SecretWrong),
            (r#"{"error":"invalid_client","error_codes":[7000222]}"#, Mistake::SecretExpired),
            (
                r#"{"error":"invalid_request","error_description":"Public clients can't send a client secret."}"#,
                Mistake::SecretUnasked,
            ),
            (r#"{"error":"invalid_client","error_codes":[700025]}"#, Mistake::SecretUnasked),
            (r#"{"error":"invalid_client","error_codes":[500112]}"#, Mistake::RedirectMismatch),
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
        for (secret, expected) in
            [("231da39b-cfc0-465e-8417-69c25f3f829b", Mistake::SecretId), ("stA8Q~value", Mistake::SecretWrong)]
        {
            let app = AzureApp { secret: Some(secret.into()), ..app.clone() };
            let Cause::Setup { mistake, .. } = seen_with(&app, refusal(body)).cause else { panic!("{secret}") };
            assert_eq!(mistake, Some(expected));
        }
    }
}
