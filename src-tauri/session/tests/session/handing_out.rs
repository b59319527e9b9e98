//! Copies: what is good at once, what is about to expire renewed first, and always an answer.

use std::time::Duration;

use jiff::SignedDuration;
use spartan_auth::{clock::Clock, error::Cause as AuthCause, leg::Leg};
use spartan_session::error::{Cause, Remedy};

use crate::{
    issuer::unreachable,
    stage::{Stage, a_while, is_fresh, is_renewing, is_signed_out},
    words::message,
};

/// Four hours less this is too little to copy.
const NEARLY_EXPIRED: SignedDuration = SignedDuration::from_mins(235);

#[tokio::test]
async fn a_good_token_is_handed_out_without_a_request() {
    let stage = Stage::signed_in().await;
    assert!(stage.copied().await.unwrap().starts_with("Spartan"));
    assert_eq!(stage.issuer.asked(), []);
}

#[tokio::test]
async fn a_token_about_to_expire_is_renewed_first_and_the_new_one_is_handed_out() {
    let stage = Stage::signed_in().await;
    let before = stage.copied().await.unwrap();
    stage.clock.suspend(NEARLY_EXPIRED).await;
    assert_ne!(stage.copied().await.unwrap(), before);
}

#[tokio::test]
async fn two_copies_at_once_renew_once() {
    let stage = Stage::signed_in().await;
    stage.clock.suspend(NEARLY_EXPIRED).await;
    let (one, two) = tokio::join!(stage.copied(), stage.copied());
    assert_eq!(one.unwrap(), two.unwrap());
    stage.until(is_fresh).await;
    assert_eq!(stage.issuer.asked().iter().filter(|leg| **leg == Leg::Spartan).count(), 1);
}

#[tokio::test]
async fn a_copy_does_not_wait_for_the_clearance() {
    let stage = Stage::signed_in().await;
    let before = stage.copied().await.unwrap();
    stage.clock.suspend(NEARLY_EXPIRED).await;
    let answer = stage.issuer.hold(Leg::Clearance);
    assert_ne!(stage.copied().await.unwrap(), before);
    assert!(is_renewing(&stage.status()));
    answer.let_go();
    stage.until(is_fresh).await;
}

#[tokio::test]
async fn where_it_cannot_be_renewed_what_is_still_good_is_handed_out_and_then_the_trouble() {
    let stage = Stage::signed_in().await;
    let before = stage.copied().await.unwrap();
    stage.issuer.refuse(Leg::XstsHalo, unreachable());
    stage.issuer.refuse(Leg::XstsHalo, unreachable());
    stage.clock.suspend(NEARLY_EXPIRED).await;
    assert_eq!(stage.copied().await.unwrap(), before);
    stage.clock.suspend(SignedDuration::from_mins(10)).await;
    let problem = stage.copied().await.unwrap_err();
    assert!(message(&problem).contains("login.live.com"), "{problem:?}");
    assert_eq!(problem.remedy(), Remedy::Retry { after: None });
}

#[tokio::test]
async fn what_expires_before_anybody_can_use_it_is_not_handed_out() {
    let stage = Stage::signed_in().await;
    stage.issuer.network(false);
    let left = |stage: &Stage| stage.account().legs[4].expires_at.unwrap().duration_since(stage.clock.now());
    stage.clock.suspend(left(&stage) - SignedDuration::from_secs(6)).await;
    assert!(stage.copied().await.is_ok());
    stage.clock.suspend(SignedDuration::from_secs(1)).await;
    assert!(stage.copied().await.is_err());
}

#[tokio::test]
async fn a_copy_that_waits_is_answered_when_the_person_signs_out() {
    let stage = Stage::signed_in().await;
    stage.clock.suspend(NEARLY_EXPIRED).await;
    let _answer = stage.issuer.hold(Leg::XstsHalo);
    let sign_out = async {
        stage.until(is_renewing).await;
        // Until the copy has looked at the vault, and waits too.
        a_while().await;
        stage.session.sign_out().await.unwrap();
    };
    let (copied, ()) = tokio::join!(stage.copied(), sign_out);
    assert!(copied.is_ok(), "it was good for five minutes more");
    assert!(is_signed_out(&stage.status()));
}

#[tokio::test]
async fn what_another_program_got_is_not_handed_out_when_that_has_expired_too() {
    let stage = Stage::signed_in().await;
    let other = stage.another();
    other.until(is_fresh).await;
    stage.clock.pass(SignedDuration::from_hours(1)).await;
    other.session.renew().await.unwrap();
    other.until(is_renewing).await;
    other.until(is_fresh).await;
    drop(other);
    stage.clock.suspend(SignedDuration::from_hours(9)).await;
    assert!(stage.copied().await.is_ok());
}

#[tokio::test]
async fn a_copy_asks_no_service_that_asked_for_a_wait() {
    let stage = Stage::signed_in().await;
    let asked = AuthCause::Passing { status: 429, retry_after: Some(Duration::from_secs(3600)) };
    for _ in 0..20 {
        stage.issuer.refuse(Leg::XstsHalo, asked.clone());
    }
    stage.clock.suspend(NEARLY_EXPIRED).await;
    for _ in 0..10 {
        assert!(stage.copied().await.is_ok(), "it is still good for minutes");
    }
    assert_eq!(stage.issuer.asked(), [Leg::XstsHalo]);
}

#[tokio::test]
async fn nobody_signed_in_is_told() {
    let stage = Stage::new().await;
    assert_eq!(stage.copied().await.unwrap_err().cause, Cause::NotSignedIn);
}
