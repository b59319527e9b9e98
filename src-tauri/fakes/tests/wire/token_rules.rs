//! The token endpoint's rules, each broken separately.

use std::{collections::BTreeMap, time::Duration};

use spartan_fakes::{CONFIDENTIAL_CLIENT_ID, Lives, PUBLIC_CLIENT_ID, Setup};

use crate::program::{Host, Pairs, Program, answer, code_form, refresh_form, right_query, text, with};

#[tokio::test]
async fn each_broken_rule_of_the_code_exchange_is_refused_and_leaves_the_code_good() {
    let rules: [(&str, Option<&str>, &str); 14] = [
        ("grant_type", None, "invalid_request"),
        ("grant_type", Some("password"), "unsupported_grant_type"),
        ("code", None, "invalid_request"),
        ("code", Some("M.C535_BL2.2.U.unknown"), "invalid_grant"),
        ("redirect_uri", None, "invalid_request"),
        ("redirect_uri", Some("http://localhost:49153"), "invalid_grant"),
        ("client_id", None, "invalid_request"),
        ("client_id", Some("00000000-0000-0000-0000-000000000000"), "unauthorized_client"),
        ("scope", Some("openid"), "invalid_scope"),
        ("code_verifier", None, "invalid_grant"),
        ("code_verifier", Some("dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXK"), "invalid_grant"),
        ("code_verifier", Some("short"), "invalid_grant"),
        ("client_secret", Some("anything"), "invalid_request"),
        ("client_secret", Some(""), "invalid_request"),
    ];
    let program = Program::new(Setup::default()).await;
    let code = program.code(Host::Consumers);
    let right = code_form(Host::Consumers, &code);
    for (name, value, error) in rules {
        let (status, body) = program.token(Host::Consumers, &with(right.clone(), name, value)).await;
        assert_eq!(body["error"], error, "{name} {value:?}");
        assert_eq!(status, if error == "invalid_client" { 401 } else { 400 }, "{name} {value:?}");
        assert!(text(&body, "error_description").starts_with("AADSTS"));
        assert!(body["error_codes"][0].is_number() && body["trace_id"].is_string() && body["timestamp"].is_string());
    }
    assert_eq!(program.token(Host::Consumers, &right).await.0, 200);
}

#[tokio::test]
async fn live_refuses_in_its_own_words() {
    let rules: [(&str, Option<&str>, &str); 4] = [
        ("client_id", Some("00000000-0000-0000-0000-000000000000"), "unauthorized_client"),
        ("client_secret", Some(""), "invalid_request"),
        ("code_verifier", None, "invalid_grant"),
        ("scope", Some("XboxLive.signin offline_access"), "invalid_scope"),
    ];
    let program = Program::new(Setup::default()).await;
    let right = code_form(Host::Live, &program.code(Host::Live));
    for (name, value, error) in rules {
        let (status, body) = program.token(Host::Live, &with(right.clone(), name, value)).await;
        assert_eq!((status, text(&body, "error")), (400, error.into()), "{name} {value:?}");
        assert_eq!(body.as_object().unwrap().len(), 2, "error and error_description alone");
    }
}

#[tokio::test]
async fn only_a_form_without_an_origin_is_taken() {
    let program = Program::new(Setup::default()).await;
    let form = code_form(Host::Consumers, &program.code(Host::Consumers));
    let url = &program.host(Host::Consumers).token;
    let fields: BTreeMap<_, _> = form.iter().cloned().collect();
    let (_, as_json) = answer(program.http.post(url).json(&fields)).await;
    let (_, from_a_page) = answer(program.http.post(url).form(&form).header("origin", "tauri://localhost")).await;
    let mut twice = form.clone();
    twice.push(("client_id", PUBLIC_CLIENT_ID.into()));
    let (_, twice) = answer(program.http.post(url).form(&twice)).await;
    for refused in [as_json, from_a_page, twice] {
        assert_eq!(refused["error"], "invalid_request");
    }
}

