//! Signing in again: whoever is signed in stays so, whatever comes of it.

use std::time::Duration;

use jiff::SignedDuration;
use spartan_auth::{error::Cause as AuthCause, leg::Leg};
use spartan_session::{
    error::{Remedy, XErr},
    session::Through,
    status::{Renewal, Status},
};
use spartan_vault::account::Person;

use crate::{
    issuer::{busy, curtis, expired, passing, six_pounder, unreachable},
    stage::{Stage, a_while, is_fresh, is_renewing, is_signing_in, is_stale, needs_sign_in, one_more},
    words::{help, message},
};

#[tokio::test]
async fn a_cancel_leaves_the_account_as_it_was() {
    let stage = Stage::signed_in().await;
    let (before, kept) = (stage.status(), refresh_token(&stage).await);
    stage.page().await;
    stage.session.cancel().await;
    assert_eq!(stage.until(is_fresh).await, before);

    let page = stage.page().await;
    let answer = stage.issuer.hold(Leg::Spartan);
    stage.come_back(&page).await;
    stage.until(is_signing_in).await;
    stage.session.cancel().await;
    assert_eq!(stage.until(is_fresh).await, before);
    answer.let_go();
    stage.clock.quiet().await;
    assert_eq!(refresh_token(&stage).await, kept);
}

#[tokio::test]
async fn a_foreign_redirect_is_told_and_the_account_renews_all_the_same() {
    let stage = Stage::signed_in().await;
    let page = stage.page().await;
    stage.redirected(&page, "code=c&state=foreign").await;
    let status = stage.until(has_failed).await;
    assert!(message(status.problem().unwrap()).contains("did not belong to this sign-in"));
    assert!(is_fresh(&status), "whoever is signed in has no problem");
    assert!(stage.copied().await.is_ok());
    stage.clock.pass(SignedDuration::from_mins(220)).await;
    assert!(is_fresh(&stage.status()), "{:?}", stage.status());
    assert!(stage.issuer.asked().contains(&Leg::Spartan));
}

#[tokio::test]
async fn a_page_that_cannot_be_reached_is_told_and_changes_nothing() {
    let stage = Stage::signed_in().await;
    let before = stage.status();
    stage.issuer.refuse(Leg::Microsoft, unreachable());
    let problem = stage.session.sign_in(Through::Known).await.expect_err("no network");
    assert_eq!(problem.remedy(), Remedy::SignIn);
    assert_eq!(stage.until(is_fresh).await, before);
}

#[tokio::test]
async fn another_account_than_the_expected_one_replaces_nothing() {
    let stage = Stage::signed_in().await;
    let kept = refresh_token(&stage).await;
    let page = stage.page().await;
    stage.issuer.comes(six_pounder());
    stage.come_back(&page).await;
    let status = stage.until(has_failed).await;
    let problem = status.problem().unwrap();
    assert!(message(problem).contains("Six Pounder 07") && message(problem).contains("aCurtis X89"), "{problem:?}");
    assert!(!spartan_messages::Problem::from(problem).details.contains("Six Pounder 07"));
    assert_eq!(stage.account().gamertag.as_deref(), Some("aCurtis X89"));
    assert_eq!(refresh_token(&stage).await, kept);
    assert_eq!(stage.token_files().await.accounts.len(), 1);
}

#[tokio::test]
async fn an_account_whose_person_stays_unknown_replaces_nothing() {
    let stage = Stage::signed_in().await;
    let kept = refresh_token(&stage).await;
    let page = stage.page().await;
    stage.issuer.refuse(Leg::XstsXbox, passing());
    stage.come_back(&page).await;
    stage.until(has_failed).await;
    assert_eq!(refresh_token(&stage).await, kept);
}

#[tokio::test]
async fn a_person_whom_xbox_does_not_tell_replaces_nobody() {
    let stage = Stage::signed_in().await;
    let kept = refresh_token(&stage).await;
    let page = stage.page().await;
    stage.issuer.tells_nobody();
    stage.come_back(&page).await;
    stage.until(has_failed).await;
    assert_eq!(refresh_token(&stage).await, kept);
}

#[tokio::test]
async fn a_person_without_a_gamertag_is_known_by_the_xuid() {
    let stage = Stage::signed_in().await;
    let kept = refresh_token(&stage).await;
    let page = stage.page().await;
    stage.issuer.comes(Person { gamertag: None, ..six_pounder() });
    stage.come_back(&page).await;
    stage.until(has_failed).await;
    assert_eq!(refresh_token(&stage).await, kept, "it is somebody else");

    let page = stage.page().await;
    stage.issuer.comes(Person { gamertag: None, ..curtis() });
    stage.come_back(&page).await;
    stage.until(is_fresh).await;
    assert_ne!(refresh_token(&stage).await, kept);
    assert_eq!(stage.account().gamertag.as_deref(), Some("aCurtis X89"), "the name that was known stays");
}

#[tokio::test]
async fn the_same_person_takes_the_place_of_the_account_and_keeps_its_id() {
    let stage = Stage::signed_in().await;
    let (id, kept) = (stage.token_files().await.accounts[0].id, refresh_token(&stage).await);
    let page = stage.page().await;
    stage.come_back(&page).await;
    stage.until(is_fresh).await;
    let accounts = stage.token_files().await.accounts;
    assert_eq!((accounts.len(), accounts[0].id), (1, id));
    assert_ne!(refresh_token(&stage).await, kept);
}

