//! How a sign-in ends: what's reported is true, however short it was and whenever it's cancelled.

use std::time::Duration;

use secrecy::ExposeSecret;
use spartan_auth::{error::Cause as AuthCause, leg::Leg, sign_in_method::SignInMethod};
use spartan_session::{
    error::XErr,
    session::{SignInEnd, Through},
    status::Status,
};
use tokio::sync::broadcast::Receiver;

use crate::{
    issuer::curtis,
    stage::{Stage, app, is_fresh, was_cancelled},
};

/// How often a race is run.
const RUNS: u32 = 200;

async fn end(mut ends: Receiver<SignInEnd>) -> SignInEnd {
    tokio::time::timeout(Duration::from_secs(30), ends.recv()).await.expect("it ends").unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn however_short_a_sign_in_is_its_end_is_told() {
    for _ in 0..RUNS {
        let stage = Stage::new().await;
        let ends = stage.session.sign_in_ends();
        let page = stage.page().await;
        stage.come_back(&page).await;
        let SignInEnd::SignedIn { account } = end(ends).await else { panic!("somebody is signed in") };
        assert_eq!(account.gamertag, curtis().gamertag);
        assert_eq!(stage.account().account, account.account, "the status says so, too");
        assert_eq!(stage.token_files().await.accounts.len(), 1);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_sign_in_that_fails_at_once_is_told_as_failed() {
    for leg in [Leg::Microsoft, Leg::XboxUser, Leg::XstsXbox, Leg::XstsHalo].repeat(10) {
        let stage = Stage::new().await;
        let ends = stage.session.sign_in_ends();
        let page = stage.page().await;
        stage.issuer.refuse(leg, AuthCause::Account { xerr: XErr(2_148_916_238), link: None });
        stage.come_back(&page).await;
        let end = end(ends).await;
        assert!(matches!(&end, SignInEnd::Failed { problem } if problem.cause.code().starts_with("xbox.")), "{end:?}");
        assert!(stage.is_clean());
    }
}

#[tokio::test]
async fn what_cannot_begin_is_told_as_failed_to_whoever_asked_and_to_whoever_listens() {
    let stage = Stage::new().await;
    let ends = stage.session.sign_in_ends();
    stage.issuer.network(false);
    let refused = stage.session.sign_in(Through::App(app())).await.unwrap_err();
    assert_eq!(end(ends).await, SignInEnd::Failed { problem: Box::new(refused) });
}

#[tokio::test]
async fn a_cancel_is_over_when_it_returns_and_is_told_once() {
    let stage = Stage::new().await;
    let mut ends = stage.session.sign_in_ends();
    stage.page().await;
    stage.session.cancel().await;
    assert!(was_cancelled(&stage.status()), "{:?}", stage.status());
    assert_eq!(ends.try_recv(), Ok(SignInEnd::Cancelled));
    stage.session.cancel().await;
    assert!(ends.try_recv().is_err(), "nothing was under way");
}

#[tokio::test]
async fn another_way_is_no_end() {
    let stage = Stage::new().await;
    let mut ends = stage.session.sign_in_ends();
    stage.page().await;
    stage.session.another_way(SignInMethod::Phone).await.unwrap();
    assert!(ends.try_recv().is_err());
    stage.session.cancel().await;
    assert_eq!(ends.try_recv(), Ok(SignInEnd::Cancelled));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_cancel_at_any_moment_is_told_as_what_it_came_to() {
    let mut came_first = [0, 0];
    for run in 0..RUNS {
        let stage = Stage::new().await;
        let ends = stage.session.sign_in_ends();
        let page = stage.page().await;
        stage.come_back(&page).await;
        tokio::time::sleep(Duration::from_micros(u64::from(run) * 200)).await;
        stage.session.cancel().await;
        match end(ends).await {
            SignInEnd::SignedIn { .. } => {
                came_first[0] += 1;
                assert_eq!(stage.token_files().await.accounts.len(), 1);
                assert!(matches!(stage.status(), Status::SignedIn(_)), "{:?}", stage.status());
            }
            SignInEnd::Cancelled => {
                came_first[1] += 1;
                let left = (stage.vault_file().exists(), stage.ring.keys());
                assert_eq!(left, (false, 0), "after {run} steps of 200 µs: a vault, keys");
                assert!(was_cancelled(&stage.status()), "{:?}", stage.status());
            }
            SignInEnd::Failed { problem } => panic!("{problem:?}"),
        }
    }
    assert!(came_first.into_iter().all(|times| times > 0), "both happen: {came_first:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_cancel_of_signing_in_again_leaves_the_tokens_of_before_or_comes_too_late() {
    for run in 0..RUNS {
        let stage = Stage::signed_in().await;
        let before = stage.issuer.last_refresh();
        let ends = stage.session.sign_in_ends();
        let page = stage.page_for(Through::Known).await;
        stage.come_back(&page).await;
        tokio::time::sleep(Duration::from_micros(u64::from(run) * 200)).await;
        stage.session.cancel().await;
        let end = end(ends).await;
        let contents = stage.token_files().await;
        let [account] = &contents.accounts[..] else { panic!("one account is there: {}", contents.accounts.len()) };
        let kept = account.tokens.refresh.as_ref().unwrap().expose_secret().to_owned();
        match end {
            SignInEnd::SignedIn { .. } => assert_eq!(kept, stage.issuer.last_refresh()),
            SignInEnd::Cancelled => assert_eq!(kept, before),
            SignInEnd::Failed { problem } => panic!("{problem:?}"),
        }
        assert!(is_fresh(&stage.status()));
    }
}
