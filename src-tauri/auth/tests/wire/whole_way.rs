//! The chain if everything succeeds.

use jiff::SignedDuration;
use spartan_auth::{azure_app::Platform, chain::Start, issuer::Issuer, leg::Leg, token::Tokens};
use spartan_fakes::{Endpoint, Fault, Kind, Setup, Times};

use crate::{
    run::{Run, Seen, refresh, spartan},
    wire::{CURTIS, Wire, confidential, public},
};

#[tokio::test]
async fn a_code_leads_to_a_clearance_on_both_platforms_with_public_and_confidential_apps() {
    for platform in [Platform::Consumers, Platform::Live] {
        for app in [public(platform), confidential(platform)] {
            let wire = Wire::new().await;
            let start = wire.code(&app, CURTIS);
            let ran = Run { app, ..wire.run() }.go(start).await;
            assert_eq!(ran.error, None, "{platform:?}");
            assert_eq!(wire.counts(), [1, 1, 1, 1, 1, 1], "{platform:?}");
            assert_eq!(spartan(&ran.tokens), wire.fakes.last(Kind::Spartan).as_deref());
            assert_eq!(refresh(&ran.tokens), wire.fakes.last(Kind::Refresh).as_deref());
            assert!(ran.tokens.clearance.is_some());
            let claims = ran.tokens.xsts_xbox.expect("an XSTS token for Xbox").claims;
            assert_eq!(claims.gamertag.as_deref(), Some("aCurtis X89"));
            assert_eq!(claims.xuid.as_deref(), Some("2533274855333605"));
        }
    }
}

#[tokio::test]
async fn a_refresh_token_that_was_brought_along_runs_every_leg_once_on_both_platforms() {
    for platform in [Platform::Consumers, Platform::Live] {
        let wire = Wire::new().await;
        let app = confidential(platform);
        let ran = Run { tokens: wire.brought(&app), app, ..wire.run() }.go(Start::Refresh).await;
        assert_eq!(ran.error, None, "{platform:?}");
        assert_eq!(wire.counts(), [1, 1, 1, 1, 1, 1], "{platform:?}");
    }
}

#[tokio::test]
async fn a_renewal_with_a_good_user_token_sends_xsts_halo_spartan_and_clearance_alone() {
    let wire = Wire::new().await;
    let tokens = wire.signed_in().await;
    let before = spartan(&tokens).map(ToOwned::to_owned);
    let ran = Run { tokens, ..wire.run() }.go(Start::Renew).await;
    assert_eq!(ran.error, None);
    assert_eq!(wire.counts(), [1, 1, 2, 1, 2, 2]);
    assert_ne!(spartan(&ran.tokens), before.as_deref());
}

#[tokio::test]
async fn a_renewal_makes_anew_what_is_about_to_expire_and_nothing_else() {
    let cases = [
        (SignedDuration::from_mins(50), [0, 0, 1, 0, 1, 1]),
        (SignedDuration::from_hours(16), [0, 0, 1, 1, 1, 1]),
        (SignedDuration::from_hours(14 * 24), [1, 1, 1, 1, 1, 1]),
    ];
    for (ahead, sent) in cases {
        let wire = Wire::new().await;
        let tokens = wire.signed_in().await;
        let before = wire.counts();
        let ran = Run { tokens, ahead, ..wire.run() }.go(Start::Renew).await;
        assert_eq!(ran.error, None, "{ahead:#}");
        assert_eq!(std::array::from_fn(|at| wire.counts()[at] - before[at]), sent, "{ahead:#}");
    }
}

#[tokio::test]
async fn nothing_to_renew_with_sends_nothing_and_asks_for_a_sign_in() {
    let wire = Wire::new().await;
    for start in [Start::Refresh, Start::Renew] {
        let error = Run { tokens: Tokens::default(), ..wire.run() }.go(start).await.error();
        assert_eq!(error.remedy(), spartan_auth::error::Remedy::SignIn);
    }
    assert_eq!(wire.counts(), [0; 6]);
}

#[tokio::test]
async fn the_two_xsts_legs_go_together_and_halos_goes_first() {
    let wire = Wire::new().await;
    let run = wire.run();
    let ran = Run { tokens: wire.brought(&run.app), ..run }.go(Start::Refresh).await;
    let fork = ran.seen.iter().position(|seen| *seen == Seen::Began(Leg::XstsHalo)).expect("it began");
    assert_eq!(ran.seen[fork + 1], Seen::Began(Leg::XstsXbox));
}

#[tokio::test]
async fn neither_xsts_leg_waits_for_the_other() {
    let wire = Wire::new().await;
    wire.fakes.fail(Endpoint::XstsHalo, Fault::Hang, Times::Always);
    let run = wire.run();
    let ran = Run { tokens: wire.brought(&run.app), services: wire.hasty_services(), ..run }.go(Start::Refresh).await;
    assert!(ran.tokens.xsts_xbox.is_some() && ran.tokens.xsts_halo.is_none());

    let wire = Wire::new().await;
    wire.fakes.fail(Endpoint::XstsXbox, Fault::Hang, Times::Always);
    let run = wire.run();
    let ran = Run { tokens: wire.brought(&run.app), services: wire.hasty_services(), ..run }.go(Start::Refresh).await;
    assert!(ran.tokens.xsts_xbox.is_none() && ran.tokens.spartan.is_some() && ran.tokens.clearance.is_some());
}

#[tokio::test]
async fn a_spartan_token_ends_with_the_halo_xsts_token_that_it_was_made_from() {
    let wire = Wire::new().await;
    let tokens = wire.signed_in().await;
    let (spartan, halo) = (tokens.spartan.unwrap().life, tokens.xsts_halo.unwrap().life);
    assert!(spartan.expires_at <= halo.expires_at);
    assert_eq!(spartan.expires_at.as_second(), halo.expires_at.as_second());
}

#[tokio::test]
async fn lives_are_by_the_services_clock_and_the_computers_error_is_told() {
    let wire = Wire::with(Setup { clock_ahead: SignedDuration::from_hours(2), ..Setup::default() }).await;
    let run = wire.run();
    let services = wire.services();
    assert_eq!(services.clock_error(), None);
    let Tokens { refresh: Some(refresh), .. } = wire.brought(&run.app) else { panic!("no refresh token") };
    let oauth = services.renew(&run.app, &refresh).await.unwrap();
    assert_eq!(services.clock_error(), None, "one answer alone tells nothing");
    let user = services.user_token(&oauth.access).await.unwrap();
    let ahead = services.clock_error().expect("two hosts agree").ahead();
    assert_eq!(ahead.as_hours(), -1, "two hours behind, but for the second that the answer took: {ahead:#}");
    assert!(user.life.issued_at.duration_since(jiff::Timestamp::now()) > SignedDuration::from_mins(90));
}
