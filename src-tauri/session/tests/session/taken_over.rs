//! What another program writes is adopted while something runs here.

use std::fs;

use jiff::SignedDuration;
use spartan_auth::leg::Leg;
use spartan_session::{
    error::{Cause, Remedy},
    session::{SignInRequest, Through},
    status::{AccountLine, Status, Storage},
};
use spartan_vault::account::Account;

use crate::{
    accounts::another,
    issuer::{curtis, expired, six_pounder},
    stage::{Stage, a_while, app, is_fresh, is_renewing, is_signed_out, is_signing_in, needs_sign_in, one_more},
};

const STEP: SignedDuration = SignedDuration::from_secs(15);

impl Stage {
    fn there(&self) -> Vec<(Option<String>, Storage)> {
        let snapshot = self.session.snapshot();
        snapshot.borrow().accounts.iter().map(|line: &AccountLine| (line.gamertag.clone(), line.storage)).collect()
    }

    /// Another program, in which somebody has signed in up to that leg.
    async fn beside(&self, wish: impl Into<SignInRequest>, leg: Leg) -> (Stage, crate::issuer::Held) {
        let beside = self.another();
        beside.until(is_fresh).await;
        let answer = self.issuer.hold(leg);
        let page = beside.page_for(wish).await;
        beside.come_back(&page).await;
        a_while().await;
        (beside, answer)
    }
}

#[tokio::test]
async fn whoever_waits_for_a_token_is_told_once_the_account_is_signed_out_elsewhere() {
    let stage = Stage::signed_in().await;
    stage.clock.suspend(SignedDuration::from_hours(5)).await;
    let answer = stage.issuer.hold(Leg::Spartan);
    let gone = async {
        stage.until(is_renewing).await;
        a_while().await;
        stage.elsewhere(|all| all.accounts.clear()).await;
        stage.copied().await.expect_err("another one who asks reads the vault first");
    };
    let (waited, ()) = tokio::join!(stage.copied(), gone);
    let waited = waited.expect_err("and tells the one who waits");
    assert_eq!(spartan_messages::Problem::from(waited).message, "aCurtis X89 was signed out by another program.");
    assert!(is_signed_out(&stage.status()));
    answer.let_go();
    stage.clock.quiet().await;
    assert!(is_signed_out(&stage.status()) && stage.is_clean());
}

#[tokio::test]
async fn a_copy_of_who_was_signed_out_elsewhere_names_them_and_not_the_one_who_is_shown_now() {
    let stage = Stage::with_two().await;
    let gone = stage.id("Six Pounder 07");
    stage.session.show(gone).await;
    stage.elsewhere(move |all| all.accounts.retain(|account| account.id != gone)).await;
    let refused = stage.copied().await.unwrap_err();
    assert_eq!(refused.cause, Cause::SignedOutElsewhere { account: Some("Six Pounder 07".into()) });
    assert_eq!(refused.remedy(), Remedy::Tell);
    stage.until(is_fresh).await;
    assert_eq!(stage.account().gamertag.as_deref(), Some("aCurtis X89"));
    assert!(stage.copied().await.is_ok(), "the next click is about the one who is shown");
}

#[tokio::test]
async fn whatever_is_asked_of_an_account_that_was_signed_out_elsewhere_says_who_is_not_signed_in_any_more() {
    let stage = Stage::with_two().await;
    let gone = stage.id("Six Pounder 07");
    stage.elsewhere(move |all| all.accounts.retain(|account| account.id != gone)).await;
    let expected = Cause::SignedOutElsewhere { account: Some("Six Pounder 07".into()) };
    for _ in ["before that shows here", "after it"] {
        let renamed = stage.session.rename(gone, "Bot".into()).await.unwrap_err();
        assert_eq!(renamed.cause, expected);
        assert_eq!(stage.session.move_to(gone, 0).await.unwrap_err().cause, expected);
    }
    assert_eq!(stage.there().len(), 1);
}

#[tokio::test]
async fn a_sign_in_that_goes_on_elsewhere_is_left_alone_until_it_has_ended() {
    for leg in [Leg::XboxUser, Leg::Spartan] {
        let stage = Stage::signed_in().await;
        stage.issuer.comes(six_pounder());
        let (beside, answer) = stage.beside(one_more(), leg).await;
        stage.issuer.asked();
        stage.clock.pass(STEP).await;
        assert_eq!((stage.there().len(), stage.token_files().await.accounts.len()), (1, 2), "{}", leg.name());
        assert_eq!(stage.issuer.asked(), [], "nobody renews it");
        answer.let_go();
        beside.until(|status| !is_signing_in(status)).await;
        stage.clock.pass(STEP).await;
        assert_eq!(stage.there().len(), 2);
    }
}

#[tokio::test]
async fn a_sign_in_that_was_interrupted_elsewhere_shows_after_two_minutes() {
    let stage = Stage::signed_in().await;
    stage.issuer.comes(six_pounder());
    let (beside, _answer) = stage.beside(one_more(), Leg::XboxUser).await;
    drop(beside);
    stage.clock.pass(STEP).await;
    assert_eq!(stage.there().len(), 1);
    for _ in 0..8 {
        stage.clock.pass(STEP).await;
    }
    assert_eq!(stage.there().len(), 2);
}

