//! In the person's own browser: the port, the page that it shows, the link.

use std::io::{Read, Write};

use jiff::SignedDuration;
use spartan_auth::{azure_app::AzureApp, error::Cause as AuthCause, leg::Leg, sign_in_method::SignInMethod};
use spartan_session::{
    environment::LINK_SCHEME,
    error::Remedy,
    session::{NextStep, SignInRequest, Through},
    settings::Choices,
    status::{SigningIn, Status},
};
use url::Url;

use crate::stage::{Stage, a_while, app, is_fresh, is_signed_out, was_cancelled};
use crate::words::message;

/// Somebody signs in in their browser; the address that it opens.
async fn opened(stage: &Stage, app: AzureApp) -> Url {
    let wish = SignInRequest { method: Some(SignInMethod::Browser), ..Through::App(app).into() };
    match stage.session.sign_in(wish).await.expect("the browser opens") {
        NextStep::Browser(url) => url,
        other => panic!("another way opens: {other:?}"),
    }
}

/// Where the page leads back to, with that in its query beside `state`.
fn back(page: &Url, said: &str) -> Url {
    let value = |name: &str| page.query_pairs().find(|(key, _)| key == name).unwrap().1.into_owned();
    let (redirect, secret) = (value("redirect_uri"), value("state"));
    Url::parse(&format!("{redirect}/?{said}&state={secret}")).unwrap()
}

/// What a browser gets at an address of this computer.
async fn goes_to(address: Url) -> String {
    let asked = move || {
        let mut door = std::net::TcpStream::connect(("127.0.0.1", address.port().unwrap())).unwrap();
        let (path, query) = (address.path(), address.query().unwrap());
        let host = format!("localhost:{}", address.port().unwrap());
        write!(door, "GET {path}?{query} HTTP/1.1\r\nHost: {host}\r\n\r\n").unwrap();
        let mut answer = String::new();
        door.read_to_string(&mut answer).unwrap();
        answer
    };
    tokio::task::spawn_blocking(asked).await.unwrap()
}

#[tokio::test]
async fn a_browser_that_comes_back_signs_in_and_is_told_who() {
    let stage = Stage::new().await;
    let page = opened(&stage, app()).await;
    let seen = goes_to(back(&page, "code=c")).await;
    assert!(seen.starts_with("HTTP/1.1 200") && seen.contains("aCurtis X89"), "{seen}");
    stage.until(is_fresh).await;
    assert_eq!(stage.account().method, SignInMethod::Browser);
}

#[tokio::test]
async fn while_others_watch_the_browser_names_nobody() {
    let stage = Stage::new().await;
    stage.choose(Choices { streaming: true, ..Choices::default() }).await;
    let page = opened(&stage, app()).await;
    let seen = goes_to(back(&page, "code=c")).await;
    assert!(seen.contains("You are signed in.") && !seen.contains("aCurtis"), "{seen}");
    stage.until(is_fresh).await;
}

#[tokio::test]
async fn the_exchange_names_the_port_and_the_account_keeps_the_app_as_it_was_registered() {
    let stage = Stage::new().await;
    let page = opened(&stage, app()).await;
    let port = back(&page, "").port().expect("the redirect names a port");
    goes_to(back(&page, "code=c")).await;
    stage.until(is_fresh).await;
    let shown: Vec<_> = stage.issuer.shown().iter().map(|app| app.redirect_uri.as_str().to_owned()).collect();
    assert_eq!(shown, [format!("http://localhost:{port}")]);
    assert_eq!(stage.token_files().await.accounts[0].app.redirect_uri.as_str(), "http://localhost");
}

#[tokio::test]
async fn a_refusal_is_told_in_the_browser_too_and_the_port_is_closed() {
    let stage = Stage::new().await;
    let page = opened(&stage, app()).await;
    stage.issuer.refuse(Leg::XboxUser, AuthCause::Setup { error: "invalid".into(), mistake: None });
    let back = back(&page, "code=c");
    let seen = goes_to(back.clone()).await;
    assert!(seen.starts_with("HTTP/1.1 200") && !seen.contains("aCurtis"), "{seen}");
    stage.until(is_signed_out).await;
    let door = std::net::TcpStream::connect(("127.0.0.1", back.port().unwrap()));
    assert!(door.is_err(), "nobody listens any more");
}

#[tokio::test]
async fn a_cancel_closes_the_port() {
    let stage = Stage::new().await;
    let page = opened(&stage, app()).await;
    stage.session.cancel().await;
    stage.until(was_cancelled).await;
    let port = back(&page, "").port().unwrap();
    let closed = async {
        while std::net::TcpStream::connect(("127.0.0.1", port)).is_ok() {
            crate::stage::a_while().await;
        }
    };
    tokio::time::timeout(std::time::Duration::from_secs(10), closed).await.expect("the port closes");
    assert!(stage.is_clean());
}

