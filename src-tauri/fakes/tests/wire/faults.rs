//! Faults, as a client meets them on both versions of HTTP.

use std::{
    collections::BTreeMap,
    time::{Duration, Instant},
};

use reqwest::Client;
use spartan_fakes::{Endpoint, Fault, Kind, PUBLIC_CLIENT_ID, Setup, Times};

use crate::program::{Host, Program, answer, client, refresh_form, user_body};

#[tokio::test]
async fn a_status_comes_with_its_headers_and_body_as_often_as_ordered() {
    let program = Program::new(Setup::default()).await;
    let spartan = program.spartan().await;
    let headers = BTreeMap::from([("retry-after".to_owned(), "7".to_owned())]);
    let fault = Fault::Status { status: 429, headers, body: "{\"limitType\":\"burst\"}".into() };
    program.fakes.fail(Endpoint::Clearance, fault, Times::N(2));
    for _ in 0..2 {
        let response = program.clearance_request(&spartan).send().await.unwrap();
        assert_eq!(response.status(), 429);
        assert_eq!(response.headers()["retry-after"], "7");
        assert_eq!(response.text().await.unwrap(), "{\"limitType\":\"burst\"}");
    }
    assert_eq!(answer(program.clearance_request(&spartan)).await.0, 200);
    assert_eq!(program.fakes.count(Endpoint::Clearance), 3);
}

#[tokio::test]
async fn connections_end_in_mid_answer_or_before_it() {
    let program = Program::new(Setup::default()).await;
    let spartan = program.spartan().await;
    let url = &program.fakes.addresses().clearance;
    for http in both(&program) {
        for fault in [Fault::Reset, Fault::Drop] {
            program.fakes.fail(Endpoint::Clearance, fault.clone(), Times::Always);
            let sent = http.get(url).header("x-343-authorization-spartan", &spartan).send().await;
            match (fault, sent) {
                (Fault::Reset, Ok(response)) => assert!(response.bytes().await.is_err()),
                (Fault::Reset, Err(error)) => panic!("no beginning of an answer: {error}"),
                (_, sent) => assert!(sent.is_err()),
            }
            program.fakes.heal(Endpoint::Clearance);
        }
    }
}

#[tokio::test]
async fn a_reset_comes_after_the_effect_and_a_drop_before_it() {
    let program = Program::new(Setup::default()).await;
    let refresh = program.fakes.seed_refresh_token(PUBLIC_CLIENT_ID, "curtis@example.com").unwrap();
    let form = refresh_form(Host::Consumers, &refresh);
    let send = || program.http.post(&program.host(Host::Consumers).token).form(&form).send();
    program.fakes.fail(Endpoint::Token, Fault::Drop, Times::Once);
    assert!(send().await.is_err());
    assert_eq!(program.fakes.last(Kind::Access), None);
    program.fakes.fail(Endpoint::Token, Fault::Reset, Times::Once);
    assert!(send().await.unwrap().bytes().await.is_err());
    assert!(program.fakes.last(Kind::Access).is_some());
}

#[tokio::test]
async fn answers_hang_drip_and_never_end() {
    let program = Program::new(Setup::default()).await;
    let spartan = program.spartan().await;
    let url = &program.fakes.addresses().clearance;
    for http in both(&program) {
        let send = || http.get(url).header("x-343-authorization-spartan", &spartan).send();
        program.fakes.fail(Endpoint::Clearance, Fault::Hang, Times::Once);
        let hung = http.get(url).timeout(Duration::from_millis(300)).send().await;
        assert!(hung.unwrap_err().is_timeout());

        program.fakes.fail(Endpoint::Clearance, Fault::Slow { ms: 300 }, Times::Once);
        let start = Instant::now();
        assert_eq!(send().await.unwrap().status(), 200);
        assert!(start.elapsed() >= Duration::from_millis(300));

        program.fakes.fail(Endpoint::Clearance, Fault::Drip { ms: 2 }, Times::Once);
        let start = Instant::now();
        let whole = send().await.unwrap().text().await.unwrap();
        assert!(whole.ends_with('}') && start.elapsed() >= Duration::from_millis(2 * whole.len() as u64));

        program.fakes.fail(Endpoint::Clearance, Fault::Endless, Times::Once);
        let mut response = send().await.unwrap();
        let mut length = 0;
        while length < 1 << 20 {
            length += response.chunk().await.unwrap().expect("more").len();
        }
    }
}

#[tokio::test]
async fn one_relying_party_fails_by_itself() {
    let program = Program::new(Setup::default()).await;
    let fault = Fault::Status { status: 503, headers: BTreeMap::new(), body: String::new() };
    program.fakes.fail(Endpoint::XstsHalo, fault, Times::Always);
    let user = program.user("curtis@example.com").await;
    let ask = |relying_party| answer(program.xsts_request(&crate::program::xsts_body(relying_party, &user)));
    assert_eq!(ask(crate::program::XBOX_LIVE).await.0, 200);
    assert_eq!(ask(crate::program::HALO).await.0, 503);
}

#[tokio::test]
async fn what_an_endpoint_issued_can_be_ended_at_once() {
    let program = Program::new(Setup::default()).await;
    let access = program.access("curtis@example.com").await;
    program.fakes.expire(Endpoint::Token);
    assert_eq!(answer(program.user_request(&user_body(&access))).await.0, 401);
}

fn both(program: &Program) -> [Client; 2] {
    [client(&program.fakes).http1_only().build().unwrap(), program.http.clone()]
}
