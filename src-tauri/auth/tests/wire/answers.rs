//! Answers that no service should send: redirects, endless, empty, cut off.

use spartan_auth::{
    chain::Start,
    error::{Cause, Error, Remedy, Step, Unreadable},
    leg::Leg,
};
use spartan_fakes::{Endpoint, Fault};

use crate::{
    run::Run,
    wire::{Wire, status, status_with},
};

async fn answered(wire: &Wire) -> Error {
    let run = wire.run();
    Run { tokens: wire.brought(&run.app), ..run }.go(Start::Refresh).await.error()
}

#[tokio::test]
async fn a_redirect_is_not_followed() {
    for code in [301, 302, 307, 308] {
        let wire = Wire::new().await;
        let elsewhere = wire.fakes.addresses().spartan.clone();
        wire.once(Endpoint::User, status_with(code, ("Location", &elsewhere)));
        let error = answered(&wire).await;
        assert_eq!((error.step, &error.cause), (Step::Leg(Leg::XboxUser), &Cause::Refused { status: code }));
        assert_eq!(wire.fakes.count(Endpoint::Spartan), 0);
    }
}

#[tokio::test]
async fn an_answer_of_two_megabytes_and_one_without_end_are_refused() {
    let large = format!(r#"{{"Token": "{}"}}"#, "x".repeat(2 << 20));
    for fault in [status(200, &large), Fault::Endless] {
        let wire = Wire::new().await;
        wire.once(Endpoint::User, fault);
        let error = answered(&wire).await;
        assert_eq!((error.step, &error.cause), (Step::Leg(Leg::XboxUser), &Cause::Unreadable(Unreadable::Endless)));
        assert_eq!(error.remedy(), Remedy::Retry { after: None });
    }
}

#[tokio::test]
async fn an_answer_that_makes_no_sense_names_its_leg_and_is_asked_for_again_later() {
    let legs = [
        (Leg::Microsoft, Endpoint::Token, r#"{"access_token": "", "expires_in": 3600}"#),
        (Leg::XboxUser, Endpoint::User, r#"{"Token": "t", "DisplayClaims": {"xui": []}}"#),
        (Leg::XstsHalo, Endpoint::XstsHalo, r#"{"Token": "t", "DisplayClaims": {"xui": [{"uhs": ""}]}}"#),
        (Leg::Spartan, Endpoint::Spartan, r#"{"SpartanToken": ""}"#),
    ];
    for (leg, endpoint, hollow) in legs {
        for body in ["", "{}", "[]", r#"{"SpartanToken": "v4=x"#, "<html>Please sign in to the Wi-Fi</html>", hollow] {
            let wire = Wire::new().await;
            wire.once(endpoint, status(200, body));
            let error = answered(&wire).await;
            assert_eq!(error.step, Step::Leg(leg), "{body}");
            assert!(matches!(error.cause, Cause::Unreadable(_)), "{}: {body}: {error:?}", leg.name());
            assert_eq!(error.remedy(), Remedy::Retry { after: None });
        }
    }
}

#[tokio::test]
async fn an_answer_that_drips_is_read_whole() {
    let wire = Wire::new().await;
    wire.once(Endpoint::Clearance, Fault::Drip { ms: 1 });
    assert!(wire.signed_in().await.clearance.is_some());
}