#[tokio::test]
async fn a_port_that_the_app_names_and_somebody_else_uses_is_told_with_the_other_ways() {
    let stage = Stage::new().await;
    let taken = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let port = taken.local_addr().unwrap().port();
    let app = AzureApp::parse(&app().client_id.to_string(), &format!("http://localhost:{port}/cb")).unwrap();
    let wish = SignInRequest { method: Some(SignInMethod::Browser), ..Through::App(app).into() };
    let problem = stage.session.sign_in(wish).await.unwrap_err();
    assert!(message(&problem).contains(&port.to_string()), "{problem:?}");
    assert_eq!(problem.remedy(), Remedy::OtherWay);
    assert!(stage.is_clean());
}

#[tokio::test]
async fn a_link_counts_only_with_the_state_of_the_sign_in_that_is_pending() {
    let stage = Stage::new().await;
    let app = AzureApp::parse_with(&app().client_id.to_string(), "spartan-tray://auth", Some(LINK_SCHEME)).unwrap();
    let link = |text: &str| Url::parse(text).unwrap();
    assert!(!stage.session.link_opened(link("spartan-tray://auth?code=c&state=out-of-nowhere")).await);
    let page = opened(&stage, app).await;
    for foreign in ["?code=c&state=forged", "?error=access_denied&state=forged", "?code=c", ""] {
        assert!(!stage.session.link_opened(link(&format!("spartan-tray://auth{foreign}"))).await, "{foreign}");
    }
    assert!(!stage.session.link_opened(link("spartan-tray://open")).await);
    assert!(matches!(stage.status(), Status::SigningIn { stage: SigningIn::AtPage { .. }, .. }));
    let secret = page.query_pairs().find(|(key, _)| key == "state").unwrap().1.into_owned();
    assert!(stage.session.link_opened(link(&format!("spartan-tray://auth?code=c&state={secret}"))).await);
    stage.until(is_fresh).await;
}

#[tokio::test]
async fn a_browser_that_stays_away_for_long_is_told_and_may_still_come_back() {
    let stage = Stage::new().await;
    let app = AzureApp::parse_with(&app().client_id.to_string(), "spartan-tray://auth", Some(LINK_SCHEME)).unwrap();
    opened(&stage, app).await;
    stage.clock.pass(SignedDuration::from_secs(60)).await;
    assert_eq!(told(&stage.status()), None);
    stage.clock.pass(SignedDuration::from_secs(75)).await;
    assert_eq!(told(&stage.status()).as_deref(), Some("page.silent"));
}

#[tokio::test]
async fn a_page_in_a_window_from_which_nothing_comes_for_long_is_told_with_what_to_compare() {
    let stage = Stage::new().await;
    let page = stage.page().await;
    stage.clock.pass(SignedDuration::from_secs(75)).await;
    stage.session.navigated(page.clone()).await;
    a_while().await;
    stage.clock.pass(SignedDuration::from_secs(75)).await;
    assert_eq!(told(&stage.status()), None, "it went somewhere meanwhile");
    stage.clock.pass(SignedDuration::from_secs(60)).await;
    assert_eq!(told(&stage.status()).as_deref(), Some("page.silent"));
    let Status::SigningIn { app: shown, .. } = stage.status() else { panic!("{:?}", stage.status()) };
    assert_eq!((shown.client_id, shown.redirect_uri.as_str()), (app().client_id, "http://localhost"));
    stage.come_back(&page).await;
    stage.until(is_fresh).await;
}

#[tokio::test]
async fn a_page_in_a_window_that_does_not_load_is_told_until_it_goes_somewhere() {
    let stage = Stage::new().await;
    let page = stage.page().await;
    stage.session.not_loaded(page.clone()).await;
    stage.until(|status| told(status).as_deref() == Some("page.not_loaded")).await;
    stage.session.navigated(page.clone()).await;
    stage.until(|status| told(status).is_none()).await;
    stage.session.cancel().await;
    let second = stage.page().await;
    stage.session.not_loaded(page.clone()).await;
    stage.session.closed(page).await;
    assert_eq!(stage.session.link().await.unwrap(), second.url, "a window of before says nothing");
    assert_eq!(told(&stage.status()), None);
    stage.session.closed(second).await;
    stage.until(was_cancelled).await;
}

/// What is told of the page.
fn told(status: &Status) -> Option<String> {
    match status {
        Status::SigningIn { stage: SigningIn::AtPage { problem }, .. } => {
            problem.as_ref().map(|told| told.cause.code().into_owned())
        }
        _ => None,
    }
}
