//! The whole chain, run correctly.

use serde_json::{Value, json};
use spartan_fakes::{Endpoint, Kind, Setup};

use crate::program::{
    HALO, Host, Program, XBOX_LIVE, answer, code_form, raw, refresh_form, right_query, spartan_body, text, user_body,
    with, xsts_body,
};

#[tokio::test]
async fn both_hosts_lead_to_a_spartan_token_a_clearance_and_a_profile() {
    let program = Program::new(Setup::default()).await;
    for host in [Host::Consumers, Host::Live] {
        let (status, grant) = program.token(host, &code_form(host, &program.code(host))).await;
        assert_eq!(status, 200, "{grant}");
        assert_eq!(grant["expires_in"], 3600);
        match host {
            Host::Consumers => {
                assert_eq!(grant["token_type"], "Bearer");
                assert_eq!(grant["ext_expires_in"], 3600);
                assert!(grant.get("user_id").is_none());
            }
            Host::Live => {
                assert_eq!(grant["token_type"], "bearer");
                assert!(grant["user_id"].is_string());
            }
        }
        let (_, user) = answer(program.user_request(&user_body(&text(&grant, "access_token")))).await;
        let (_, xbox) = answer(program.xsts_request(&xsts_body(XBOX_LIVE, &text(&user, "Token")))).await;
        let (_, halo) = answer(program.xsts_request(&xsts_body(HALO, &text(&user, "Token")))).await;
        assert_eq!(xbox["DisplayClaims"]["xui"][0]["gtg"], "aCurtis X89");
        assert_eq!(xbox["DisplayClaims"]["xui"][0]["xid"], "2533274855333605");
        assert_eq!(xbox["DisplayClaims"]["xui"][0]["uhs"], user["DisplayClaims"]["xui"][0]["uhs"]);

        let (status, spartan) = answer(program.spartan_request(&spartan_body(&text(&halo, "Token")))).await;
        assert_eq!(status, 201);
        assert_eq!(text(&spartan, "SpartanToken"), program.last(Kind::Spartan));
        assert_eq!(text(&spartan["ExpiresUtc"], "ISO8601Date")[..19], text(&halo, "NotAfter")[..19]);

        let clearance = program.clearance_request(&text(&spartan, "SpartanToken")).send().await.unwrap();
        assert!(clearance.headers().contains_key("expires"));
        let clearance: Value = clearance.json().await.unwrap();
        let profile = program.http.get(&program.fakes.addresses().profile);
        let profile = profile.header("x-343-authorization-spartan", text(&spartan, "SpartanToken"));
        let (status, profile) =
            answer(profile.header("343-clearance", text(&clearance, "FlightConfigurationId"))).await;
        assert_eq!((status, text(&profile, "gamertag")), (200, "aCurtis X89".into()));
    }
    let aside = [
        Endpoint::InstanceDiscovery,
        Endpoint::OpenidConfiguration,
        Endpoint::DeviceCode,
        Endpoint::Link,
        Endpoint::XstsOther,
    ];
    for (endpoint, count) in program.fakes.counts() {
        assert_eq!(count, if aside.contains(&endpoint) { 0 } else { 2 }, "{endpoint:?}");
    }
}

#[tokio::test]
async fn a_confidential_app_signs_in_with_its_secret() {
    let program = Program::new(Setup::default()).await;
    let app = program.confidential();
    let secret = app.secret.as_deref();
    for host in [Host::Consumers, Host::Live] {
        let query = with(right_query(host), "client_id", Some(&app.client_id));
        let code =
            program.code_for(host, "curtis@example.com", &with(query, "redirect_uri", Some("https://localhost")));
        let form = with(code_form(host, &code), "client_id", Some(&app.client_id));
        let form = with(with(form, "redirect_uri", Some("https://localhost")), "client_secret", secret);
        let (status, grant) = program.token(host, &form).await;
        assert_eq!(status, 200, "{grant}");
        let form = with(refresh_form(host, &text(&grant, "refresh_token")), "client_id", Some(&app.client_id));
        assert_eq!(program.token(host, &with(form, "client_secret", secret)).await.0, 200);
    }
}

#[tokio::test]
async fn every_answer_carries_the_time_and_xbox_its_correlation_ids() {
    let program = Program::new(Setup::default()).await;
    let access = program.access("curtis@example.com").await;
    let response = program.user_request(&user_body(&access)).send().await.unwrap();
    for name in ["date", "ms-cv", "x-xblcorrelationid"] {
        assert!(response.headers().contains_key(name), "{name}");
    }
    assert_eq!(raw(response).await.0, 200);
}

#[tokio::test]
async fn the_stand_ins_clock_can_be_wrong() {
    let ahead = jiff::SignedDuration::from_hours(3);
    let program = Program::new(Setup { clock_ahead: ahead, ..Setup::default() }).await;
    let response = program.user_request(&Value::Null).send().await.unwrap();
    let date = response.headers()["date"].to_str().unwrap();
    let date = jiff::fmt::rfc2822::parse(&date.replace("GMT", "+0000")).unwrap().timestamp();
    let off = date.duration_since(jiff::Timestamp::now()) - ahead;
    assert!(off.abs() < jiff::SignedDuration::from_secs(5), "{off}");
}

#[tokio::test]
async fn answers_have_the_fields_of_recorded_ones() {
    let program = Program::new(Setup::default()).await;
    let (_, grant) = program.token(Host::Live, &code_form(Host::Live, &program.code(Host::Live))).await;
    let (_, user) = answer(program.user_request(&user_body(&text(&grant, "access_token")))).await;
    let (_, xbox) = answer(program.xsts_request(&xsts_body(XBOX_LIVE, &text(&user, "Token")))).await;
    let (_, halo) = answer(program.xsts_request(&xsts_body(HALO, &text(&user, "Token")))).await;
    let (_, spartan) = answer(program.spartan_request(&spartan_body(&text(&halo, "Token")))).await;
    let (_, clearance) = answer(program.clearance_request(&text(&spartan, "SpartanToken"))).await;

    let token = |claims: &[&str]| {
        let claims: Value = claims.iter().map(|name| ((*name).to_owned(), Value::from("text"))).collect();
        json!({ "IssueInstant": "text", "NotAfter": "text", "Token": "text", "DisplayClaims": { "xui": [claims] } })
    };
    let recorded_grant = json!({
        "token_type": "text", "expires_in": "number", "scope": "text",
        "access_token": "text", "refresh_token": "text", "user_id": "text",
    });
    let recorded_spartan =
        json!({ "SpartanToken": "text", "ExpiresUtc": { "ISO8601Date": "text" }, "TokenDuration": "text" });
    assert_eq!(shape(&grant), recorded_grant);
    assert_eq!(shape(&user), token(&["uhs"]));
    assert_eq!(shape(&xbox), token(&["gtg", "xid", "uhs", "agg", "usr", "utr", "prv"]));
    assert_eq!(shape(&halo), token(&["uhs"]));
    assert_eq!(shape(&spartan), recorded_spartan);
    assert_eq!(shape(&clearance), json!({ "FlightConfigurationId": "text" }));
}

/// Returns a value without its texts and numbers: names, nesting and types remain.
fn shape(value: &Value) -> Value {
    match value {
        Value::Object(fields) => fields.iter().map(|(name, field)| (name.clone(), shape(field))).collect(),
        Value::Array(items) => items.iter().map(shape).collect(),
        Value::String(_) => "text".into(),
        Value::Number(_) => "number".into(),
        Value::Null | Value::Bool(_) => value.clone(),
    }
}
