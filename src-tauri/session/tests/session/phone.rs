//! On another device: the code, the polls, the codes after it.

use std::time::Duration;

use jiff::SignedDuration;
use spartan_auth::{error::Cause as AuthCause, leg::Leg, sign_in_method::SignInMethod};
use spartan_session::{
    error::Cause,
    session::{NextStep, SignInRequest, Through},
    status::{Renewal, SignedOut, SigningIn, Status},
};

use spartan_vault::account::AccountId;
use uuid::Uuid;

use crate::{
    issuer::{Poll, busy, passing, unreachable},
    stage::{Stage, a_while, app, is_fresh, is_signed_out, one_more, was_cancelled},
    words::message,
};

async fn begun() -> Stage {
    let stage = Stage::new().await;
    let wish = SignInRequest { method: Some(SignInMethod::Phone), ..Through::App(app()).into() };
    assert!(matches!(stage.session.sign_in(wish).await.unwrap(), NextStep::Nothing));
    stage.until(|status| code(status).is_some()).await;
    stage.clock.quiet().await;
    stage
}

fn code(status: &Status) -> Option<String> {
    match status {
        Status::SigningIn { stage: SigningIn::Code { user_code, .. }, .. } => Some(user_code.clone()),
        _ => None,
    }
}

async fn seconds(stage: &Stage, seconds: i64) {
    stage.clock.pass(SignedDuration::from_secs(seconds)).await;
}

#[tokio::test]
async fn whoever_types_the_code_in_is_signed_in() {
    let stage = begun().await;
    let shown = code(&stage.status()).unwrap();
    seconds(&stage, 5).await;
    assert_eq!(stage.issuer.polled(), std::slice::from_ref(&shown), "not before the interval, and once in it");
    stage.issuer.types_in(&shown);
    stage.clock.pass(SignedDuration::from_secs(5)).await;
    stage.until(is_fresh).await;
    assert_eq!(stage.account().method, SignInMethod::Phone);
    assert_eq!(stage.token_files().await.accounts[0].method, SignInMethod::Phone);
}

#[tokio::test]
async fn how_far_the_clock_here_is_off_stands_beside_the_time_of_a_code() {
    let stage = Stage::new().await;
    stage.clock.set(SignedDuration::from_mins(20)).await;
    let wish = SignInRequest { method: Some(SignInMethod::Phone), ..Through::App(app()).into() };
    stage.session.sign_in(wish).await.unwrap();
    let status = stage.until(|status| code(status).is_some()).await;
    let Status::SigningIn { stage: SigningIn::Code { expires_at, clock_error_ms, .. }, .. } = status else {
        panic!("{status:?}")
    };
    assert_eq!(clock_error_ms, 20 * 60_000);
    assert_eq!(expires_at.duration_since(stage.clock.real()), SignedDuration::from_mins(15));
}

#[tokio::test]
async fn a_clock_that_is_set_changes_nothing_in_the_time_that_a_code_has_left() {
    for minutes in [-90, 90] {
        let stage = begun().await;
        stage.clock.set_at_once(SignedDuration::from_mins(minutes));
        // Any step of the session publishes the new error; otherwise, the next tick does.
        stage.session.show(AccountId(Uuid::nil())).await;
        let is_right = |status: &Status| {
            matches!(
                status,
                Status::SigningIn { stage: SigningIn::Code { expires_at, clock_error_ms, .. }, .. }
                    if *clock_error_ms == minutes * 60_000
                        && expires_at.duration_since(stage.clock.real()) == SignedDuration::from_mins(15)
            )
        };
        stage.until(is_right).await;
    }
}

#[tokio::test]
async fn the_polls_slow_down_where_the_service_asks_or_is_in_trouble() {
    let stage = begun().await;
    stage.issuer.polls([Poll::SlowDown, Poll::Refuse(passing())]);
    seconds(&stage, 5).await;
    assert_eq!(stage.issuer.polled().len(), 1);
    stage.clock.pass(SignedDuration::from_secs(10)).await;
    assert_eq!(stage.issuer.polled().len(), 1, "ten seconds later");
    stage.clock.pass(SignedDuration::from_secs(15)).await;
    assert_eq!(stage.issuer.polled().len(), 1, "and fifteen after that");
}

#[tokio::test]
async fn a_poll_is_not_repeated_before_the_service_wants_to_be_asked_again() {
    let stage = begun().await;
    let wait = Some(Duration::from_secs(60));
    stage.issuer.polls([Poll::Refuse(AuthCause::Passing { status: 429, retry_after: wait })]);
    seconds(&stage, 5).await;
    assert_eq!(stage.issuer.polled().len(), 1);
    stage.clock.quiet().await;
    stage.clock.go_on(SignedDuration::from_secs(59));
    a_while().await;
    assert_eq!(stage.issuer.polled().len(), 0);
    stage.clock.pass(SignedDuration::from_secs(1)).await;
    assert_eq!(stage.issuer.polled().len(), 1);
    stage.clock.pass(SignedDuration::from_secs(10)).await;
    assert_eq!(stage.issuer.polled().len(), 1, "afterwards as often as before");
}

#[tokio::test]
async fn a_no_on_the_other_device_cancels() {
    let stage = begun().await;
    stage.issuer.polls([Poll::Refuse(AuthCause::Cancelled)]);
    stage.clock.pass(SignedDuration::from_secs(5)).await;
    stage.until(was_cancelled).await;
    assert!(stage.is_clean());
}

