//! Refusals by Microsoft, Xbox and Halo, and the remedy for each.

use std::time::Duration;

use spartan_auth::{
    azure_app::{AzureApp, Platform},
    chain::Start,
    error::{Cause, Remedy, Step, XErr},
    leg::Leg,
};
use spartan_fakes::{Endpoint, Times};

use crate::{
    run::{Run, refresh, spartan},
    wire::{CURTIS, Wire, confidential, public, status, status_with},
};

#[tokio::test]
async fn a_dead_refresh_token_asks_for_a_sign_in_and_what_is_still_good_stays() {
    let wire = Wire::new().await;
    let tokens = wire.signed_in().await;
    wire.fakes.revoke();
    let ran = Run { tokens: tokens.clone(), ..wire.run() }.go(Start::Refresh).await;
    assert_eq!(spartan(&ran.tokens), spartan(&tokens));
    assert_eq!(refresh(&ran.tokens), refresh(&tokens));
    let error = ran.error();
    assert_eq!(error.step, Step::Leg(Leg::Microsoft));
    assert_eq!(error.cause, Cause::SignInExpired { error: "invalid_grant".into() });
    assert_eq!(error.remedy(), Remedy::SignIn);
}

#[tokio::test]
async fn a_secret_too_many_a_missing_and_a_wrong_one_ask_to_change_the_app() {
    for platform in [Platform::Consumers, Platform::Live] {
        let wrong = [
            AzureApp { secret: Some("hush".into()), ..public(platform) },
            AzureApp { secret: None, ..confidential(platform) },
            AzureApp { secret: Some("hush".into()), ..confidential(platform) },
        ];
        for app in wrong {
            let wire = Wire::new().await;
            let start = wire.code(&app, CURTIS);
            let error = Run { app, ..wire.run() }.go(start).await.error();
            assert!(matches!(error.cause, Cause::Setup { .. }), "{platform:?}: {error:?}");
            assert_eq!(error.remedy(), Remedy::FixApp);
        }
    }
}

#[tokio::test]
async fn a_code_works_once() {
    let wire = Wire::new().await;
    let start = wire.code(&public(Platform::Consumers), CURTIS);
    assert_eq!(wire.run().go(start.clone()).await.error, None);
    assert_eq!(wire.run().go(start).await.error().remedy(), Remedy::SignIn);
}

#[tokio::test]
async fn an_account_that_xbox_does_not_let_in_is_sent_to_the_page_that_helps() {
    let cases = [
        ("child@example.com", 2_148_916_238, "https://start.ui.xboxlive.com/AddChildToFamily"),
        ("no-profile@example.com", 2_148_916_233, "https://start.ui.xboxlive.com/CreateAccount"),
    ];
    for (email, code, page) in cases {
        let wire = Wire::new().await;
        let start = wire.code(&public(Platform::Consumers), email);
        let error = wire.run().go(start).await.error();
        assert!(matches!(error.step, Step::Leg(Leg::XstsHalo | Leg::XstsXbox)), "{error:?}");
        assert!(matches!(error.cause, Cause::Account { xerr: XErr(xerr), .. } if xerr == code), "{error:?}");
        assert_eq!(error.remedy(), Remedy::Visit { page: page.parse().unwrap() });
    }
}

#[tokio::test]
async fn a_user_token_that_is_refused_is_made_anew_once() {
    let wire = Wire::new().await;
    let tokens = wire.signed_in().await;
    wire.fakes.expire(Endpoint::User);
    let ran = Run { tokens, ..wire.run() }.go(Start::Renew).await;
    assert_eq!(ran.error, None);
    assert_eq!(wire.counts(), [1, 2, 3, 2, 2, 2]);
}

#[tokio::test]
async fn a_chain_of_dead_tokens_is_made_anew_from_the_refresh_token() {
    let wire = Wire::new().await;
    let tokens = wire.signed_in().await;
    wire.fakes.expire(Endpoint::User);
    wire.fakes.expire(Endpoint::Token);
    let ran = Run { tokens, ..wire.run() }.go(Start::Renew).await;
    assert_eq!(ran.error, None);
    assert_eq!(wire.counts(), [2, 3, 3, 2, 2, 2]);
}

