//! Codes that a person enters on another device.

use spartan_auth::{
    azure_app::Platform,
    chain::Start,
    device::{DeviceCode, Polled},
    error::{AppMisconfiguration, Cause, Error, Remedy},
    issuer::Issuer,
};
use spartan_fakes::{Endpoint, Lives, Pick, Setup};

use crate::{
    run::{Run, refresh},
    wire::{CURTIS, Wire, confidential, public, status},
};

async fn with_code(setup: Setup) -> (Wire, DeviceCode) {
    let wire = Wire::with(setup).await;
    let code = wire.services().device_code(&public(Platform::Consumers)).await.unwrap();
    (wire, code)
}

fn hasty() -> Setup {
    Setup { poll_interval: std::time::Duration::ZERO, ..Setup::default() }
}

async fn poll(wire: &Wire, code: &DeviceCode) -> Result<Polled, Error> {
    wire.services().poll(&public(Platform::Consumers), code).await
}

#[tokio::test]
async fn a_code_that_somebody_typed_in_runs_the_chain_without_another_request_to_microsoft() {
    let (wire, code) = with_code(hasty()).await;
    assert!(matches!(poll(&wire, &code).await, Ok(Polled::Pending)));
    assert!(wire.fakes.approve(&code.user_code, &Pick::Account(CURTIS.into())));
    let Ok(Polled::Granted(oauth)) = poll(&wire, &code).await else { panic!("it was typed in") };
    let asked = wire.counts()[0];
    let ran = wire.run().go(Start::Granted(*oauth)).await;
    assert_eq!(ran.error, None);
    assert_eq!(wire.counts()[0], asked);
    assert!(refresh(&ran.tokens).is_some());
    assert_eq!(ran.tokens.player().expect("a player").gamertag, "aCurtis X89");
    let ran = Run { tokens: ran.tokens, ..wire.run() }.go(Start::Refresh).await;
    assert_eq!(ran.error, None, "what came by a code renews like any other");
}

#[tokio::test]
async fn a_poll_that_comes_too_soon_is_told_to_slow_down() {
    let (wire, code) = with_code(Setup::default()).await;
    assert_eq!(code.interval.as_secs(), 5);
    assert!(matches!(poll(&wire, &code).await, Ok(Polled::Pending)));
    assert!(matches!(poll(&wire, &code).await, Ok(Polled::SlowDown)));
}

#[tokio::test]
async fn a_no_is_a_cancel() {
    let (wire, code) = with_code(hasty()).await;
    assert!(wire.fakes.approve(&code.user_code, &Pick::Cancel));
    assert_eq!(poll(&wire, &code).await.unwrap_err().cause, Cause::Cancelled);
}

#[tokio::test]
async fn a_code_that_nobody_typed_in_expires() {
    let lives = Lives { device_code: std::time::Duration::ZERO, ..Lives::default() };
    let (wire, code) = with_code(Setup { lives, ..hasty() }).await;
    let error = poll(&wire, &code).await.unwrap_err();
    assert_eq!((error.remedy(), error.cause), (Remedy::SignIn, Cause::CodeExpired));
}

#[tokio::test]
async fn an_app_without_public_flows_gets_no_code() {
    let wire = Wire::new().await;
    let error = wire.services().device_code(&confidential(Platform::Consumers)).await.unwrap_err();
    assert_eq!(
        error.cause,
        Cause::Setup { error: "invalid_client".into(), mistake: Some(AppMisconfiguration::PublicFlowsOff) }
    );
}

#[tokio::test]
async fn an_answer_without_a_code_or_a_page_is_unreadable() {
    let wire = Wire::new().await;
    let bodies = [
        "{}",
        r#"{"user_code": "", "device_code": "d", "verification_uri": "https://microsoft.com/link"}"#,
        r#"{"user_code": "A\u0007", "device_code": "d", "verification_uri": "https://microsoft.com/link"}"#,
        r#"{"user_code": "A", "device_code": "", "verification_uri": "https://microsoft.com/link"}"#,
        r#"{"user_code": "A", "device_code": "d", "verification_uri": "nowhere"}"#,
    ];
    for body in bodies {
        wire.once(Endpoint::DeviceCode, status(200, body));
        let error = wire.services().device_code(&public(Platform::Consumers)).await.unwrap_err();
        assert!(matches!(error.cause, Cause::Unreadable(_)), "{body}: {error:?}");
    }
}
