//! Device codes: how a program gets one, what each poll returns, and the page for people.

use std::time::Duration;

use serde_json::Value;
use spartan_fakes::{CONFIDENTIAL_CLIENT_ID, Endpoint, Lives, Pick, Setup};
use tokio::time::sleep;

use crate::program::{Host, Program, answer, device_form, poll_form, raw, refresh_form, text, user_body, with};

const CURTIS: &str = "curtis@example.com";

#[tokio::test]
async fn a_device_is_told_its_codes_where_they_go_and_how_often_to_ask() {
    let program = Program::new(Setup::default()).await;
    let (status, device) = program.device(&device_form()).await;
    assert_eq!(status, 200, "{device}");
    assert_eq!((&device["expires_in"], &device["interval"]), (&900.into(), &5.into()));
    let (page, code) = (text(&device, "verification_uri"), text(&device, "user_code"));
    assert_eq!(page, program.fakes.addresses().link);
    assert!(code.len() == 8 && text(&device, "device_code").len() > 100);
    let message = text(&device, "message");
    assert!(message.contains(&page) && message.contains(&code));
    assert_eq!(program.fakes.count(Endpoint::DeviceCode), 1);
}

#[tokio::test]
async fn each_broken_rule_of_asking_for_a_code_is_refused() {
    let rules: [(&str, Option<&str>, &str); 6] = [
        ("client_id", None, "invalid_request"),
        ("client_id", Some("00000000-0000-0000-0000-000000000000"), "unauthorized_client"),
        ("client_id", Some(CONFIDENTIAL_CLIENT_ID), "invalid_client"),
        ("scope", None, "invalid_request"),
        ("scope", Some("XboxLive.signin"), "invalid_scope"),
        ("scope", Some("Xboxlive.signin Xboxlive.offline_access"), "invalid_scope"),
    ];
    let program = Program::new(Setup::default()).await;
    for (name, value, error) in rules {
        let (status, body) = program.device(&with(device_form(), name, value)).await;
        assert_eq!(body["error"], error, "{name} {value:?}");
        assert_eq!(status, if error == "invalid_client" { 401 } else { 400 }, "{name} {value:?}");
    }
}

#[tokio::test]
async fn only_an_app_with_public_flows_on_gets_a_code() {
    let mut setup = Setup::default();
    setup.apps[0].public_flows = false;
    let program = Program::new(setup).await;
    assert_eq!(program.device(&device_form()).await.1["error"], "invalid_client");
}

#[tokio::test]
async fn the_device_waits_for_the_person_and_gets_its_tokens_once() {
    let program = Program::new(quick()).await;
    let (_, device) = program.device(&device_form()).await;
    assert_eq!(refused(&program, &device).await, "authorization_pending");
    assert!(program.fakes.approve(&text(&device, "user_code").to_lowercase(), &Pick::Account(CURTIS.into())));
    let (status, grant) = program.poll(&device).await;
    assert_eq!(status, 200, "{grant}");
    assert_eq!(answer(program.user_request(&user_body(&text(&grant, "access_token")))).await.0, 200);
    let renew = refresh_form(Host::Consumers, &text(&grant, "refresh_token"));
    assert_eq!(program.token(Host::Consumers, &renew).await.0, 200);
    assert_eq!(refused(&program, &device).await, "invalid_grant");
    assert_eq!(program.fakes.count(Endpoint::Token), 4);
}

#[tokio::test]
async fn a_person_who_declines_ends_it() {
    let program = Program::new(quick()).await;
    let (_, device) = program.device(&device_form()).await;
    assert!(program.fakes.approve(&text(&device, "user_code"), &Pick::Cancel));
    assert_eq!(refused(&program, &device).await, "authorization_declined");
    assert!(!program.fakes.approve(&text(&device, "user_code"), &Pick::Account(CURTIS.into())));
}

#[tokio::test]
async fn a_poll_that_comes_too_soon_is_told_to_slow_down() {
    let program = Program::new(Setup::default()).await;
    let (_, device) = program.device(&device_form()).await;
    assert_eq!(refused(&program, &device).await, "authorization_pending");
    assert_eq!(refused(&program, &device).await, "slow_down");
}

#[tokio::test]
async fn a_device_code_dies_of_age() {
    let lives = Lives { device_code: Duration::from_millis(200), ..Lives::default() };
    let program = Program::new(Setup { lives, ..quick() }).await;
    let (_, device) = program.device(&device_form()).await;
    sleep(Duration::from_millis(300)).await;
    assert_eq!(refused(&program, &device).await, "expired_token");
    assert!(!program.fakes.approve(&text(&device, "user_code"), &Pick::Cancel));
}

#[tokio::test]
async fn a_strange_code_is_refused_and_live_knows_none() {
    let program = Program::new(quick()).await;
    let (_, device) = program.device(&device_form()).await;
    let strange = poll_form("GAQABAAEAAAAunknown");
    assert_eq!(program.token(Host::Consumers, &strange).await.1["error"], "bad_verification_code");
    let right = poll_form(&text(&device, "device_code"));
    assert_eq!(program.token(Host::Live, &right).await.1["error"], "unsupported_grant_type");
    let without = with(right, "device_code", None);
    assert_eq!(program.token(Host::Consumers, &without).await.1["error"], "invalid_request");
}

#[tokio::test]
async fn the_page_takes_the_code_that_a_person_types_or_that_its_address_brings() {
    let program = Program::new(quick()).await;
    let link = &program.fakes.addresses().link;
    assert!(link.starts_with("http://127.0.0.1:"));
    let (_, device) = program.device(&device_form()).await;
    let code = text(&device, "user_code");
    let page = program.http.get(format!("{link}?otc={code}")).send().await.unwrap().text().await.unwrap();
    assert!(page.contains(&format!("value=\"{code}\"")) && page.contains("value=\"curtis@example.com\""));
    assert_eq!(program.fakes.count(Endpoint::Link), 1);

    let typed = async |code: &str, choice| {
        let form = [("user_code", code), choice];
        raw(program.http.post(link).form(&form).send().await.unwrap()).await
    };
    let curtis = ("account", CURTIS);
    assert_eq!(typed("NOTACODE", curtis).await.0, 400);
    let (status, page) = typed(&format!(" {} ", code.to_lowercase()), curtis).await;
    assert!(status == 200 && page.contains("You have signed in"));
    assert_eq!(program.poll(&device).await.0, 200);

    let (_, device) = program.device(&device_form()).await;
    let (status, page) = typed(&text(&device, "user_code"), ("cancel", "cancel")).await;
    assert!(status == 200 && page.contains("You have cancelled"));
    assert_eq!(refused(&program, &device).await, "authorization_declined");
}

/// Returns mock services that can be polled without a pause.
fn quick() -> Setup {
    Setup { poll_interval: Duration::ZERO, ..Setup::default() }
}

async fn refused(program: &Program, device: &Value) -> String {
    let (status, body) = program.poll(device).await;
    assert_eq!(status, 400, "{body}");
    text(&body, "error")
}
