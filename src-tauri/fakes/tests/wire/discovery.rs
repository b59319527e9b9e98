//! What Microsoft's own libraries request beyond OAuth: the endpoints, and who signed in.

use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use serde_json::Value;
use spartan_fakes::{Endpoint, PUBLIC_CLIENT_ID, Setup};

use crate::program::{Host, Program, answer, code_form, device_form, encoded, refresh_form, right_query, text, with};

const SCOPES: &str = "XboxLive.signin offline_access openid profile";

#[tokio::test]
async fn the_configuration_names_the_stand_ins_own_endpoints() {
    let program = Program::new(Setup::default()).await;
    let addresses = program.fakes.addresses();
    let (status, body) = answer(program.http.get(&addresses.configuration)).await;
    assert_eq!(status, 200);
    assert_eq!(text(&body, "authorization_endpoint"), addresses.consumers.authorize);
    assert_eq!(text(&body, "token_endpoint"), addresses.consumers.token);
    assert_eq!(text(&body, "device_authorization_endpoint"), addresses.device_code);
    assert_eq!(program.fakes.count(Endpoint::OpenidConfiguration), 1);
}

#[tokio::test]
async fn microsofts_hosts_are_told_to_a_whole_request() {
    let program = Program::new(Setup::default()).await;
    let addresses = program.fakes.addresses();
    let query = vec![("api-version", "1.1".into()), ("authorization_endpoint", addresses.consumers.authorize.clone())];
    let whole = format!("{}?{}", addresses.instances, encoded(&query));
    let (status, body) = answer(program.http.get(whole)).await;
    assert_eq!((status, text(&body, "tenant_discovery_endpoint")), (200, addresses.configuration.clone()));
    let aliases = body["metadata"][0]["aliases"].as_array().unwrap();
    assert!(aliases.contains(&"login.microsoftonline.com".into()));
    assert_eq!(answer(program.http.get(&addresses.instances)).await.0, 400);
    assert_eq!(program.fakes.count(Endpoint::InstanceDiscovery), 2);
}

#[tokio::test]
async fn who_signed_in_is_told_only_where_it_is_asked_for() {
    let program = Program::new(Setup::default()).await;
    let plain = code_form(Host::Consumers, &program.code(Host::Consumers));
    let (_, grant) = program.token(Host::Consumers, &plain).await;
    assert!(grant.get("id_token").is_none() && grant.get("client_info").is_none());

    let query = with(with(right_query(Host::Consumers), "scope", Some(SCOPES)), "nonce", Some("once"));
    let code = program.code_for(Host::Consumers, "curtis@example.com", &query);
    let form = with(code_form(Host::Consumers, &code), "scope", Some(SCOPES));
    let (_, grant) = program.token(Host::Consumers, &with(form, "client_info", Some("1"))).await;
    let signed_in = claims(&grant);
    assert_eq!((&signed_in["nonce"], &signed_in["aud"]), (&"once".into(), &PUBLIC_CLIENT_ID.into()));
    assert_eq!(signed_in["preferred_username"], "curtis@example.com");
    assert_eq!(unpacked(&text(&grant, "client_info"))["uid"], signed_in["oid"]);

    let form = with(refresh_form(Host::Consumers, &text(&grant, "refresh_token")), "scope", Some(SCOPES));
    let renewed = claims(&program.token(Host::Consumers, &form).await.1);
    assert_eq!((&renewed["sub"], &renewed["nonce"]), (&signed_in["sub"], &Value::Null));
}

#[tokio::test]
async fn a_device_that_asks_for_it_is_told_who_signed_in() {
    let program = Program::new(Setup::default()).await;
    let (_, device) = program.device(&with(device_form(), "scope", Some(SCOPES))).await;
    let pick = spartan_fakes::Pick::Account("sixpounder@example.com".into());
    assert!(program.fakes.approve(&text(&device, "user_code"), &pick));
    let (_, grant) = program.poll(&device).await;
    assert_eq!(claims(&grant)["preferred_username"], "sixpounder@example.com");
}

/// Returns the claims of a grant's ID token.
fn claims(grant: &Value) -> Value {
    unpacked(text(grant, "id_token").split('.').nth(1).unwrap())
}

fn unpacked(text: &str) -> Value {
    serde_json::from_slice(&URL_SAFE_NO_PAD.decode(text).unwrap()).unwrap()
}
