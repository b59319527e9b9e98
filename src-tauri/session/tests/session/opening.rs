//! The start: what the vault holds is shown, and a vault that does not open never looks like signed out.

use std::fs;

use jiff::SignedDuration;
use secrecy::ExposeSecret;
use spartan_auth::leg::Leg;
use spartan_session::{
    error::Remedy,
    format::Format,
    session::Through,
    status::{AccountLine, Renewal, Status, Storage},
};

use crate::{
    issuer::{Held, six_pounder},
    stage::{Stage, a_while, app, is_fresh, is_renewing, is_signed_out, one_more},
};

#[tokio::test]
async fn a_restart_shows_and_hands_out_what_the_vault_holds_without_any_request() {
    let stage = Stage::signed_in().await;
    let (before, token) = (stage.account(), stage.copied().await.unwrap());
    let stage = stage.restarted();
    stage.until(is_fresh).await;
    let after = stage.account();
    assert_eq!((after.gamertag, after.legs), (before.gamertag, before.legs));
    assert_eq!(stage.copied().await.unwrap(), token);
    assert_eq!(stage.issuer.asked(), []);
}

#[tokio::test]
async fn a_restart_after_the_expiry_renews_at_once() {
    let stage = Stage::signed_in().await;
    stage.clock.suspend(SignedDuration::from_hours(9)).await;
    let stage = stage.restarted();
    stage.until(is_fresh).await;
    assert!(!stage.issuer.asked().is_empty());
    assert!(stage.copied().await.is_ok());
}

#[tokio::test]
async fn a_restart_before_the_first_spartan_token_gets_it_at_once() {
    let stage = Stage::signed_in().await;
    let mut account = stage.token_files().await.accounts.remove(0);
    account.tokens.spartan = None;
    stage.put(account).await;
    let stage = stage.restarted();
    stage.until(is_renewing).await;
    stage.until(is_fresh).await;
    assert!(stage.copied().await.is_ok());
}

#[tokio::test]
async fn what_a_program_that_ended_at_the_page_left_is_cleared_away() {
    let stage = Stage::new().await;
    stage.page().await;
    let stage = stage.restarted();
    stage.until(is_signed_out).await;
    assert!(stage.is_clean());
}

#[tokio::test]
async fn a_locked_keyring_shows_shut_asks_nobody_and_unlocks_on_a_click() {
    let stage = Stage::signed_in().await;
    stage.ring.lock();
    let stage = stage.restarted();
    stage.until(|status| *status != Status::Opening).await;
    assert_eq!(remedy(&stage.status()), Remedy::Unlock);
    assert_eq!(stage.ring.unlocked(), 0);
    stage.session.unlock().await;
    stage.until(is_fresh).await;
    assert_eq!(stage.ring.unlocked(), 1);
}

#[tokio::test]
async fn while_the_keyring_asks_the_status_says_so() {
    let stage = Stage::signed_in().await;
    let answer = stage.ring.ask_for_long();
    let stage = stage.restarted();
    stage.until(|status| matches!(status, Status::Shut { .. })).await;
    stage.session.unlock().await;
    stage.until(|status| *status == Status::Unlocking).await;
    answer.send(()).unwrap();
    stage.until(is_fresh).await;
}

#[tokio::test]
async fn a_keyring_that_is_unlocked_elsewhere_is_noticed_without_a_click() {
    let stage = Stage::signed_in().await;
    stage.ring.lock();
    let stage = stage.restarted();
    stage.until(|status| *status != Status::Opening).await;
    stage.ring.open();
    stage.clock.pass(SignedDuration::from_secs(30)).await;
    stage.until(is_fresh).await;
    assert_eq!(stage.ring.unlocked(), 0);
}

#[tokio::test]
async fn a_shut_vault_takes_no_sign_in_no_copy_and_no_sign_out() {
    let stage = Stage::signed_in().await;
    stage.ring.lock();
    let stage = stage.restarted();
    stage.until(|status| *status != Status::Opening).await;
    let refused = [
        stage.session.sign_in(Through::App(app())).await.unwrap_err(),
        stage.session.import(crate::importing::brought(Some("r")), Storage::Vault).await.unwrap_err(),
        stage.session.hand_out(Format::Token).await.unwrap_err(),
        stage.session.sign_out().await.unwrap_err(),
    ];
    for problem in refused {
        assert_eq!(problem.remedy(), Remedy::Unlock);
    }
    stage.session.renew().await.unwrap();
    stage.session.cancel().await;
    stage.clock.quiet().await;
    assert_eq!(remedy(&stage.status()), Remedy::Unlock);
    assert_eq!(stage.issuer.asked(), []);
}

#[tokio::test]
async fn a_damaged_vault_stays_where_it_is_until_a_person_starts_afresh() {
    let stage = Stage::signed_in().await;
    let whole = fs::read(stage.vault_file()).unwrap();
    let torn = &whole[..whole.len() - 7];
    fs::write(stage.vault_file(), torn).unwrap();
    let stage = stage.restarted();
    stage.until(|status| *status != Status::Opening).await;
    assert_eq!(remedy(&stage.status()), Remedy::StartAfresh);
    assert_eq!(fs::read(stage.vault_file()).unwrap(), torn);

    stage.session.start_afresh().await.unwrap();
    stage.until(is_signed_out).await;
    let folder = fs::read_dir(stage.vault_file().parent().unwrap()).unwrap();
    let aside = folder.map(|file| file.unwrap().path()).find(|file| file.to_string_lossy().ends_with("-aside"));
    assert_eq!(fs::read(aside.expect("it is kept beside")).unwrap(), torn);
    let page = stage.page().await;
    stage.come_back(&page).await;
    stage.until(is_fresh).await;
}