#[tokio::test]
async fn a_new_code_comes_before_the_old_one_dies_and_the_old_one_counts_until_then() {
    let stage = begun().await;
    let first = code(&stage.status()).unwrap();
    seconds(&stage, 14 * 60 + 1).await;
    let second = code(&stage.status()).unwrap();
    assert_ne!(first, second);
    assert_eq!(stage.issuer.polled(), [second, first.clone()]);
    stage.issuer.types_in(&first);
    stage.clock.pass(SignedDuration::from_secs(5)).await;
    stage.until(is_fresh).await;
}

#[tokio::test]
async fn after_three_more_codes_it_ends_with_words() {
    let stage = begun().await;
    let mut codes = vec![code(&stage.status()).unwrap()];
    for _ in 0..3 {
        seconds(&stage, 14 * 60 + 1).await;
        codes.push(code(&stage.status()).unwrap());
        seconds(&stage, 60).await;
    }
    codes.dedup();
    assert_eq!(codes.len(), 4);
    stage.clock.pass(SignedDuration::from_mins(15)).await;
    let Status::SignedOut { why: SignedOut::Failed { problem } } = stage.until(is_signed_out).await else {
        panic!("{:?}", stage.status())
    };
    assert!(message(&problem).contains("code"), "{problem:?}");
    assert!(stage.is_clean());
}

#[tokio::test]
async fn no_new_code_comes_while_nobody_can_read_it_and_the_sign_in_ends_with_the_last_one() {
    let stage = begun().await;
    let first = code(&stage.status()).unwrap();
    stage.session.watched(false);
    seconds(&stage, 14 * 60 + 30).await;
    assert_eq!(code(&stage.status()).as_ref(), Some(&first));
    stage.session.watched(true);
    seconds(&stage, 5).await;
    assert_ne!(code(&stage.status()).unwrap(), first, "whoever looks again gets one that lasts");

    stage.session.watched(false);
    stage.clock.pass(SignedDuration::from_mins(15)).await;
    assert!(matches!(stage.until(is_signed_out).await, Status::SignedOut { why: SignedOut::Failed { .. } }));
    assert!(stage.is_clean());
}

#[tokio::test]
async fn a_code_that_dies_while_the_computer_sleeps_is_followed_by_another() {
    let stage = begun().await;
    let first = code(&stage.status()).unwrap();
    stage.clock.suspend(SignedDuration::from_hours(2)).await;
    seconds(&stage, 5).await;
    assert_ne!(code(&stage.status()).unwrap(), first);
}

#[tokio::test]
async fn an_app_that_gets_no_code_is_told() {
    let stage = Stage::new().await;
    stage.issuer.refuse(Leg::Microsoft, AuthCause::Setup { error: "invalid_client".into(), mistake: None });
    let wish = SignInRequest { method: Some(SignInMethod::Phone), ..Through::App(app()).into() };
    // Its connection takes the refusal that is next in line, so the one for the code comes second.
    stage.issuer.refuse(Leg::Microsoft, AuthCause::Setup { error: "invalid_client".into(), mistake: None });
    let _ = stage.session.sign_in(wish).await;
    assert!(matches!(stage.until(is_signed_out).await, Status::SignedOut { why: SignedOut::Failed { .. } }));
    assert!(stage.is_clean());
}

#[tokio::test]
async fn without_a_network_the_code_waits_for_one() {
    let stage = begun().await;
    stage.issuer.polls([Poll::Refuse(unreachable())]);
    seconds(&stage, 5).await;
    assert!(code(&stage.status()).is_some());
    stage.issuer.types_in(&code(&stage.status()).unwrap());
    stage.clock.pass(SignedDuration::from_secs(10)).await;
    stage.until(is_fresh).await;
}

#[tokio::test]
async fn a_cancel_ends_the_polls() {
    let stage = begun().await;
    stage.session.cancel().await;
    stage.until(was_cancelled).await;
    stage.issuer.polled();
    stage.clock.pass(SignedDuration::from_mins(1)).await;
    assert!(stage.issuer.polled().is_empty());
    assert!(stage.is_clean());
}

#[tokio::test]
async fn no_code_is_requested_while_a_service_has_asked_another_account_to_wait() {
    let stage = Stage::signed_in().await;
    let page = stage.page_for(one_more()).await;
    stage.issuer.refuse(Leg::XstsHalo, busy(Duration::from_secs(600)));
    stage.clock.pass(SignedDuration::from_mins(230)).await;
    let is_stale = |renewal: &Renewal| matches!(renewal, Renewal::Stale { .. });
    stage.session.snapshot().wait_for(|all| is_stale(&all.accounts[0].renewal)).await.unwrap();
    let error = stage.session.another_way(SignInMethod::Phone).await.unwrap_err();
    assert!(matches!(error.cause, Cause::AskedToWait { .. }), "{error:?}");
    assert_eq!(stage.session.link().await, Ok(page.url), "the page is still open");
    stage.clock.pass(SignedDuration::from_mins(11)).await;
    stage.session.another_way(SignInMethod::Phone).await.unwrap();
    stage.until(|status| code(status).is_some()).await;
}