#[tokio::test]
async fn a_sign_in_again_elsewhere_disturbs_nothing_before_it_has_ended() {
    let stage = Stage::signed_in().await;
    let before = stage.account();
    let (beside, answer) = stage.beside(Through::Known, Leg::Spartan).await;
    stage.clock.pass(STEP).await;
    assert_eq!((stage.account(), stage.there().len()), (before.clone(), 1));
    answer.let_go();
    beside.until(is_fresh).await;
    stage.clock.pass(STEP).await;
    assert_eq!((stage.account().account, stage.there().len()), (before.account, 1));
    assert_eq!(stage.copied().await.unwrap(), beside.copied().await.unwrap());
}

#[tokio::test]
async fn an_account_of_this_session_stays_in_its_place_whatever_is_written() {
    let stage = Stage::signed_in().await;
    stage.issuer.comes(six_pounder());
    let page = stage.page_for(SignInRequest { storage: Storage::Memory, ..one_more() }).await;
    stage.come_back(&page).await;
    stage.until(|status| status.signed_in().is_some_and(|one| one.storage == Storage::Memory)).await;
    stage.clock.quiet().await;
    let id = stage.account().account;
    stage.session.move_to(id, 0).await.unwrap();
    let first = (six_pounder().gamertag, Storage::Memory);
    assert_eq!(stage.there(), [first.clone(), (curtis().gamertag, Storage::Vault)]);
    stage.elsewhere(|all| all.put(another(&all.accounts[0], 3))).await;
    stage.clock.pass(STEP).await;
    let third = (Some("Spartan 3".into()), Storage::Vault);
    assert_eq!(stage.there(), [first.clone(), (curtis().gamertag, Storage::Vault), third]);
    stage.elsewhere(|all| all.accounts.clear()).await;
    stage.copied().await.expect("it is in no vault");
    stage.clock.pass(STEP).await;
    assert_eq!(stage.there(), [first]);
}

#[tokio::test]
async fn a_refusal_that_another_program_met_is_told_here() {
    let stage = Stage::signed_in().await;
    let beside = stage.another();
    beside.until(is_fresh).await;
    stage.clock.pass(STEP).await;
    stage.issuer.refuse(Leg::XstsHalo, expired());
    beside.session.renew().await.unwrap();
    beside.until(needs_sign_in).await;
    beside.clock.quiet().await;
    stage.clock.pass(STEP).await;
    assert!(needs_sign_in(&stage.status()), "{:?}", stage.status());
}

#[tokio::test]
async fn a_vault_that_did_not_open_opens_once_another_program_has_begun_a_new_one() {
    let stage = Stage::signed_in().await;
    let account = stage.token_files().await.accounts.remove(0);
    fs::write(stage.vault_file(), "no vault").unwrap();
    let stage = stage.restarted();
    stage.until(|status| matches!(status, Status::Shut { .. })).await;
    stage.clock.pass(STEP).await;
    assert!(matches!(stage.status(), Status::Shut { .. }));
    fs::remove_file(stage.vault_file()).unwrap();
    stage.put(Account { name: Some("New".into()), ..account }).await;
    stage.clock.pass(STEP).await;
    assert_eq!(stage.account().name.as_deref(), Some("New"));
}

#[tokio::test]
async fn what_cannot_be_read_takes_nothing_away_and_is_read_once_it_can_be() {
    let stage = Stage::signed_in().await;
    let page = stage.page_for(SignInRequest { storage: Storage::Memory, ..Through::App(app()).into() }).await;
    drop(page);
    stage.session.cancel().await;
    stage.clock.quiet().await;
    let good = fs::read(stage.vault_file()).unwrap();
    fs::write(stage.vault_file(), "no vault").unwrap();
    stage.copied().await.expect("what was read before is good");
    stage.clock.pass(STEP).await;
    assert_eq!(stage.there().len(), 1);
    fs::write(stage.vault_file(), good).unwrap();
    stage.elsewhere(|all| all.put(another(&all.accounts[0], 3))).await;
    stage.clock.pass(STEP).await;
    assert_eq!(stage.there().len(), 2);
}

#[tokio::test]
async fn what_another_program_wrote_shows_however_often_somebody_asks_for_something() {
    let stage = Stage::signed_in().await;
    stage.elsewhere(|all| all.put(another(&all.accounts[0], 3))).await;
    for _ in 0..4 {
        stage.clock.go_on(SignedDuration::from_secs(10));
        stage.session.apps().await.unwrap();
        a_while().await;
    }
    assert_eq!(stage.there().len(), 2);
}

#[tokio::test]
async fn whoever_waits_for_a_page_is_told_if_the_vault_does_not_open_anymore() {
    let stage = Stage::signed_in().await;
    let answer = stage.issuer.hold(Leg::Microsoft);
    let session = stage.session.clone();
    let signing_in = tokio::spawn(async move { session.sign_in(one_more()).await });
    stage.until(is_signing_in).await;
    fs::write(stage.vault_file(), "no vault").unwrap();
    stage.clock.go_on(SignedDuration::from_hours(5));
    stage.copied().await.expect_err("it has to renew first");
    assert_eq!(signing_in.await.unwrap().unwrap_err().remedy(), Remedy::StartAfresh);
    answer.let_go();
}
