//! The address at which a browser ended, brought back by hand; and going on another way.

use spartan_auth::{azure_app::AzureApp, sign_in_method::SignInMethod};
use spartan_session::{
    session::{NextStep, SignInRequest, Through},
    status::{SigningIn, Status},
};
use url::Url;

use crate::stage::{Stage, a_while, app, is_fresh, was_cancelled};
use crate::words::message;

async fn opened(stage: &Stage, redirect: &str) -> String {
    let app = AzureApp::parse(&app().client_id.to_string(), redirect).unwrap();
    let wish = SignInRequest { method: Some(SignInMethod::Paste), ..Through::App(app).into() };
    let NextStep::Browser(page) = stage.session.sign_in(wish).await.unwrap() else { panic!("no page opens") };
    page.query_pairs().find(|(key, _)| key == "state").unwrap().1.into_owned()
}

#[tokio::test]
async fn the_address_is_taken_as_browsers_show_it() {
    let cases = [
        ("https://localhost", "https://localhost/?code=c&state="),
        ("https://localhost", "  localhost/?code=c&state="),
        ("http://localhost:8400/cb", "localhost:8400/cb?code=c&state="),
        (
            "https://login.live.com/oauth20_desktop.srf",
            "https://login.live.com/oauth20_desktop.srf?lc=1033&code=c&state=",
        ),
        ("https://localhost", "https://lo\ncalhost/?code= c&state="),
        ("http://localhost:8400/cb", "https://127.0.0.1:8400/cb?code=c&amp;state="),
    ];
    for (redirect, address) in cases {
        let stage = Stage::new().await;
        let secret = opened(&stage, redirect).await;
        stage.session.paste(format!("{address}{secret}\n").into()).await.unwrap_or_else(|told| panic!("{told:?}"));
        stage.until(is_fresh).await;
        assert_eq!(stage.account().method, SignInMethod::Paste, "{address}");
    }
}

#[tokio::test]
async fn any_other_text_is_told_and_the_sign_in_goes_on() {
    let stage = Stage::new().await;
    let secret = opened(&stage, "https://localhost").await;
    let foreign =
        ["", "code", "https://login.live.com/", "https://localhost/?code=c", "https://localhost/?code=c&state=forged"];
    let not_whole = format!("https://localhost/?code=c+d&state={secret}");
    for text in foreign.into_iter().chain([not_whole.as_str()]) {
        let told = stage.session.paste(text.into()).await.expect_err(text);
        assert!(!message(&told).is_empty());
        assert!(matches!(stage.status(), Status::SigningIn { stage: SigningIn::AtPage { .. }, .. }), "{text}");
        assert_eq!(stage.issuer.asked(), [], "{text}");
    }
    stage.session.paste(format!("https://localhost/?code=c&state={secret}").into()).await.unwrap();
    stage.until(is_fresh).await;
}

#[tokio::test]
async fn an_address_that_says_no_ends_the_sign_in() {
    let stage = Stage::new().await;
    let secret = opened(&stage, "https://localhost").await;
    stage.session.paste(format!("https://localhost/?error=access_denied&state={secret}").into()).await.unwrap();
    stage.until(was_cancelled).await;
    assert!(stage.is_clean());
}

#[tokio::test]
async fn nothing_is_taken_while_nobody_signs_in() {
    let stage = Stage::new().await;
    assert!(stage.session.paste("https://localhost/?code=c&state=s".into()).await.is_err());
    assert!(stage.session.link().await.is_err());
}

#[tokio::test]
async fn the_link_is_that_of_the_page_whatever_the_way() {
    let stage = Stage::new().await;
    let page = stage.page().await;
    assert_eq!(stage.session.link().await.unwrap(), page.url);
}

#[tokio::test]
async fn a_sign_in_goes_on_another_way_and_the_first_page_counts_no_more() {
    let stage = Stage::new().await;
    let page = stage.page().await;
    let opens = stage.session.another_way(SignInMethod::Paste).await.unwrap();
    let NextStep::Browser(second) = opens else { panic!("no page opens") };
    assert!(matches!(stage.status(), Status::SigningIn { method: SignInMethod::Paste, .. }));
    stage.come_back(&page).await;
    a_while().await;
    assert!(stage.issuer.asked().is_empty(), "the first page's code is not used");
    let secret = second.query_pairs().find(|(key, _)| key == "state").unwrap().1.into_owned();
    stage.session.paste(format!("http://localhost/?code=c&state={secret}").into()).await.unwrap();
    stage.until(is_fresh).await;
}

#[tokio::test]
async fn a_way_that_the_app_does_not_allow_is_refused_and_the_present_one_goes_on() {
    let stage = Stage::new().await;
    let secret = opened(&stage, "https://localhost").await;
    stage.session.another_way(SignInMethod::Browser).await.expect_err("no browser can come back there");
    let wish = SignInRequest { method: Some(SignInMethod::Browser), ..Through::Known.into() };
    stage.session.sign_in(wish).await.expect_err("one at a time");
    stage.session.paste(format!("https://localhost/?code=c&state={secret}").into()).await.unwrap();
    stage.until(is_fresh).await;
}

#[tokio::test]
async fn the_way_of_an_account_is_its_way_the_next_time() {
    let stage = Stage::new().await;
    let secret = opened(&stage, "https://localhost").await;
    stage.session.paste(format!("https://localhost/?code=c&state={secret}").into()).await.unwrap();
    stage.until(is_fresh).await;
    let opens = stage.session.sign_in(Through::Known).await.unwrap();
    assert!(matches!(opens, NextStep::Browser(_)));
    let Status::SigningIn { method, again, methods, .. } = stage.status() else { panic!("{:?}", stage.status()) };
    assert_eq!((method, again.as_deref()), (SignInMethod::Paste, Some("aCurtis X89")));
    assert_eq!(methods, [SignInMethod::Window, SignInMethod::Phone, SignInMethod::Paste]);
    let link: Url = stage.session.link().await.unwrap();
    assert!(link.as_str().contains("https%3A%2F%2Flocalhost"));
}
