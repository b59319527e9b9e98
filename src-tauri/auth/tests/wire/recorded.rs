//! Answers of the real services, as recorded in public test suites, read as in production.
//!
//! The recordings are in a folder beside the checkout; if it's missing there is nothing to read, and the test passes.

use std::{fs, path::PathBuf};

use serde_json::Value;
use spartan_auth::{
    azure_app::Platform,
    claims::Claims,
    error::{AppMisconfiguration, Cause, Error},
    issuer::Issuer,
    raw::Raw,
    relying_party::RelyingParty,
    token::{SpartanToken, Validity, XstsToken},
};
use spartan_fakes::Endpoint;

use crate::wire::{Wire, public, status};

/// The request that a recorded body answers.
#[derive(Clone, Copy, Debug)]
enum To {
    Oauth,
    User,
    XstsXbox,
    XstsHalo,
    Spartan,
    Clearance,
}

const RECORDED: [(&str, &str, To); 17] = [
    ("spnkr/oauth2.json", "", To::Oauth),
    ("spnkr/xbox_user.json", "", To::User),
    ("spnkr/xsts.json", "", To::XstsXbox),
    ("spnkr/xsts_halo.json", "", To::XstsHalo),
    ("spnkr/spartan.json", "", To::Spartan),
    ("spnkr/clearance.json", "", To::Clearance),
    ("python-xbox/auth_oauth2_token.json", "", To::Oauth),
    ("python-xbox/auth_user_token.json", "", To::User),
    ("python-xbox/auth_xsts_token.json", "", To::XstsXbox),
    ("python-xbox/auth_xsts_token.json", "", To::XstsHalo),
    ("recorded/haloinfinite_readme.json", "/oauth2", To::Oauth),
    ("recorded/haloinfinite_readme.json", "/xbox_user", To::User),
    ("recorded/haloinfinite_readme.json", "/xsts_xbox", To::XstsXbox),
    ("recorded/haloinfinite_readme.json", "/xsts_halo", To::XstsHalo),
    ("recorded/haloinfinite_readme.json", "/spartan", To::Spartan),
    ("recorded/haloinfinite_readme.json", "/clearance", To::Clearance),
    ("recorded/spartan_xml_json_pair.json", "/json", To::Spartan),
];

#[tokio::test]
async fn every_recorded_grant_is_read() {
    let wire = Wire::new().await;
    for (file, at, to) in RECORDED {
        let Some(sample) = sample(file) else { return };
        let body = sample.pointer(at).unwrap_or_else(|| panic!("{file} has no {at}"));
        let read = ask(&wire, to, 200, &body.to_string()).await;
        assert!(read.is_ok(), "{file} {at}: {:?}", read.err());
    }
}

#[tokio::test]
async fn every_recorded_refusal_of_microsoft_is_told_apart() {
    let wire = Wire::new().await;
    let Some(sample) = sample("recorded/oauth_errors.json") else { return };
    for case in sample["cases"].as_array().unwrap() {
        let error = ask(&wire, To::Oauth, code(case), &case["body"].to_string()).await.unwrap_err();
        let named = case["body"]["error"].as_str().unwrap().to_owned();
        let expected = match named.as_str() {
            "invalid_grant" => Cause::SignInExpired { error: named },
            _ => Cause::Setup { error: named, mistake: mistake(&case["body"]) },
        };
        assert_eq!(error.cause, expected, "{case}");
    }
}

/// Returns what a person would conclude from the text of a recorded refusal.
fn mistake(body: &Value) -> Option<AppMisconfiguration> {
    let told = [
        ("The client does not exist or is not enabled for consumers", AppMisconfiguration::UnknownApp),
        ("The provided request must include a 'client_secret'", AppMisconfiguration::SecretMissing),
        ("The provided value for the 'client_secret' parameter is not valid", AppMisconfiguration::SecretWrong),
        ("Public clients can't send a client secret", AppMisconfiguration::SecretUnasked),
        (
            "AADSTS90023: The provided value for the input parameter 'redirect_uri'",
            AppMisconfiguration::RedirectMismatch,
        ),
    ];
    let words = body["error_description"].as_str().unwrap_or_default();
    told.into_iter().find(|(begins, _)| words.starts_with(begins)).map(|(_, mistake)| mistake)
}

#[tokio::test]
async fn every_recorded_refusal_of_xbox_gives_its_code_and_its_page() {
    let wire = Wire::new().await;
    let Some(sample) = sample("recorded/xsts_errors.json") else { return };
    for case in sample["cases"].as_array().unwrap() {
        let error = ask(&wire, To::XstsXbox, code(case), case["body"].as_str().unwrap()).await.unwrap_err();
        let Cause::Account { xerr, link: Some(_) } = error.cause else { panic!("{case}: {error:?}") };
        assert_eq!(u64::from(xerr.0), case["xerr"].as_u64().unwrap());
    }
}

#[tokio::test]
async fn a_spartan_token_as_xml_is_refused_as_unreadable() {
    let wire = Wire::new().await;
    let Some(sample) = sample("recorded/spartan_xml_json_pair.json") else { return };
    let error = ask(&wire, To::Spartan, 201, sample["xml"].as_str().unwrap()).await.unwrap_err();
    assert!(matches!(error.cause, Cause::Unreadable(_)), "{error:?}");
}

async fn ask(wire: &Wire, to: To, code: u16, body: &str) -> Result<(), Error> {
    let services = wire.services();
    let (secret, app) = ("v4=secret".into(), public(Platform::Live));
    let endpoint = match to {
        To::Oauth => Endpoint::Token,
        To::User => Endpoint::User,
        To::XstsXbox => Endpoint::XstsXbox,
        To::XstsHalo => Endpoint::XstsHalo,
        To::Spartan => Endpoint::Spartan,
        To::Clearance => Endpoint::Clearance,
    };
    wire.once(endpoint, status(code, body));
    match to {
        To::Oauth => services.renew(&app, &secret).await.map(drop),
        To::User => services.user_token(&secret).await.map(drop),
        To::XstsXbox => services.xsts(&secret, &RelyingParty::XboxLive).await.map(drop),
        To::XstsHalo => services.xsts(&secret, &RelyingParty::Halo).await.map(drop),
        To::Spartan => services.spartan(&halo()).await.map(drop::<SpartanToken>),
        To::Clearance => services.clearance(&secret).await.map(drop),
    }
}

fn halo() -> XstsToken {
    let issued_at = jiff::Timestamp::UNIX_EPOCH;
    let life = Validity { issued_at, expires_at: jiff::Timestamp::MAX };
    XstsToken { token: "t".into(), claims: Claims::default(), life, raw: Raw::default() }
}

fn code(case: &Value) -> u16 {
    case["status"].as_u64().and_then(|code| code.try_into().ok()).unwrap()
}

fn sample(file: &str) -> Option<Value> {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../../shared/samples");
    if !folder.is_dir() {
        eprintln!("no recorded answers in {}: nothing to read", folder.display());
        return None;
    }
    let text = fs::read_to_string(folder.join(file)).unwrap_or_else(|error| panic!("{file}: {error}"));
    Some(serde_json::from_str(&text).unwrap())
}
