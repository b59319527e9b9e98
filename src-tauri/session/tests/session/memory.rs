//! *This session only*: nothing of the account is stored.

use jiff::SignedDuration;
use spartan_session::{
    session::{SignInRequest, Through},
    status::{Status, Storage},
};

use crate::{
    importing::brought,
    issuer::six_pounder,
    stage::{Stage, app, is_fresh, is_renewing, is_signed_out, one_more, was_cancelled},
};

/// Somebody who signed in for this session only.
pub async fn signed_in() -> Stage {
    let stage = Stage::new().await;
    let page = stage.page_for(SignInRequest { storage: Storage::Memory, ..Through::App(app()).into() }).await;
    stage.come_back(&page).await;
    stage.until(is_fresh).await;
    stage.clock.quiet().await;
    stage
}

#[tokio::test]
async fn nothing_of_it_is_stored_and_a_restart_knows_nothing() {
    let stage = signed_in().await;
    assert_eq!(stage.account().storage, Storage::Memory);
    assert!(stage.is_clean(), "no vault and no key");
    assert!(stage.copied().await.is_ok());
    let stage = stage.restarted();
    stage.until(is_signed_out).await;
}

#[tokio::test]
async fn of_pasted_lines_nothing_is_stored_either_and_they_need_no_keyring() {
    for refresh in [Some("mine"), None] {
        let stage = Stage::signed_in().await;
        stage.session.sign_out().await.unwrap();
        stage.ring.lock();
        stage.session.import(brought(refresh), Storage::Memory).await.unwrap();
        if refresh.is_some() {
            stage.until(is_fresh).await;
            stage.clock.quiet().await;
            assert_eq!(stage.account().storage, Storage::Memory);
        }
        let known = stage.settings().apps.into_iter().map(|known| known.client_id);
        assert_eq!(known.collect::<Vec<_>>(), [app().client_id], "only the one of the sign-in before");
        assert!(!stage.vault_file().exists());
        assert_eq!(stage.ring.unlocked(), 0);
    }
}

#[tokio::test]
async fn while_the_vault_does_not_open_pasted_lines_sign_in_for_a_session() {
    let stage = Stage::signed_in().await;
    stage.ring.lock();
    let stage = stage.restarted();
    stage.until(|status| matches!(status, Status::Shut { .. })).await;
    stage.session.import(brought(Some("mine")), Storage::Memory).await.unwrap();
    stage.until(is_fresh).await;
    assert_eq!(stage.account().storage, Storage::Memory);
}

#[tokio::test]
async fn it_renews_like_any_other() {
    let stage = signed_in().await;
    let before = stage.copied().await.unwrap();
    stage.clock.pass(SignedDuration::from_hours(4)).await;
    stage.until(is_fresh).await;
    stage.clock.quiet().await;
    assert_ne!(stage.copied().await.unwrap(), before);
    assert_eq!(stage.account().storage, Storage::Memory);
    assert!(stage.is_clean());
}

#[tokio::test]
async fn it_signs_in_again_and_out_without_a_vault() {
    let stage = signed_in().await;
    let page = stage.page_for(Through::Known).await;
    stage.come_back(&page).await;
    stage.until(is_fresh).await;
    assert_eq!(stage.account().storage, Storage::Memory);
    stage.session.sign_out().await.unwrap();
    stage.until(is_signed_out).await;
    assert!(stage.is_clean());
}

#[tokio::test]
async fn a_cancel_leaves_nothing() {
    let stage = Stage::new().await;
    stage.page_for(SignInRequest { storage: Storage::Memory, ..Through::App(app()).into() }).await;
    stage.session.cancel().await;
    stage.until(was_cancelled).await;
    assert!(stage.is_clean());
}

#[tokio::test]
async fn whoever_is_in_the_vault_already_stays_there() {
    let stage = Stage::signed_in().await;
    let page = stage.page_for(SignInRequest { storage: Storage::Memory, ..one_more() }).await;
    stage.come_back(&page).await;
    stage.until(is_fresh).await;
    assert_eq!(stage.account().storage, Storage::Vault);
    assert_eq!(stage.token_files().await.accounts.len(), 1);
    assert_eq!(stage.session.snapshot().borrow().accounts.len(), 1);
}

