//! Azure apps: shared, edited, forgotten.

use jiff::SignedDuration;
use spartan_auth::{
    azure_app::{AzureApp, Platform},
    error::Cause as AuthCause,
    leg::Leg,
};
use spartan_session::{
    session::{Secret, SignInRequest, Through},
    status::Storage,
};
use uuid::Uuid;

use crate::{
    issuer::six_pounder,
    stage::{Stage, app, is_fresh, is_renewing, is_signed_out, needs_sign_in, one_more},
};

const OTHER: &str = "00000000-aaaa-bbbb-cccc-000000000001";

fn other() -> AzureApp {
    AzureApp::parse(OTHER, "https://localhost").unwrap()
}

/// Somebody is signed in whose renewals begin at Microsoft by now.
async fn two_hours_ago() -> Stage {
    let stage = Stage::new().await;
    stage.issuer.user_tokens_live_an_hour();
    let page = stage.page().await;
    stage.come_back(&page).await;
    stage.until(is_fresh).await;
    stage.clock.pass(SignedDuration::from_hours(2)).await;
    stage.clock.quiet().await;
    stage.issuer.shown();
    stage
}

async fn renewed(stage: &Stage) {
    stage.session.renew().await.unwrap();
    stage.until(is_renewing).await;
    stage.until(|status| !is_renewing(status)).await;
    stage.clock.quiet().await;
}

#[tokio::test]
async fn apps_are_told_with_those_who_use_them() {
    let stage = Stage::signed_in().await;
    stage.issuer.comes(six_pounder());
    let page = stage.page_for(one_more()).await;
    stage.come_back(&page).await;
    stage.until(is_fresh).await;
    let apps = stage.session.apps().await.unwrap();
    assert_eq!(apps.len(), 1);
    assert_eq!((apps[0].app.client_id, apps[0].used_by.len()), (app().client_id, 2));
    stage.session.sign_out_all().await.unwrap();
    let apps = stage.session.apps().await.unwrap();
    assert!(apps.len() == 1 && apps[0].used_by.is_empty(), "the last one stays a suggestion");
    stage.session.forget_app(app().client_id).await.unwrap();
    assert!(stage.session.apps().await.unwrap().is_empty());
    assert!(stage.session.sign_in(Through::Known).await.is_err());
}

#[tokio::test]
async fn an_app_that_is_used_is_not_forgotten() {
    let stage = Stage::signed_in().await;
    stage.session.forget_app(app().client_id).await.expect_err("somebody uses it");
    assert_eq!(stage.session.apps().await.unwrap().len(), 1);
}

#[tokio::test]
async fn an_edited_app_serves_the_next_sign_in_while_renewals_go_on_with_the_old_one() {
    let stage = two_hours_ago().await;
    let edited = AzureApp { platform: Platform::Live, ..app() };
    stage.session.edit_app(edited, Secret::New("hush".into())).await.unwrap();
    assert_eq!(stage.account().app.platform, Platform::Live);
    renewed(&stage).await;
    let shown = stage.issuer.shown();
    assert!(!shown.is_empty() && shown.iter().all(|app| app.platform == Platform::Consumers && app.secret.is_none()));
    let page = stage
        .page_for(SignInRequest {
            method: Some(spartan_auth::sign_in_method::SignInMethod::Window),
            ..Through::Known.into()
        })
        .await;
    assert_eq!(page.url.host_str(), Some("login.live.com"));
    stage.come_back(&page).await;
    stage.until(is_fresh).await;
    let account = stage.token_files().await.accounts.remove(0);
    assert_eq!(
        (account.app.platform, account.app.secret.is_some(), account.edited.is_none()),
        (Platform::Live, true, true)
    );
}

#[tokio::test]
async fn once_microsoft_refuses_the_old_app_the_edited_one_renews() {
    let stage = two_hours_ago().await;
    stage.session.edit_app(app(), Secret::New("a new one".into())).await.unwrap();
    stage.issuer.refuse(Leg::Microsoft, AuthCause::Setup { error: "invalid_client".into(), mistake: None });
    renewed(&stage).await;
    assert!(is_fresh(&stage.status()), "{:?}", stage.status());
    let secrets: Vec<bool> = stage.issuer.shown().iter().map(|app| app.secret.is_some()).collect();
    assert_eq!(secrets, [false, true]);
    let account = stage.token_files().await.accounts.remove(0);
    assert!(account.app.secret.is_some() && account.edited.is_none());
}

#[tokio::test]
async fn a_refused_app_that_nobody_edited_asks_for_a_person() {
    let stage = two_hours_ago().await;
    stage.issuer.refuse(Leg::Microsoft, AuthCause::Setup { error: "invalid_client".into(), mistake: None });
    renewed(&stage).await;
    assert!(needs_sign_in(&stage.status()));
}

#[tokio::test]
async fn signing_in_to_a_known_person_through_another_app_replaces_the_app() {
    let stage = Stage::signed_in().await;
    let id = stage.account().account;
    let page = stage
        .page_for(SignInRequest { who: spartan_session::session::Wanted::Another, ..Through::App(other()).into() })
        .await;
    let address = format!("https://localhost/?code=c&state={}", crate::stage::state(&page));
    stage.session.redirected(page.clone(), page.read(&address.parse().unwrap())).await;
    stage
        .until(|status| status.signed_in().is_some_and(|one| one.app.client_id == Uuid::parse_str(OTHER).unwrap()))
        .await;
    assert_eq!(stage.account().account, id);
    assert_eq!(stage.token_files().await.accounts.len(), 1);
    stage.session.sign_out().await.unwrap();
    stage.until(is_signed_out).await;
    assert!(stage.is_clean());
}

#[tokio::test]
async fn editing_the_app_that_was_refused_renews_at_once() {
    let stage = two_hours_ago().await;
    stage.issuer.refuse(Leg::Microsoft, AuthCause::Setup { error: "invalid_client".into(), mistake: None });
    renewed(&stage).await;
    assert!(needs_sign_in(&stage.status()));
    stage.issuer.refuse(Leg::Microsoft, AuthCause::Setup { error: "invalid_client".into(), mistake: None });
    stage.session.edit_app(app(), Secret::New("a new one".into())).await.unwrap();
    stage.until(is_fresh).await;
}

#[tokio::test]
async fn one_more_signs_in_through_the_app_that_was_just_brought_along() {
    let stage = Stage::signed_in().await;
    let brought = spartan_auth::import::read(&format!("AzureApp(\"{OTHER}\", None, \"https://localhost\")")).unwrap();
    stage.session.import(brought, Storage::Vault).await.unwrap();
    let page = stage.page_for(one_more()).await;
    assert!(page.url.as_str().contains(OTHER), "{}", page.url);
}
