//! The control address: a test in another process can do everything that one in this process can.

use std::time::Duration;

use serde_json::{Value, json};
use spartan_fakes::{Endpoint, Kind, PUBLIC_CLIENT_ID, Secret, Setup};
use tokio::{io::AsyncReadExt as _, net::TcpStream, time::sleep};
use url::Url;

use crate::program::{
    Host, Program, VERIFIER, answer, code_form, device_form, param, raw, refresh_form, right_query, text,
};

#[tokio::test]
async fn counts_and_secrets_are_told() {
    let program = Program::new(Setup::default()).await;
    program.spartan().await;
    let control = &program.fakes.addresses().control;
    let (_, counts) = answer(program.http.get(format!("{control}/counts"))).await;
    assert_eq!((&counts["spartan"], &counts["xsts_other"]), (&json!(1), &json!(0)));
    assert_eq!(counts.as_object().unwrap().len(), Endpoint::ALL.len());

    let (_, issued) = answer(program.http.get(format!("{control}/issued"))).await;
    let issued: Vec<Secret> = serde_json::from_value(issued).unwrap();
    assert_eq!(issued, program.fakes.issued());
    let kinds =
        [Kind::ClientSecret, Kind::Code, Kind::Verifier, Kind::Access, Kind::Refresh, Kind::User, Kind::XstsHalo];
    for kind in kinds.into_iter().chain([Kind::Spartan]) {
        assert!(issued.iter().any(|secret| secret.kind == kind), "{kind:?}");
    }
    assert_eq!(program.last(Kind::Verifier), VERIFIER);
}

#[tokio::test]
async fn connections_and_requests_are_told_by_host() {
    let program = Program::new(Setup::default()).await;
    program.spartan().await;
    let control = &program.fakes.addresses().control;
    for told in ["connections", "requests"] {
        let (_, hosts) = answer(program.http.get(format!("{control}/{told}"))).await;
        assert_eq!(hosts["settings.svc.halowaypoint.com"], 1, "{told}");
        assert_eq!(hosts["login.live.com"], 0, "{told}");
        assert_eq!(hosts.as_object().unwrap().len(), 7, "{told}");
    }
}

#[tokio::test]
async fn the_list_of_revoked_certificates_is_there_for_who_asks_before_trusting_one() {
    let program = Program::new(Setup::default()).await;
    let list = program.http.get(format!("{}/revoked", program.fakes.addresses().control)).send().await.unwrap();
    assert_eq!(
        (list.status().as_u16(), &list.headers()["content-type"]),
        (200, &"application/pkix-crl".parse().unwrap())
    );
    let list = list.bytes().await.unwrap();
    // A DER sequence of more than 127 bytes.
    assert!([[0x30, 0x81], [0x30, 0x82]].contains(&list[..2].try_into().unwrap()), "{list:?}");
}

#[tokio::test]
async fn faults_are_ordered_and_taken_back() {
    let program = Program::new(Setup::default()).await;
    let spartan = program.spartan().await;
    let faults = format!("{}/faults", program.fakes.addresses().control);
    let order = |times: Value| {
        let fault = json!({ "kind": "status", "status": 503, "headers": {}, "body": "" });
        program.http.post(&faults).json(&json!({ "endpoint": "clearance", "fault": fault, "times": times }))
    };
    assert_eq!(answer(order(json!(1))).await.0, 204);
    assert_eq!(answer(program.clearance_request(&spartan)).await.0, 503);
    assert_eq!(answer(program.clearance_request(&spartan)).await.0, 200);

    assert_eq!(answer(order(json!("always"))).await.0, 204);
    assert_eq!(answer(program.clearance_request(&spartan)).await.0, 503);
    let heal_another = program.http.delete(&faults).json(&json!({ "endpoint": "user" }));
    assert_eq!(answer(heal_another).await.0, 204);
    assert_eq!(answer(program.clearance_request(&spartan)).await.0, 503);
    assert_eq!(answer(program.http.delete(&faults)).await.0, 204);
    assert_eq!(answer(program.clearance_request(&spartan)).await.0, 200);
}