#[tokio::test]
async fn it_stands_beside_the_vaults_and_another_programs_writing_does_not_end_it() {
    let stage = Stage::signed_in().await;
    stage.issuer.comes(six_pounder());
    let page = stage.page_for(SignInRequest { storage: Storage::Memory, ..one_more() }).await;
    stage.come_back(&page).await;
    stage.until(|status| status.signed_in().is_some_and(|one| one.storage == Storage::Memory)).await;
    let beside = stage.another();
    beside.until(is_fresh).await;
    beside.session.renew().await.unwrap();
    beside.until(is_renewing).await;
    beside.until(is_fresh).await;
    stage.clock.pass(SignedDuration::from_secs(30)).await;
    let kept: Vec<Storage> = stage.session.snapshot().borrow().accounts.iter().map(|line| line.storage).collect();
    assert_eq!(kept, [Storage::Vault, Storage::Memory]);
    assert_eq!(stage.token_files().await.accounts.len(), 1);
}

#[tokio::test]
async fn it_needs_no_vault_and_those_of_the_vault_come_beside_it_once_it_opens() {
    let stage = Stage::signed_in().await;
    stage.ring.lock();
    let stage = stage.restarted();
    stage.until(|status| matches!(status, Status::Shut { .. })).await;
    stage.session.sign_in(Through::App(app())).await.expect_err("nothing can be kept");

    stage.issuer.comes(six_pounder());
    let page = stage.page_for(SignInRequest { storage: Storage::Memory, ..Through::App(app()).into() }).await;
    stage.come_back(&page).await;
    stage.until(is_fresh).await;
    stage.clock.quiet().await;
    assert!(stage.copied().await.is_ok());

    stage.ring.open();
    stage.clock.pass(SignedDuration::from_secs(30)).await;
    let kept: Vec<Storage> = stage.session.snapshot().borrow().accounts.iter().map(|line| line.storage).collect();
    assert_eq!(kept, [Storage::Vault, Storage::Memory]);
    assert_eq!(stage.account().gamertag.as_deref(), Some("Six Pounder 07"), "who is shown stays shown");
}

#[tokio::test]
async fn who_signed_in_for_a_session_while_the_vault_was_locked_goes_on_with_the_newer_tokens() {
    let stage = Stage::signed_in().await;
    stage.ring.lock();
    let stage = stage.restarted();
    stage.until(|status| matches!(status, Status::Shut { .. })).await;
    stage.clock.suspend(SignedDuration::from_hours(1)).await;
    let page = stage.page_for(SignInRequest { storage: Storage::Memory, ..Through::App(app()).into() }).await;
    stage.come_back(&page).await;
    stage.until(is_fresh).await;
    stage.clock.quiet().await;
    let newer = stage.copied().await.unwrap();
    stage.ring.open();
    stage.clock.pass(SignedDuration::from_secs(30)).await;
    assert_eq!(stage.account().storage, Storage::Vault);
    assert_eq!(stage.session.snapshot().borrow().accounts.len(), 1);
    assert_eq!(stage.copied().await.unwrap(), newer);
    let refresh = stage.issuer.last_refresh();
    stage.session.renew().await.unwrap();
    stage.until(is_renewing).await;
    stage.until(is_fresh).await;
    stage.clock.quiet().await;
    let kept = stage.token_files().await.accounts.remove(0).tokens.refresh.unwrap();
    assert_eq!(secrecy::ExposeSecret::expose_secret(&kept), refresh);
}

#[tokio::test]
async fn after_it_a_vault_that_does_not_open_is_told_again() {
    let stage = Stage::signed_in().await;
    stage.ring.lock();
    let stage = stage.restarted();
    stage.until(|status| matches!(status, Status::Shut { .. })).await;
    let page = stage.page_for(SignInRequest { storage: Storage::Memory, ..Through::App(app()).into() }).await;
    stage.come_back(&page).await;
    stage.until(is_fresh).await;
    stage.session.sign_out().await.unwrap();
    stage.until(|status| matches!(status, Status::Shut { .. })).await;
}
