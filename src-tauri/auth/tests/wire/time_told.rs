//! What answers reveal about the time: caches and one service's wrong clock change nothing.

use std::time::Duration;

use jiff::{SignedDuration, Timestamp, fmt::rfc2822::DateTimePrinter};
use spartan_auth::{chain::Start, issuer::Issuer, token::Tokens};
use spartan_fakes::{Endpoint, Fault, Lives, Setup, Times};

use crate::{
    run::Run,
    wire::{Wire, confidential},
};

const LEGS: [Endpoint; 6] =
    [Endpoint::Token, Endpoint::User, Endpoint::XstsXbox, Endpoint::XstsHalo, Endpoint::Spartan, Endpoint::Clearance];

fn dated(ago: SignedDuration, age: Option<&str>) -> Fault {
    let date = DateTimePrinter::new().timestamp_to_rfc9110_string(&(Timestamp::now() - ago)).unwrap();
    let age = age.map(|age| ("age".to_owned(), age.to_owned()));
    Fault::Headers { headers: [("date".to_owned(), date)].into_iter().chain(age).collect() }
}

/// Returns how far a run assumes the clock to be ahead, and how long its Spartan token is valid.
async fn told(wire: &Wire) -> (SignedDuration, SignedDuration) {
    let run = wire.run();
    let services = wire.services();
    let tokens = wire.brought(&run.app);
    let ran = Run { services, tokens, ..run }.go(Start::Refresh).await;
    assert_eq!(ran.error, None);
    let life = ran.tokens.spartan.unwrap().life;
    (life.issued_at.duration_since(Timestamp::now()), life.left(Timestamp::now()))
}

#[tokio::test]
async fn no_single_hosts_date_lengthens_or_ends_a_life() {
    let hours = SignedDuration::from_hours;
    let faults = [
        ("two hours old, from a cache that says so", dated(hours(2), Some("7200"))),
        ("two hours old", dated(hours(2), None)),
        ("two hours ahead", dated(hours(-2), None)),
        ("of 1994", dated(hours(32 * 365 * 24), None)),
        ("of another century", dated(hours(-100 * 365 * 24), None)),
        ("an absurd age", dated(hours(0), Some("4294967295"))),
    ];
    for (name, fault) in faults {
        for leg in LEGS {
            let lives = Lives { xsts_halo: Duration::from_secs(60), ..Lives::default() };
            let wire = Wire::with(Setup { lives, ..Setup::default() }).await;
            wire.fakes.fail(leg, fault.clone(), Times::Always);
            let (ahead, left) = told(&wire).await;
            assert!(ahead.abs() < SignedDuration::from_secs(20), "{leg:?} {name}: {ahead:#}");
            assert!(
                left > SignedDuration::from_secs(30) && left <= SignedDuration::from_secs(60),
                "{leg:?} {name}: {left:#}"
            );
        }
    }
}

#[tokio::test]
async fn a_renewed_token_counts_by_the_answers_own_times_whatever_every_date_says() {
    let lives = Lives { xsts_halo: Duration::from_secs(600), ..Lives::default() };
    let wire = Wire::with(Setup { lives, ..Setup::default() }).await;
    for ago in [-2, 2].map(SignedDuration::from_hours) {
        let tokens = wire.signed_in().await;
        for leg in LEGS {
            wire.fakes.fail(leg, dated(ago, None), Times::Always);
        }
        let ran = Run { tokens, ..wire.run() }.go(Start::Renew).await;
        assert_eq!(ran.error, None, "{ago:#}");
        let (life, now) = (ran.tokens.spartan.unwrap().life, Timestamp::now());
        assert!(life.issued_at.duration_since(now).abs() < SignedDuration::from_secs(20), "{ago:#}: {life:?}");
        assert!(life.left(now) > SignedDuration::from_mins(9), "{ago:#}: {life:?}");
        for leg in LEGS {
            wire.fakes.heal(leg);
        }
    }
}

#[tokio::test]
async fn services_whose_times_all_agree_are_believed() {
    for ahead in [-2, 2].map(SignedDuration::from_hours) {
        let lives = Lives { xsts_halo: Duration::from_secs(600), ..Lives::default() };
        let wire = Wire::with(Setup { lives, clock_ahead: ahead, ..Setup::default() }).await;
        let tokens = wire.signed_in().await;
        let ran = Run { tokens, ..wire.run() }.go(Start::Renew).await;
        assert_eq!(ran.error, None, "{ahead:#}");
        let (life, now) = (ran.tokens.spartan.unwrap().life, Timestamp::now() + ahead);
        assert!(life.issued_at.duration_since(now).abs() < SignedDuration::from_secs(20), "{ahead:#}: {life:?}");
        assert!(life.left(now) > SignedDuration::from_mins(9), "{ahead:#}: {life:?}");
    }
}

#[tokio::test]
async fn an_access_token_lives_no_longer_for_a_clock_that_nobody_has_measured() {
    let wire = Wire::new().await;
    let app = confidential(spartan_auth::azure_app::Platform::Live);
    let Tokens { refresh: Some(refresh), .. } = wire.brought(&app) else { panic!("no refresh token") };
    for ago in [-2, 2] {
        wire.once(Endpoint::Token, dated(SignedDuration::from_hours(ago), None));
        let services = wire.services();
        let oauth = services.renew(&app, &refresh).await.unwrap();
        assert_eq!(services.clock_error(), None);
        assert!(oauth.life.issued_at <= Timestamp::now(), "{ago}");
    }
}