#[tokio::test]
async fn a_lost_key_is_told_and_a_whole_file_opens_again_when_it_is_back() {
    let stage = Stage::signed_in().await;
    let whole = fs::read(stage.vault_file()).unwrap();
    fs::write(stage.vault_file(), &whole[..70]).unwrap();
    let stage = stage.restarted();
    stage.until(|status| matches!(status, Status::Shut { .. })).await;
    fs::write(stage.vault_file(), whole).unwrap();
    stage.session.unlock().await;
    stage.until(is_fresh).await;

    stage.ring.lose_every_key();
    let stage = stage.restarted();
    stage.until(|status| *status != Status::Opening).await;
    assert_eq!(remedy(&stage.status()), Remedy::StartAfresh);
}

#[tokio::test]
async fn starting_afresh_opens_a_vault_that_was_put_back_meanwhile() {
    let stage = Stage::signed_in().await;
    let whole = fs::read(stage.vault_file()).unwrap();
    fs::write(stage.vault_file(), &whole[..70]).unwrap();
    let stage = stage.restarted();
    stage.until(|status| matches!(status, Status::Shut { .. })).await;
    fs::write(stage.vault_file(), &whole).unwrap();
    stage.session.start_afresh().await.unwrap();
    stage.until(is_fresh).await;
    assert_eq!(fs::read(stage.vault_file()).unwrap(), whole);
}

#[tokio::test]
async fn starting_afresh_is_for_a_vault_that_does_not_open() {
    let stage = Stage::signed_in().await;
    assert!(stage.session.start_afresh().await.is_err());
    assert!(is_fresh(&stage.status()));
    assert_eq!(stage.token_files().await.accounts.len(), 1);
}

fn remedy(status: &Status) -> Remedy {
    let Status::Shut { problem } = status else { panic!("{status:?}") };
    problem.remedy()
}

/// An account whose renewal has used up its refresh token while the vault is torn by another program, and the vault's
/// file as it was before.
async fn shut_during_a_renewal() -> (Stage, Held, Vec<u8>) {
    let stage = Stage::new().await;
    stage.issuer.user_tokens_live_an_hour();
    stage.first_sign_in().await;
    stage.issuer.comes(six_pounder());
    let page = stage.page_for(one_more()).await;
    stage.come_back(&page).await;
    stage.until(is_fresh).await;
    stage.clock.suspend(SignedDuration::from_hours(2)).await;
    stage.issuer.asked();
    let answer = stage.issuer.hold(Leg::Microsoft);
    stage.session.renew().await.unwrap();
    stage.until(is_renewing).await;
    a_while().await;
    let whole = fs::read(stage.vault_file()).unwrap();
    fs::write(stage.vault_file(), &whole[..70]).unwrap();
    let first = stage.session.snapshot().borrow().accounts[0].id;
    stage.session.show(first).await;
    stage.session.renew().await.unwrap();
    stage.until(|status| matches!(status, Status::Shut { .. })).await;
    (stage, answer, whole)
}

/// Waits until the new refresh token is in the vault, which must not cost another one.
async fn is_saved(stage: &Stage, before: &str) {
    stage.until(is_signed_in).await;
    let mut snapshot = stage.session.snapshot();
    let is_well = |line: &AccountLine| matches!(line.renewal, Renewal::Fresh { .. });
    snapshot.wait_for(|all| all.accounts.len() == 2 && all.accounts.iter().all(is_well)).await.unwrap();
    let kept = stage.token_files().await.accounts.remove(1).tokens.refresh.unwrap();
    assert_ne!(kept.expose_secret(), before, "the renewal brought a new one");
    assert_eq!(kept.expose_secret(), stage.issuer.last_refresh());
    assert_eq!(stage.issuer.asked().iter().filter(|leg| **leg == Leg::Microsoft).count(), 1);
}

#[tokio::test]
async fn a_renewal_that_ends_while_the_vault_is_shut_is_saved_once_it_opens() {
    let (stage, answer, whole) = shut_during_a_renewal().await;
    let before = stage.issuer.last_refresh();
    answer.let_go();
    stage.clock.quiet().await;
    fs::write(stage.vault_file(), whole).unwrap();
    stage.clock.pass(SignedDuration::from_secs(15)).await;
    is_saved(&stage, &before).await;
}

#[tokio::test]
async fn a_renewal_goes_on_while_the_vault_is_shut_and_opens_again() {
    let (stage, answer, whole) = shut_during_a_renewal().await;
    let before = stage.issuer.last_refresh();
    fs::write(stage.vault_file(), whole).unwrap();
    stage.session.unlock().await;
    stage.until(is_signed_in).await;
    answer.let_go();
    is_saved(&stage, &before).await;
}

fn is_signed_in(status: &Status) -> bool {
    status.signed_in().is_some()
}
