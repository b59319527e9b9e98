//! What is saved, and when: saved before it's used, and nothing valid is lost.

use secrecy::SecretString;
use spartan_auth::{azure_app::Platform, chain::Start, error::Error, token::Tokens};
use spartan_fakes::{Endpoint, Kind, Times};

use crate::{
    run::{Disk, Full, Run, refresh, spartan},
    wire::{CURTIS, Wire, public, status},
};

#[tokio::test]
async fn a_rotated_refresh_token_is_saved_before_the_next_leg_is_sent() {
    let wire = Wire::new().await;
    for start in [wire.code(&public(Platform::Consumers), CURTIS), Start::Refresh] {
        let before = wire.counts();
        let run = wire.run();
        let ran = Run { tokens: wire.brought(&run.app), ..run }.go(start).await;
        let first = ran.saved.first().expect("it was saved");
        assert_eq!(refresh(&first.tokens), wire.fakes.last(Kind::Refresh).as_deref());
        assert_eq!(first.counts[0], before[0] + 1);
        assert_eq!(first.counts[1..], before[1..]);
    }
}

#[tokio::test]
async fn a_rotated_refresh_token_that_cannot_be_saved_ends_the_run_before_it_is_used() {
    let wire = Wire::new().await;
    let run = wire.run();
    let ran = Run { tokens: wire.brought(&run.app), disk: Disk::Full, ..run }.go(Start::Refresh).await;
    assert_eq!(wire.counts(), [1, 0, 0, 0, 0, 0]);
    assert_eq!(refresh(&ran.tokens), wire.fakes.last(Kind::Refresh).as_deref());
    assert_eq!((ran.error, ran.unsaved), (None, Some(Full)));
}

#[tokio::test]
async fn a_spartan_token_is_saved_before_the_clearance_is_asked_for() {
    let wire = Wire::new().await;
    let run = wire.run();
    let ran = Run { tokens: wire.brought(&run.app), ..run }.go(Start::Refresh).await;
    let saved = ran.saved.iter().find(|saved| saved.tokens.spartan.is_some()).expect("it was saved");
    assert_eq!(saved.counts[5], 0);
    assert_eq!(spartan(&saved.tokens), spartan(&ran.tokens));
}

#[tokio::test]
async fn an_answer_without_a_refresh_token_keeps_the_old_one() {
    let wire = Wire::new().await;
    wire.signed_in().await;
    let access = wire.fakes.last(Kind::Access).unwrap();
    for refresh_token in ["", r#", "refresh_token": """#, r#", "refresh_token": null"#] {
        let body = format!(r#"{{"access_token": "{access}", "expires_in": 3600{refresh_token}}}"#);
        wire.once(Endpoint::Token, status(200, &body));
        let tokens = Tokens { refresh: Some(SecretString::from("old")), ..Tokens::default() };
        let ran = Run { tokens, ..wire.run() }.go(Start::Refresh).await;
        assert_eq!(ran.error, None, "{body}");
        assert_eq!(refresh(&ran.tokens), Some("old"), "{body}");
        assert!(ran.saved.iter().all(|saved| refresh(&saved.tokens) == Some("old")), "{body}");
    }
}

#[tokio::test]
async fn a_refresh_token_that_is_not_printable_ascii_never_takes_the_place_of_a_good_one() {
    let wire = Wire::new().await;
    wire.signed_in().await;
    let access = wire.fakes.last(Kind::Access).unwrap();
    for bad in ["M.C5\u{e9}", "M.C5\u{202e}", "M.C5\u{1f600}", "M.C5\n", "\u{feff}M.C5", "M.C5\u{0}"] {
        let body = serde_json::json!({ "access_token": access, "expires_in": 3600, "refresh_token": bad }).to_string();
        wire.once(Endpoint::Token, status(200, &body));
        let run = wire.run();
        let ran = Run { tokens: wire.brought(&run.app), ..run }.go(Start::Refresh).await;
        assert_eq!(ran.error, None, "the access token is good: {bad:?}");
        assert!(ran.saved.iter().all(|saved| refresh(&saved.tokens) == refresh(&ran.tokens)), "{bad:?}");
        let again = Run { tokens: ran.tokens, ..wire.run() }.go(Start::Refresh).await;
        assert_eq!(again.error, None, "the one before is as good as it was: {bad:?}");

        wire.once(Endpoint::Token, status(200, &body));
        let start = wire.code(&public(Platform::Consumers), CURTIS);
        let ran = wire.run().go(start).await;
        assert!(ran.error.as_ref().is_some_and(Error::passes) && ran.saved.is_empty(), "{bad:?}: {:?}", ran.error);
    }
}

#[tokio::test]
async fn an_access_token_that_is_not_printable_ascii_changes_nothing_and_passes() {
    let wire = Wire::new().await;
    wire.signed_in().await;
    let body =
        serde_json::json!({ "access_token": "E\u{e9}", "expires_in": 3600, "refresh_token": "M.C5" }).to_string();
    wire.once(Endpoint::Token, status(200, &body));
    let run = wire.run();
    let ran = Run { tokens: wire.brought(&run.app), ..run }.go(Start::Refresh).await;
    assert!(ran.error.as_ref().is_some_and(Error::passes) && ran.saved.is_empty(), "{:?}", ran.error);
    assert_ne!(refresh(&ran.tokens), Some("M.C5"));
}

#[tokio::test]
async fn a_clearance_that_cannot_be_had_is_no_error_and_the_last_one_is_kept() {
    let wire = Wire::new().await;
    let tokens = wire.signed_in().await;
    let clearance = tokens.clearance.clone();
    for fault in [status(500, ""), status(401, ""), status(200, "{}"), spartan_fakes::Fault::Drop] {
        wire.once(Endpoint::Clearance, fault.clone());
        let ran = Run { tokens: tokens.clone(), ..wire.run() }.go(Start::Renew).await;
        assert_eq!(ran.error, None, "{fault:?}");
        assert_eq!(ran.tokens.clearance, clearance, "{fault:?}");
        assert_ne!(spartan(&ran.tokens), spartan(&tokens), "{fault:?}");
    }
}

#[tokio::test]
async fn what_the_earlier_legs_gave_is_saved_when_a_later_one_is_down() {
    let wire = Wire::new().await;
    wire.fakes.fail(Endpoint::Spartan, status(503, ""), Times::Always);
    let run = wire.run();
    let ran = Run { tokens: wire.brought(&run.app), ..run }.go(Start::Refresh).await;
    let last = ran.saved.last().expect("it was saved");
    assert_eq!(refresh(&last.tokens), wire.fakes.last(Kind::Refresh).as_deref());
    assert!(last.tokens.access.is_some() && last.tokens.user.is_some() && last.tokens.xsts_xbox.is_some());
    assert!(ran.error.is_some());
}

#[tokio::test]
async fn the_spartan_token_of_before_stays_when_a_renewal_fails() {
    for endpoint in [Endpoint::XstsHalo, Endpoint::Spartan] {
        let wire = Wire::new().await;
        let tokens = wire.signed_in().await;
        wire.once(endpoint, status(503, ""));
        let ran = Run { tokens: tokens.clone(), ..wire.run() }.go(Start::Renew).await;
        assert!(ran.error.is_some());
        assert_eq!(spartan(&ran.tokens), spartan(&tokens));
        assert_eq!(refresh(&ran.tokens), refresh(&tokens));
    }
}
