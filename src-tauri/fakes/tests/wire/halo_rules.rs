//! Halo's rules, each broken separately.

use std::time::Duration;

use serde_json::{Value, json};
use spartan_fakes::{Lives, Setup};

use crate::program::{HALO, Program, XBOX_LIVE, answer, raw, spartan_body};

#[tokio::test]
async fn each_broken_rule_of_the_spartan_token_is_refused() {
    let program = Program::new(Setup::default()).await;
    let halo = program.xsts(HALO).await;
    let right = spartan_body(&halo);
    let changed = |pointer: &str, value: Value| {
        let mut body = right.clone();
        *body.pointer_mut(pointer).unwrap() = value;
        body
    };
    let mut extended = right.clone();
    extended["Extra"] = true.into();
    let without_slash = program.xsts("https://prod.xsts.halowaypoint.com").await;
    let rules = [
        ("version as a number", changed("/MinVersion", json!(4)), 400),
        ("another version", changed("/MinVersion", "3".into()), 400),
        ("audience", changed("/Audience", "urn:343:s3".into()), 400),
        ("token type", changed("/Proof/0/TokenType", "Xbox_XSTSv2".into()), 400),
        ("no proof", changed("/Proof", json!([])), 400),
        ("an extra field", extended, 400),
        ("a token never issued", spartan_body("eyJ"), 401),
        ("a token for Xbox Live", spartan_body(&program.xsts(XBOX_LIVE).await), 401),
        ("a token for the relying party without its slash", spartan_body(&without_slash), 401),
    ];
    for (what, body, status) in rules {
        let response = program.spartan_request(&body).send().await.unwrap();
        assert!(response.headers()["content-type"].to_str().unwrap().starts_with("text/plain"), "{what}");
        assert_eq!(raw(response).await.0, status, "{what}");
    }
    assert_eq!(answer(program.spartan_request(&right)).await.0, 201);
}

#[tokio::test]
async fn without_the_accept_header_the_answer_is_xml() {
    let program = Program::new(Setup::default()).await;
    let halo = program.xsts(HALO).await;
    let request = program.http.post(&program.fakes.addresses().spartan).json(&spartan_body(&halo));
    let (status, body) = raw(request.send().await.unwrap()).await;
    assert_eq!(status, 201);
    assert!(body.starts_with("<?xml") && body.contains("<SpartanToken>v4=") && body.contains("<TokenDuration>PT3H59M"));
}

#[tokio::test]
async fn clearance_and_profile_want_a_live_spartan_token() {
    let program = Program::new(Setup::default()).await;
    let spartan = program.spartan().await;
    let (_, clearance) = answer(program.clearance_request(&spartan)).await;
    let clearance = clearance["FlightConfigurationId"].as_str().unwrap();
    assert_eq!(answer(program.http.get(&program.fakes.addresses().clearance)).await.0, 401);
    assert_eq!(answer(program.clearance_request("v4=unknown")).await.0, 401);
    let profile = |spartan, clearance| {
        let request = program.http.get(&program.fakes.addresses().profile);
        answer(request.header("x-343-authorization-spartan", spartan).header("343-clearance", clearance))
    };
    assert_eq!(profile(spartan.as_str(), "another").await.0, 401);
    assert_eq!(profile("v4=unknown", clearance).await.0, 401);
    assert_eq!(profile(spartan.as_str(), clearance).await.0, 200);
}

#[tokio::test]
async fn a_spartan_token_dies_with_the_token_it_was_made_from() {
    let life = Duration::from_secs(2);
    let lives = Lives { xsts_halo: life, ..Lives::default() };
    let program = Program::new(Setup { lives, ..Setup::default() }).await;
    let halo = program.xsts(HALO).await;
    let made = tokio::time::Instant::now();
    let (_, spartan) = answer(program.spartan_request(&spartan_body(&halo))).await;
    let spartan = spartan["SpartanToken"].as_str().unwrap();
    assert_eq!(answer(program.clearance_request(spartan)).await.0, 200);
    tokio::time::sleep_until(made + life).await;
    assert_eq!(answer(program.clearance_request(spartan)).await.0, 401);
    assert_eq!(answer(program.spartan_request(&spartan_body(&halo))).await.0, 401);
}