#[tokio::test]
async fn refresh_tokens_are_seeded_and_revoked() {
    let program = Program::new(Setup::default()).await;
    let control = &program.fakes.addresses().control;
    let seed = json!({ "client_id": PUBLIC_CLIENT_ID, "account": "curtis@example.com" });
    let (status, seeded) = answer(program.http.post(format!("{control}/seed")).json(&seed)).await;
    assert_eq!(status, 200);
    let form = refresh_form(Host::Live, &text(&seeded, "refresh_token"));
    assert_eq!(program.token(Host::Live, &form).await.0, 200);
    assert_eq!(answer(program.http.post(format!("{control}/revoke"))).await.0, 204);
    assert_eq!(program.token(Host::Live, &form).await.1["error"], "invalid_grant");
}

#[tokio::test]
async fn a_person_signs_in_without_a_browser() {
    let program = Program::new(Setup::default()).await;
    let authorize = program.authorize_url(Host::Live, &right_query(Host::Live));
    let order = json!({ "authorize": authorize, "account": "curtis@example.com" });
    let sign_in = program.http.post(format!("{}/sign-in", program.fakes.addresses().control)).json(&order);
    let (status, back) = answer(sign_in).await;
    assert_eq!((status, param(&text(&back, "redirect"), "code")), (200, Some(program.last(Kind::Code))));
}

#[tokio::test]
async fn every_connection_ends_but_those_to_the_control_address() {
    let program = Program::new(Setup::default()).await;
    let control = &program.fakes.addresses().control;
    let host = Url::parse(&program.fakes.addresses().spartan).unwrap();
    let mut open = TcpStream::connect((host.host_str().unwrap(), host.port().unwrap())).await.unwrap();
    while program.fakes.connections(Endpoint::Spartan) == 0 {
        sleep(Duration::from_millis(1)).await;
    }
    assert_eq!(answer(program.http.post(format!("{control}/hang-up"))).await.0, 204);
    assert_eq!(open.read(&mut [0]).await.unwrap(), 0);
}

#[tokio::test]
async fn what_an_endpoint_issued_is_ended() {
    let program = Program::new(Setup::default()).await;
    let form = code_form(Host::Consumers, &program.code(Host::Consumers));
    let expire = program.http.post(format!("{}/expire", program.fakes.addresses().control));
    assert_eq!(answer(expire.json(&json!({ "endpoint": "authorize" }))).await.0, 204);
    assert_eq!(program.token(Host::Consumers, &form).await.1["error"], "invalid_grant");
}

#[tokio::test]
async fn a_devices_code_is_approved_or_declined() {
    let program = Program::new(Setup::default()).await;
    let control = &program.fakes.addresses().control;
    for (order, account, error) in
        [("approve", Some("curtis@example.com"), Value::Null), ("decline", None, json!("authorization_declined"))]
    {
        let (_, device) = program.device(&device_form()).await;
        let mut body = json!({ "user_code": device["user_code"] });
        if let Some(account) = account {
            body["account"] = account.into();
        }
        let send = || answer(program.http.post(format!("{control}/{order}")).json(&body));
        assert_eq!(send().await.0, 204);
        assert_eq!(send().await.0, 400, "it waits no longer");
        assert_eq!(program.poll(&device).await.1["error"], error);
    }
}

#[tokio::test]
async fn an_order_that_cannot_be_read_is_refused() {
    let program = Program::new(Setup::default()).await;
    let control = &program.fakes.addresses().control;
    let stranger = json!({ "client_id": PUBLIC_CLIENT_ID, "account": "nobody@example.com" });
    for (path, body) in [("faults", json!({ "endpoint": "moon" })), ("seed", stranger), ("expire", Value::Null)] {
        assert_eq!(answer(program.http.post(format!("{control}/{path}")).json(&body)).await.0, 400, "{path}");
    }
    let nowhere = program.http.get(format!("{control}/elsewhere")).send().await.unwrap();
    assert_eq!(raw(nowhere).await.0, 404);
}
