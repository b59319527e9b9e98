//! Brought lines: with a refresh token they sign in, without one they name the app.

use secrecy::ExposeSecret;
use spartan_auth::{
    import::{self, ImportedCredentials},
    leg::Leg,
    sign_in_method::SignInMethod,
};
use spartan_session::{
    error::Remedy,
    session::{Imported, Through},
    status::{Status, Storage},
};

use crate::{
    issuer::{expired, passing, unreachable},
    stage::{Stage, app, is_fresh, is_signed_out, is_signing_in, is_stale},
    words::message,
};

pub fn brought(refresh: Option<&str>) -> ImportedCredentials {
    let refresh = refresh.map(|refresh| format!("REFRESH_TOKEN=M.C535_BL2.0.U.-Cqw1*{refresh}")).unwrap_or_default();
    import::read(&format!("CLIENT_ID=87654321-1234-1234-1234-123456789abc\nCLIENT_SECRET=hush-hush-hush-01\n{refresh}"))
        .unwrap()
}

#[tokio::test]
async fn a_refresh_token_among_them_signs_in_without_a_page() {
    let stage = Stage::new().await;
    let answer = stage.issuer.hold(Leg::XboxUser);
    assert!(matches!(stage.session.import(brought(Some("mine")), Storage::Vault).await, Ok(Imported::SigningIn)));
    stage.until(|status| matches!(status, Status::SigningIn { method: SignInMethod::Import, .. })).await;
    answer.let_go();
    stage.until(is_fresh).await;
    let account = &stage.token_files().await.accounts[0];
    assert!(
        account.tokens.refresh.as_ref().unwrap().expose_secret().starts_with("refresh-"),
        "the rotated one is kept"
    );
    assert_eq!(account.app.secret.as_ref().map(ExposeSecret::expose_secret), Some("hush-hush-hush-01"));
}

#[tokio::test]
async fn without_one_the_app_is_known_and_nothing_is_sent() {
    let stage = Stage::new().await;
    assert!(matches!(stage.session.import(brought(None), Storage::Vault).await, Ok(Imported::App(_))));
    assert!(is_signed_out(&stage.status()) && stage.is_clean());
    let page = stage.page_for(Through::Known).await;
    assert!(page.url.as_str().contains("87654321-1234-1234-1234-123456789abc"));
    assert_eq!(stage.issuer.asked(), []);
}

#[tokio::test]
async fn an_app_is_suggested_again_after_a_restart_unless_it_needs_a_secret() {
    let stage = Stage::signed_in().await;
    stage.session.sign_out().await.unwrap();
    let stage = stage.restarted();
    stage.until(is_signed_out).await;
    assert!(stage.session.sign_in(Through::Known).await.is_ok());

    let stage = Stage::new().await;
    stage.session.import(brought(None), Storage::Vault).await.unwrap();
    let stage = stage.restarted();
    stage.until(is_signed_out).await;
    let problem = stage.session.sign_in(Through::Known).await.unwrap_err();
    assert_eq!(problem.remedy(), Remedy::ChangeApp);
}

#[tokio::test]
async fn an_app_is_suggested_once_microsoft_has_accepted_it() {
    let known = |stage: &Stage| stage.settings().last_app().is_some();
    let public = || ImportedCredentials { app: app(), ..brought(Some("mine")) };
    let stage = Stage::new().await;
    let answer = stage.issuer.hold(Leg::Microsoft);
    stage.issuer.refuse(Leg::Microsoft, expired());
    stage.session.import(public(), Storage::Vault).await.unwrap();
    stage.until(is_signing_in).await;
    answer.let_go();
    stage.until(is_signed_out).await;
    assert!(!known(&stage));

    let stage = Stage::new().await;
    stage.session.import(public(), Storage::Vault).await.unwrap();
    stage.until(is_fresh).await;
    assert!(known(&stage));
}

#[tokio::test]
async fn a_refresh_token_that_microsoft_refuses_is_not_kept() {
    let stage = Stage::new().await;
    let answer = stage.issuer.hold(Leg::Microsoft);
    stage.issuer.refuse(Leg::Microsoft, expired());
    stage.session.import(brought(Some("dead")), Storage::Vault).await.unwrap();
    answer.let_go();
    let status = stage.until(|status| status.problem().is_some()).await;
    assert!(is_signed_out(&status), "{status:?}");
    assert_eq!(status.problem().unwrap().remedy(), Remedy::SignIn);
    assert!(stage.is_clean());
}

#[tokio::test]
async fn a_refresh_token_to_which_microsoft_has_not_answered_is_not_kept() {
    let stage = Stage::new().await;
    let answer = stage.issuer.hold(Leg::Microsoft);
    stage.issuer.refuse(Leg::Microsoft, passing());
    stage.session.import(brought(Some("anything")), Storage::Vault).await.unwrap();
    answer.let_go();
    let status = stage.until(|status| status.problem().is_some()).await;
    assert!(is_signed_out(&status), "{status:?}");
    assert!(stage.is_clean());
}

#[tokio::test]
async fn no_network_is_told_before_the_refresh_token_is_used() {
    let stage = Stage::new().await;
    stage.issuer.refuse(Leg::Microsoft, unreachable());
    stage.session.import(brought(Some("mine")), Storage::Vault).await.unwrap();
    let status = stage.until(|status| status.problem().is_some()).await;
    assert!(message(status.problem().unwrap()).contains("login.live.com"));
    assert_eq!(stage.issuer.asked(), []);
    assert!(stage.is_clean());
}

#[tokio::test]
async fn a_passing_trouble_behind_microsoft_keeps_the_rotated_token() {
    let stage = Stage::new().await;
    stage.issuer.refuse(Leg::XboxUser, passing());
    stage.session.import(brought(Some("mine")), Storage::Vault).await.unwrap();
    stage.until(is_stale).await;
    let refresh = stage.token_files().await.accounts[0].tokens.refresh.clone();
    assert!(refresh.unwrap().expose_secret().starts_with("refresh-"));
}

#[tokio::test]
async fn a_locked_keyring_is_unlocked_before_the_refresh_token_is_used() {
    let stage = Stage::new().await;
    stage.ring.lock();
    stage.session.import(brought(Some("mine")), Storage::Vault).await.unwrap();
    stage.until(is_fresh).await;
    assert_eq!(stage.ring.unlocked(), 1);
}