#[tokio::test]
async fn a_code_is_good_once_on_its_own_host_for_its_own_app() {
    let program = Program::new(Setup::default()).await;
    let form = code_form(Host::Consumers, &program.code(Host::Consumers));
    let elsewhere = code_form(Host::Live, &form[1].1);
    assert_eq!(program.token(Host::Live, &elsewhere).await.1["error"], "invalid_grant");
    let app = program.confidential();
    let others = with(form.clone(), "client_id", Some(&app.client_id));
    let others = with(others, "client_secret", app.secret.as_deref());
    assert_eq!(program.token(Host::Consumers, &others).await.1["error"], "invalid_grant");
    assert_eq!(program.token(Host::Consumers, &form).await.0, 200);
    assert_eq!(program.token(Host::Consumers, &form).await.1["error"], "invalid_grant");
}

#[tokio::test]
async fn a_verifier_without_a_challenge_is_refused() {
    let program = Program::new(Setup::default()).await;
    let query = with(with(right_query(Host::Consumers), "code_challenge", None), "code_challenge_method", None);
    let form = code_form(Host::Consumers, &program.code_for(Host::Consumers, "curtis@example.com", &query));
    assert_eq!(program.token(Host::Consumers, &form).await.1["error"], "invalid_grant");
    assert_eq!(program.token(Host::Consumers, &with(form, "code_verifier", None)).await.0, 200);
}

#[tokio::test]
async fn a_confidential_app_must_prove_itself() {
    let program = Program::new(Setup::default()).await;
    let refresh = program.fakes.seed_refresh_token(CONFIDENTIAL_CLIENT_ID, "curtis@example.com").unwrap();
    for (host, status) in [(Host::Consumers, 401), (Host::Live, 400)] {
        let form = with(refresh_form(host, &refresh), "client_id", Some(CONFIDENTIAL_CLIENT_ID));
        for secret in [None, Some(""), Some("wrong")] {
            let (got, body) = program.token(host, &with(form.clone(), "client_secret", secret)).await;
            assert_eq!((got, text(&body, "error")), (status, "invalid_client".into()));
        }
    }
}

#[tokio::test]
async fn a_code_dies_of_age() {
    let lives = Lives { code: Duration::from_millis(300), ..Lives::default() };
    let program = Program::new(Setup { lives, ..Setup::default() }).await;
    let form = code_form(Host::Consumers, &program.code(Host::Consumers));
    tokio::time::sleep(Duration::from_millis(400)).await;
    assert_eq!(program.token(Host::Consumers, &form).await.1["error"], "invalid_grant");
}

#[tokio::test]
async fn a_refresh_token_works_until_its_successor_is_first_used() {
    let program = Program::new(Setup::default()).await;
    let first = program.fakes.seed_refresh_token(PUBLIC_CLIENT_ID, "curtis@example.com").unwrap();
    let second = renewed(&program, &first).await.unwrap();
    let third = renewed(&program, &first).await.expect("the successor has not been used");
    assert!(first != second && second != third);
    renewed(&program, &second).await.expect("the first use");
    assert_eq!(renewed(&program, &first).await, Err("invalid_grant".into()));
    renewed(&program, &third).await.expect("no successor of its own has been used");
}

#[tokio::test]
async fn a_refresh_token_belongs_to_its_app_and_ends_when_revoked() {
    let program = Program::new(Setup::default()).await;
    let others = program.fakes.seed_refresh_token(CONFIDENTIAL_CLIENT_ID, "curtis@example.com").unwrap();
    assert_eq!(renewed(&program, &others).await, Err("invalid_grant".into()));
    let own = program.fakes.seed_refresh_token(PUBLIC_CLIENT_ID, "curtis@example.com").unwrap();
    program.fakes.revoke();
    assert_eq!(renewed(&program, &own).await, Err("invalid_grant".into()));
    let later = program.fakes.seed_refresh_token(PUBLIC_CLIENT_ID, "curtis@example.com").unwrap();
    renewed(&program, &later).await.expect("a sign-in after the revocation");
}

/// Returns the refresh token that follows this one, or the name of the refusal.
async fn renewed(program: &Program, refresh_token: &str) -> Result<String, String> {
    let form: Pairs = refresh_form(Host::Consumers, refresh_token);
    match program.token(Host::Consumers, &form).await {
        (200, body) => Ok(text(&body, "refresh_token")),
        (_, body) => Err(text(&body, "error")),
    }
}
