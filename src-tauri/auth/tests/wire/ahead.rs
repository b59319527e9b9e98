//! Connections that are opened in advance: the next request uses them, and opening them sends no request.

use spartan_auth::{
    azure_app::Platform,
    chain::Start,
    error::{Cause, Remedy},
    issuer::Issuer,
    leg::Leg,
};
use spartan_fakes::Endpoint;
use url::Url;

use crate::{
    run::Run,
    wire::{CURTIS, Wire},
};

/// One leg of each host, and its endpoint in the mock services.
const HOSTS: [(Leg, Endpoint); 4] = [
    (Leg::Microsoft, Endpoint::Token),
    (Leg::XboxUser, Endpoint::User),
    (Leg::XstsHalo, Endpoint::XstsHalo),
    (Leg::Spartan, Endpoint::Spartan),
];

impl Wire {
    /// Returns the numbers of connections and requests at each host.
    fn traffic(&self) -> [(u32, u32); 4] {
        HOSTS.map(|(_, endpoint)| (self.fakes.connections(endpoint), self.fakes.requests(endpoint)))
    }
}

#[tokio::test]
async fn what_is_opened_ahead_sends_no_request_and_saves_the_leg_its_own_connection() {
    let wire = Wire::new().await;
    let run = wire.run();
    for (leg, _) in HOSTS {
        run.services.open_ahead(Platform::Consumers, leg).await.unwrap();
        run.services.open_ahead(Platform::Consumers, leg).await.unwrap();
    }
    assert_eq!(wire.traffic(), [(1, 0); 4]);
    let start = wire.code(&run.app, CURTIS);
    let ran = run.go(start).await;
    assert_eq!(ran.error, None);
    assert_eq!(wire.traffic(), [(1, 1), (1, 1), (1, 2), (1, 2)]);
}

#[tokio::test]
async fn a_renewal_opens_one_connection_a_host() {
    let wire = Wire::new().await;
    let tokens = wire.signed_in().await;
    let before = wire.traffic();
    let ran = Run { tokens, ..wire.run() }.go(Start::Renew).await;
    assert_eq!(ran.error, None);
    let added = std::array::from_fn(|at| (wire.traffic()[at].0 - before[at].0, wire.traffic()[at].1 - before[at].1));
    assert_eq!(added, [(0, 0), (0, 0), (1, 1), (1, 2)]);
}

#[tokio::test]
async fn nothing_due_opens_nothing() {
    let wire = Wire::new().await;
    let tokens = wire.signed_in().await;
    let before = wire.traffic();
    let ran = Run { tokens, ..wire.run() }.go(Start::Due).await;
    assert_eq!((ran.error, ran.saved.len()), (None, 0));
    assert_eq!(wire.traffic(), before);
}

#[tokio::test]
async fn a_connection_that_ended_before_its_first_request_costs_no_sign_in_and_the_code_is_sent_once() {
    let wire = Wire::new().await;
    let run = wire.run();
    for (leg, _) in HOSTS {
        run.services.open_ahead(Platform::Consumers, leg).await.unwrap();
    }
    tokio::time::sleep(std::time::Duration::from_millis(1100)).await;
    wire.fakes.hang_up();
    tokio::time::sleep(std::time::Duration::from_millis(50)).await;
    let start = wire.code(&run.app, CURTIS);
    let ran = run.go(start).await;
    assert_eq!(ran.error, None);
    assert_eq!(wire.counts(), [1, 1, 1, 1, 1, 1]);
}

#[tokio::test]
async fn where_nothing_can_be_opened_the_leg_is_named_and_time_is_the_remedy() {
    let wire = Wire::new().await;
    let mut endpoints = wire.endpoints();
    endpoints.spartan = Url::parse("https://127.0.0.1:9/spartan-token").unwrap();
    let error = wire.services_at(endpoints).open_ahead(Platform::Consumers, Leg::Spartan).await.unwrap_err();
    assert!(matches!(error.cause, Cause::Unreachable { .. }), "{error:?}");
    assert_eq!(error.remedy(), Remedy::Retry { after: None });
}