#[tokio::test]
async fn an_inner_token_that_is_refused_again_and_again_is_made_anew_no_more_than_once() {
    let wire = Wire::new().await;
    let tokens = wire.signed_in().await;
    let refused = status(401, r#"{"Identity":"0","XErr":"2148916255"}"#);
    wire.fakes.fail(Endpoint::XstsHalo, refused, Times::Always);
    let ran = Run { tokens: tokens.clone(), ..wire.run() }.go(Start::Renew).await;
    assert_eq!(wire.counts()[1..3], [2, 3]);
    let error = ran.error();
    assert_eq!((error.step, &error.cause), (Step::Leg(Leg::XstsHalo), &Cause::InnerToken));
    assert_eq!(error.remedy(), Remedy::Retry { after: None });

    let wire = Wire::new().await;
    wire.fakes.fail(Endpoint::User, status(401, ""), Times::Always);
    let start = wire.code(&public(Platform::Consumers), CURTIS);
    let error = wire.run().go(start).await.error();
    assert_eq!(wire.counts(), [2, 2, 0, 0, 0, 0]);
    assert_eq!((error.step, error.remedy()), (Step::Leg(Leg::XboxUser), Remedy::Retry { after: None }));
}

#[tokio::test]
async fn a_spartan_refusal_does_not_ask_for_a_sign_in() {
    for code in [400, 401, 403] {
        let wire = Wire::new().await;
        let tokens = wire.signed_in().await;
        wire.fakes.fail(Endpoint::Spartan, status(code, "Unauthorized"), Times::Always);
        let error = Run { tokens, ..wire.run() }.go(Start::Renew).await.error();
        assert_eq!((error.step, error.remedy()), (Step::Leg(Leg::Spartan), Remedy::Retry { after: None }), "{code}");
    }
}

#[tokio::test]
async fn a_halo_xsts_token_that_halo_refuses_is_made_anew_once() {
    let wire = Wire::new().await;
    let tokens = wire.signed_in().await;
    let before = wire.counts();
    wire.once(Endpoint::Spartan, status(401, "Unauthorized"));
    Run { tokens, ..wire.run() }.go(Start::Renew).await.tokens.player().expect("the leg was repeated");
    let sent: Vec<u32> = wire.counts().iter().zip(before).map(|(now, before)| now - before).collect();
    assert_eq!(sent, [0, 0, 2, 0, 2, 1]);
}

#[tokio::test]
async fn a_refusal_is_read_from_the_header_where_the_body_says_nothing() {
    let wire = Wire::new().await;
    wire.fakes.fail(Endpoint::XstsHalo, status_with(401, ("X-Err", "0x8015DC09")), Times::Always);
    let run = wire.run();
    let error = Run { tokens: wire.brought(&run.app), ..run }.go(Start::Refresh).await.error();
    assert!(matches!(error.cause, Cause::Account { xerr: XErr(2_148_916_233), .. }), "{error:?}");
}

#[tokio::test]
async fn a_wait_that_a_service_asks_for_is_kept_at_every_leg() {
    let legs = [Endpoint::Token, Endpoint::User, Endpoint::XstsHalo, Endpoint::XstsXbox, Endpoint::Spartan];
    for endpoint in legs {
        let wire = Wire::new().await;
        wire.once(endpoint, status_with(429, ("Retry-After", "15")));
        let run = wire.run();
        let error = Run { tokens: wire.brought(&run.app), ..run }.go(Start::Refresh).await.error();
        assert_eq!(error.remedy(), Remedy::Retry { after: Some(Duration::from_secs(15)) }, "{endpoint:?}");
    }
}

#[tokio::test]
async fn an_error_carries_correlation_ids_and_no_secret() {
    let legs = [Endpoint::Token, Endpoint::User, Endpoint::XstsHalo, Endpoint::Spartan];
    for endpoint in legs {
        let wire = Wire::new().await;
        let app = confidential(Platform::Live);
        let start = wire.code(&app, CURTIS);
        wire.once(endpoint, status_with(503, ("X-343-Exception", "odd")));
        let error = Run { app, ..wire.run() }.go(start).await.error();
        let trail = error.trail.as_ref().unwrap();
        assert!(trail.status == Some(503) && trail.ids.iter().any(|(name, _)| name == "Date"), "{trail:?}");
        let told = format!("{error:?} {error}");
        for secret in wire.fakes.issued() {
            assert!(!told.contains(&secret.value), "{:?} in {told}", secret.kind);
        }
    }
}
