//! The status of accounts and tokens.

use std::time::Duration;

use serde_json::Value;
use spartan_auth::{
    clock::Moment,
    clock_error::ClockError,
    jiff::{SignedDuration, Timestamp},
};
use spartan_fakes::{Endpoint, Fakes, Fault, Setup, Times};

use crate::{
    desktop::Desktop,
    keyring, sealed,
    spartan::{BINARY, Ran, Spartan},
};

fn json(spartan: &Spartan<'_>) -> Value {
    serde_json::from_str(&spartan.run(&["status", "--json"]).done()).unwrap()
}

/// Sets the clock error as if it had been measured before the computer was restarted, with a clock that has come up two
/// hours behind since.
fn let_the_clock_be_behind(desktop: &Desktop) {
    let wall = Timestamp::now() + SignedDuration::from_hours(2);
    let before = Moment { wall, elapsed: Duration::ZERO, boot: Some(uuid::Uuid::new_v4()) };
    sealed::change(desktop, |contents| {
        for account in &mut contents.accounts {
            account.clock_error = Some(ClockError::new(SignedDuration::ZERO, before));
        }
    });
}

#[tokio::test(flavor = "multi_thread")]
async fn the_json_has_each_tokens_state_and_sends_and_shows_nothing() {
    let (desktop, fakes) = (keyring::start_desktop().await, Fakes::start(Setup::default()).await);
    let spartan = Spartan::signed_in(&desktop, &fakes);
    let before = fakes.counts();
    let told = json(&spartan);
    assert_eq!((told["schema"].as_u64(), told["vault"]["state"].as_str()), (Some(1), Some("open")));
    let account = &told["accounts"][0];
    assert_eq!(account["gamertag"], "aCurtis X89");
    assert_eq!((&account["default"], &account["state"]), (&true.into(), &"fresh".into()));
    assert_eq!(account["last_error"], Value::Null);
    for leg in ["microsoft", "xbox_user", "xsts_xbox", "xsts_halo", "spartan", "clearance"] {
        let token = &account["tokens"][leg];
        assert_eq!(token["state"], "good", "{leg}");
        assert!(token["last_ms"].is_u64(), "{leg}");
    }
    let expiry: Timestamp = account["tokens"]["spartan"]["expires_at"].as_str().unwrap().parse().unwrap();
    let left = account["tokens"]["spartan"]["seconds_left"].as_i64().unwrap();
    assert!((expiry.duration_since(Timestamp::now()).as_secs() - left).abs() < 60);
    let renews: Timestamp = account["renews_at"].as_str().unwrap().parse().unwrap();
    assert_eq!(expiry.duration_since(renews), SignedDuration::from_mins(20));
    let words = spartan.run(&["status"]).done();
    for at in [expiry, renews] {
        assert!(words.contains(&at.strftime("%Y-%m-%d %H:%M UTC").to_string()), "{words}");
    }
    let text = format!("{told}{words}");
    assert!(fakes.issued().iter().all(|secret| !text.contains(&secret.value)));
    assert_eq!(fakes.counts(), before);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_last_error_is_told() {
    let (desktop, fakes) = (keyring::start_desktop().await, Fakes::start(Setup::default()).await);
    let spartan = Spartan::signed_in(&desktop, &fakes);
    fakes.fail(Endpoint::XstsHalo, Fault::Drop, Times::Always);
    sealed::let_spartan_tokens_have(&desktop, SignedDuration::from_mins(5));
    spartan.run(&["exec", "--", "true"]).done();
    let told = json(&spartan);
    let account = &told["accounts"][0];
    assert_eq!(account["state"], "stale");
    assert!(account["last_error"]["key"].as_str().unwrap().starts_with("network."), "{account}");
    let words = spartan.run(&["status"]).done();
    assert!(words.contains("the last renewal failed"), "{words}");
}

#[tokio::test(flavor = "multi_thread")]
async fn while_the_clock_is_behind_no_command_tells_how_much_time_is_left() {
    let (desktop, fakes) = (keyring::start_desktop().await, Fakes::start(Setup::default()).await);
    let spartan = Spartan::signed_in(&desktop, &fakes);
    let_the_clock_be_behind(&desktop);
    // No service may tell the time.
    for endpoint in [Endpoint::Token, Endpoint::User, Endpoint::XstsXbox, Endpoint::XstsHalo] {
        fakes.fail(endpoint, Fault::Drop, Times::Always);
    }
    let account = json(&spartan)["accounts"][0].clone();
    assert_eq!((&account["state"], &account["clock_problem"]["key"]), (&"due".into(), &"clock.behind".into()));
    for leg in ["microsoft", "xbox_user", "xsts_xbox", "xsts_halo", "spartan"] {
        let token = &account["tokens"][leg];
        assert_eq!((&token["state"], &token["seconds_left"]), (&"unknown".into(), &Value::Null), "{leg}");
    }
    let words = spartan.run(&["status"]).done();
    let accounts = spartan.run(&["accounts"]);
    assert!(words.contains("clock is behind") && accounts.err.contains("clock is behind"), "{words} {accounts:?}");
    let watch = spartan.with_environment("timeout").args(["5", BINARY, "watch"]).output().expect("it starts");
    let watched: Ran = watch.into();
    assert!(watched.err.contains("clock is behind"), "{watched:?}");
    for told in [words, accounts.done(), watched.err] {
        assert!(
            ["good for", "Good until", "good until", " left,", " h "].iter().all(|left| !told.contains(left)),
            "{told}"
        );
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn with_nobody_signed_in_there_is_a_list_without_anybody() {
    let (desktop, fakes) = (Desktop::start().await, Fakes::start(Setup::default()).await);
    let spartan = Spartan::new(&desktop, &fakes);
    assert_eq!(json(&spartan)["accounts"], Value::Array(Vec::new()));
    assert!(spartan.run(&["status"]).done().contains("Nobody is signed in"));
    let ran = spartan.run(&["accounts"]);
    assert!(ran.err.contains("nobody is signed in"), "{ran:?}");
    assert_eq!(ran.done(), "");
}