#[tokio::test]
async fn who_has_to_sign_in_again_is_fresh_afterwards() {
    let stage = Stage::signed_in().await;
    stage.issuer.refuse(Leg::XstsHalo, expired());
    stage.session.renew().await.unwrap();
    stage.until(needs_sign_in).await;
    let page = stage.page().await;
    stage.redirected(&page, "code=c&state=foreign").await;
    let status = stage.until(has_failed).await;
    assert!(needs_sign_in(&status));
    assert_eq!(status.problem().unwrap().remedy(), Remedy::SignIn);
    let page = stage.page().await;
    stage.come_back(&page).await;
    stage.until(is_fresh).await;
    let stage = stage.restarted();
    stage.until(|status| *status != Status::Opening).await;
    assert!(is_fresh(&stage.status()));
}

#[tokio::test]
async fn a_renewal_goes_on_beside_it_and_the_new_sign_in_wins() {
    let stage = Stage::signed_in().await;
    let answer = stage.issuer.hold(Leg::XstsHalo);
    stage.session.renew().await.unwrap();
    stage.until(is_renewing).await;
    let page = stage.page().await;
    stage.come_back(&page).await;
    a_while().await;
    assert!(is_signing_in(&stage.status()), "it waits for the renewal of the account whose place it takes");
    answer.let_go();
    stage.until(is_fresh).await;
    stage.clock.quiet().await;
    assert!(stage.issuer.asked().contains(&Leg::Microsoft));
    let newest = stage.issuer.last_refresh();
    assert_eq!(refresh_token(&stage).await, newest);
}

#[tokio::test]
async fn what_is_due_is_renewed_while_a_person_is_at_the_page() {
    let stage = Stage::signed_in().await;
    let page = stage.page().await;
    stage.clock.pass(SignedDuration::from_mins(221)).await;
    assert!(is_signing_in(&stage.status()));
    assert!(stage.issuer.asked().contains(&Leg::Spartan));
    stage.come_back(&page).await;
    stage.until(is_fresh).await;
}

#[tokio::test]
async fn tokens_are_handed_out_meanwhile() {
    let stage = Stage::signed_in().await;
    let before = stage.copied().await.unwrap();
    stage.page().await;
    assert_eq!(stage.copied().await.unwrap(), before);
}

#[tokio::test]
async fn a_setup_that_microsoft_refuses_does_not_stop_the_renewals_of_before() {
    let stage = Stage::signed_in().await;
    let Renewal::Fresh { renews_at } = stage.account().renewal else { panic!("not fresh") };
    let page = stage.page().await;
    stage.issuer.refuse(Leg::Microsoft, AuthCause::Setup { error: "invalid_client".into(), mistake: None });
    stage.come_back(&page).await;
    stage.until(has_failed).await;
    assert_eq!(stage.account().renewal, Renewal::Fresh { renews_at });
    stage.session.renew().await.unwrap();
    stage.until(|status| is_fresh(status) && !has_failed(status)).await;
}

#[tokio::test]
async fn a_sign_in_that_fails_while_the_account_renews_is_told_as_well() {
    let stage = Stage::signed_in().await;
    let answer = stage.issuer.hold(Leg::XstsHalo);
    stage.session.renew().await.unwrap();
    stage.until(is_renewing).await;
    a_while().await;
    let page = stage.page_for(one_more()).await;
    stage.issuer.refuse(Leg::XboxUser, AuthCause::Account { xerr: XErr(2_148_916_238), link: None });
    stage.come_back(&page).await;
    stage.until(has_failed).await;
    answer.let_go();
    let status = stage.until(is_fresh).await;
    assert!(has_failed(&status));
}

fn has_failed(status: &Status) -> bool {
    status.signed_in().is_some_and(|account| account.sign_in_problem.is_some())
}

async fn refresh_token(stage: &Stage) -> String {
    use secrecy::ExposeSecret;
    stage.token_files().await.accounts[0].tokens.refresh.as_ref().unwrap().expose_secret().to_owned()
}

#[tokio::test]
async fn a_sign_in_again_that_halo_stops_for_a_while_leaves_the_token_that_is_valid() {
    let stage = Stage::signed_in().await;
    let before = stage.copied().await.unwrap();
    stage.issuer.refuse(Leg::XstsHalo, passing());
    let page = stage.page().await;
    stage.come_back(&page).await;
    stage.until(is_stale).await;
    stage.clock.quiet().await;
    assert_eq!(stage.copied().await.unwrap(), before);
    assert!(stage.token_files().await.accounts[0].tokens.spartan.is_some());
}

#[tokio::test]
async fn nobody_signs_in_while_a_service_wants_to_be_left_alone() {
    let stage = Stage::signed_in().await;
    stage.issuer.refuse(Leg::XstsHalo, busy(Duration::from_secs(600)));
    stage.session.renew().await.unwrap();
    stage.until(is_stale).await;
    stage.issuer.asked();
    let told = stage.session.sign_in(Through::Known).await.unwrap_err();
    assert!(help(&told).contains("10 minutes"), "{told}");
    assert_eq!(stage.issuer.asked(), []);
}

#[tokio::test]
async fn a_token_that_a_service_refused_meanwhile_is_not_handed_out_again() {
    let stage = Stage::signed_in().await;
    let refused = stage.copied().await.unwrap();
    let page = stage.page_for(Through::Known).await;
    let answer = stage.issuer.hold(Leg::XboxUser);
    stage.issuer.refuse(Leg::Spartan, passing());
    stage.come_back(&page).await;
    a_while().await;
    let (id, token) = (stage.token_files().await.accounts[0].id, refused.as_str().into());
    stage
        .elsewhere(move |all| {
            let account = all.accounts.iter_mut().find(|account| account.id == id).unwrap();
            account.tokens.refuse_spartan(&token);
            account.revision += 1;
        })
        .await;
    answer.let_go();
    stage.until(is_stale).await;
    assert!(stage.token_files().await.accounts[0].is_refused());
    assert_ne!(stage.copied().await.ok(), Some(refused));
}
