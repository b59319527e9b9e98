//! The rules of the user token and XSTS, each broken separately.

use std::time::Duration;

use reqwest::header::CONTENT_TYPE;
use serde_json::{Value, json};
use spartan_fakes::{Endpoint, Lives, Setup};

use crate::program::{HALO, Program, XBOX_LIVE, answer, raw, user_body, xsts_body};

#[tokio::test]
async fn each_broken_rule_of_the_user_token_is_refused_with_an_empty_body() {
    let program = Program::new(Setup::default()).await;
    let access = program.access("curtis@example.com").await;
    let right = user_body(&access);
    let ticket = |text: String| changed(&right, "/Properties/RpsTicket", text.into());
    let rules = [
        ("no prefix", ticket(access.clone()), 400),
        ("prefix t=", ticket(format!("t={access}")), 400),
        ("a token never issued", ticket("d=EwAunknown".into()), 401),
        ("relying party", changed(&right, "/RelyingParty", "http://xboxlive.com".into()), 400),
        ("token type", changed(&right, "/TokenType", "JWE".into()), 400),
        ("method", changed(&right, "/Properties/AuthMethod", "OAuth".into()), 400),
        ("site", changed(&right, "/Properties/SiteName", "xboxlive.com".into()), 400),
        ("an extra field", extended(&right, ""), 400),
        ("an extra property", extended(&right, "/Properties"), 400),
        ("no properties", json!({ "RelyingParty": "http://auth.xboxlive.com", "TokenType": "JWT" }), 400),
    ];
    for (what, body, status) in rules {
        let refused = raw(program.user_request(&body).send().await.unwrap()).await;
        assert_eq!(refused, (status, String::new()), "{what}");
    }
    assert_eq!(answer(program.user_request(&right)).await.0, 200);
}

#[tokio::test]
async fn the_contract_header_and_the_media_type_are_required() {
    let program = Program::new(Setup::default()).await;
    let access = program.access("curtis@example.com").await;
    let addresses = program.fakes.addresses();
    let user = program.user("curtis@example.com").await;
    for (url, body) in [(&addresses.user, user_body(&access)), (&addresses.xsts, xsts_body(HALO, &user))] {
        let without_header = program.http.post(url).json(&body);
        let other_version = program.http.post(url).header("x-xbl-contract-version", "2").json(&body);
        let as_text = program.http.post(url).header("x-xbl-contract-version", "1");
        let as_text = as_text.header(CONTENT_TYPE, "text/plain").body(body.to_string());
        for request in [without_header, other_version, as_text] {
            assert_eq!(answer(request).await.0, 400);
        }
    }
}

#[tokio::test]
async fn each_broken_rule_of_xsts_is_refused() {
    let program = Program::new(Setup::default()).await;
    let user = program.user("curtis@example.com").await;
    let right = xsts_body(HALO, &user);
    let rules = [
        ("a token never issued", changed(&right, "/Properties/UserTokens/0", "eyJ".into()), 401),
        ("no token", changed(&right, "/Properties/UserTokens", json!([])), 400),
        ("two tokens", changed(&right, "/Properties/UserTokens", json!([user, user])), 400),
        ("sandbox", changed(&right, "/Properties/SandboxId", "XDKS.1".into()), 401),
        ("token type", changed(&right, "/TokenType", "JWE".into()), 400),
        ("no address", changed(&right, "/RelyingParty", "prod.xsts.halowaypoint.com".into()), 400),
        ("an extra field", extended(&right, ""), 400),
        ("an extra property", extended(&right, "/Properties"), 400),
    ];
    for (what, body, status) in rules {
        assert_eq!(answer(program.xsts_request(&body)).await.0, status, "{what}");
    }
    assert_eq!(answer(program.xsts_request(&right)).await.0, 200);
}

#[tokio::test]
async fn only_xbox_live_is_told_who_it_is_and_each_relying_party_is_counted_apart() {
    let program = Program::new(Setup::default()).await;
    let user = program.user("curtis@example.com").await;
    for (relying_party, claims) in [(XBOX_LIVE, 7), (HALO, 1), ("https://prod.xsts.halowaypoint.com", 1)] {
        let (status, body) = answer(program.xsts_request(&xsts_body(relying_party, &user))).await;
        assert_eq!(status, 200);
        let xui = body["DisplayClaims"]["xui"][0].as_object().unwrap();
        assert_eq!(xui.len(), claims, "{relying_party}");
        assert_eq!(body["NotAfter"].as_str().unwrap().len(), "2026-11-21T09:00:00.1234567Z".len());
    }
    for endpoint in [Endpoint::XstsXbox, Endpoint::XstsHalo, Endpoint::XstsOther] {
        assert_eq!(program.fakes.count(endpoint), 1);
    }
}

#[tokio::test]
async fn accounts_that_xbox_does_not_let_in_get_their_xerr() {
    let program = Program::new(Setup::default()).await;
    for (email, xerr, page) in [
        ("child@example.com", 2_148_916_238_u64, "AddChildToFamily"),
        ("no-profile@example.com", 2_148_916_233, "CreateAccount"),
    ] {
        let user = program.user(email).await;
        let (status, body) = answer(program.xsts_request(&xsts_body(HALO, &user))).await;
        let redirect = format!("https://start.ui.xboxlive.com/{page}");
        assert_eq!(
            (status, body),
            (401, json!({ "Identity": "0", "XErr": xerr, "Message": "", "Redirect": redirect }))
        );
    }
}

#[tokio::test]
async fn access_and_user_tokens_die_of_age() {
    let short = Duration::from_millis(500);
    let program = Program::new(Setup { lives: Lives { access: short, ..Lives::default() }, ..Setup::default() }).await;
    let access = program.access("curtis@example.com").await;
    tokio::time::sleep(short).await;
    assert_eq!(answer(program.user_request(&user_body(&access))).await.0, 401);

    let program = Program::new(Setup { lives: Lives { user: short, ..Lives::default() }, ..Setup::default() }).await;
    let user = program.user("curtis@example.com").await;
    tokio::time::sleep(short).await;
    let (status, body) = answer(program.xsts_request(&xsts_body(HALO, &user))).await;
    assert_eq!((status, body["XErr"].as_u64()), (401, Some(2_148_916_255)));
}

fn changed(right: &Value, pointer: &str, value: Value) -> Value {
    let mut body = right.clone();
    *body.pointer_mut(pointer).unwrap() = value;
    body
}

fn extended(right: &Value, pointer: &str) -> Value {
    let mut body = right.clone();
    body.pointer_mut(pointer).unwrap()["Extra"] = true.into();
    body
}
