//! Copying in any format: what is waited for, and what is said where something is missing.

use jiff::SignedDuration;
use spartan_auth::{error::Cause as AuthCause, leg::Leg};
use spartan_session::{
    error::Remedy,
    format::{Format, Group},
};

use crate::{
    issuer::{expired, unreachable},
    memory,
    stage::{Stage, a_while, is_fresh, needs_sign_in},
    words::message,
};

/// Four hours less this is too little to copy.
const NEARLY_EXPIRED: SignedDuration = SignedDuration::from_mins(235);

const HALO_IS_DOWN: AuthCause = AuthCause::Passing { status: 500, retry_after: None };

/// Signed in, without a clearance.
async fn without_clearance() -> Stage {
    let stage = Stage::new().await;
    stage.issuer.refuse(Leg::Clearance, HALO_IS_DOWN);
    let page = stage.page().await;
    stage.come_back(&page).await;
    stage.until(is_fresh).await;
    stage.clock.quiet().await;
    stage.issuer.asked();
    stage
}

#[tokio::test]
async fn every_format_is_copied_without_a_request_while_the_tokens_are_good() {
    let stage = Stage::signed_in().await;
    for format in Format::ALL {
        let text = stage.copied_as(format).await.unwrap_or_else(|problem| panic!("{format}: {problem:?}"));
        assert!(!text.is_empty(), "{format}");
    }
    assert_eq!(stage.issuer.asked(), []);
}

#[tokio::test]
async fn a_format_that_holds_the_clearance_waits_for_one_that_is_on_its_way() {
    let stage = without_clearance().await;
    stage.clock.suspend(NEARLY_EXPIRED).await;
    let answer = stage.issuer.hold(Leg::Clearance);
    let (token, lines) = (stage.copied(), stage.copied_as(Format::Dotenv));
    tokio::pin!(lines);
    tokio::select! {
        biased;
        early = &mut lines => panic!("it did not wait: {early:?}"),
        token = token => assert!(token.unwrap().starts_with("Spartan"), "the token alone waits for nothing"),
    }
    answer.let_go();
    let lines = lines.await.unwrap();
    assert!(lines.contains("HALO_CLEARANCE_TOKEN="), "{lines}");
}

#[tokio::test]
async fn a_clearance_that_is_known_is_not_waited_for() {
    let stage = Stage::signed_in().await;
    stage.clock.suspend(NEARLY_EXPIRED).await;
    let answer = stage.issuer.hold(Leg::Clearance);
    assert!(stage.copied_as(Format::Json).await.unwrap().contains("\"clearance\": \"Clearance-"));
    answer.let_go();
    stage.until(is_fresh).await;
}

#[tokio::test]
async fn without_a_clearance_its_own_formats_say_so_and_offer_to_renew_and_the_others_go_without() {
    let stage = without_clearance().await;
    for format in [Format::Clearance, Format::ClearanceHeader] {
        let problem = stage.copied_as(format).await.unwrap_err();
        assert_eq!(message(&problem), "Halo has given no clearance for this account yet.");
        assert_eq!(problem.remedy(), Remedy::Retry { after: None });
    }
    assert!(stage.copied_as(Format::Dotenv).await.unwrap().contains("There is no HALO_CLEARANCE_TOKEN"));
    assert_eq!(stage.issuer.asked(), []);
}

#[tokio::test]
async fn what_holds_no_secret_is_copied_whatever_has_expired() {
    let stage = Stage::signed_in().await;
    stage.issuer.refuse(Leg::XstsHalo, expired());
    stage.session.renew().await.unwrap();
    stage.until(needs_sign_in).await;
    stage.clock.suspend(SignedDuration::from_hours(20)).await;
    for format in Format::ALL {
        assert_eq!(stage.copied_as(format).await.is_ok(), !format.holds_secret(), "{format}");
    }
}

#[tokio::test]
async fn what_expires_with_another_token_is_renewed_by_that_tokens_life() {
    let stage = Stage::signed_in().await;
    let before = stage.copied_as(Format::XblHeader).await.unwrap();
    stage.clock.suspend(NEARLY_EXPIRED).await;
    assert_eq!(stage.copied_as(Format::XblHeader).await.unwrap(), before, "it is good for half a day more");
    stage.clock.suspend(SignedDuration::from_hours(12)).await;
    assert_ne!(stage.copied_as(Format::XblHeader).await.unwrap(), before);
}

#[tokio::test]
async fn a_program_names_the_account_only_where_there_is_another() {
    let stage = Stage::signed_in().await;
    assert!(!stage.copied_as(Format::Python).await.unwrap().contains("--account"));
    let stage = Stage::with_two().await;
    assert!(stage.copied_as(Format::Python).await.unwrap().contains("\"--account=Six Pounder 07\""));
    let id = stage.session.snapshot().borrow().accounts[1].id;
    stage.session.rename(id, "Bot".into()).await.unwrap();
    assert!(stage.copied_as(Format::Python).await.unwrap().contains("\"--account=Bot\""));
    stage.session.rename(id, "acurtis x89".into()).await.unwrap();
    let xuid = stage.account().xuid.unwrap();
    let text = stage.copied_as(Format::Python).await.unwrap();
    assert!(text.contains(&format!("\"--account={xuid}\"")), "a name that means somebody else as well: {text}");
}

#[tokio::test]
async fn no_program_can_ask_for_an_account_of_this_session_only() {
    let stage = memory::signed_in().await;
    for format in Format::ALL {
        let copied = stage.copied_as(format).await;
        assert_eq!(copied.is_err(), format.group() == Group::Asking, "{format}");
        assert!(copied.err().is_none_or(|problem| message(&problem).contains("this session only")));
    }
}

#[tokio::test]
async fn before_xbox_has_told_who_it_is_the_token_alone_is_copied() {
    let stage = Stage::signed_in().await;
    let mut account = stage.token_files().await.accounts.remove(0);
    (account.person, account.tokens.xsts_xbox) = (None, None);
    stage.put(account).await;
    stage.issuer.network(false);
    let stage = stage.restarted();
    stage.until(is_fresh).await;
    a_while().await;
    assert!(stage.copied().await.is_ok());
    let problem = stage.copied_as(Format::Json).await.unwrap_err();
    assert!(message(&problem).contains("whose account"), "{problem:?}");
}

#[tokio::test]
async fn where_it_cannot_be_renewed_the_trouble_is_told_in_every_format_with_a_secret() {
    let stage = Stage::signed_in().await;
    for _ in 0..9 {
        stage.issuer.refuse(Leg::XstsHalo, unreachable());
    }
    stage.clock.suspend(SignedDuration::from_hours(5)).await;
    for format in [Format::Token, Format::Dotenv, Format::CurlWithToken] {
        assert!(stage.copied_as(format).await.is_err(), "{format}");
    }
}
