//! Notifications for a person who has no window open.

use spartan_fakes::{Endpoint, Fakes, Setup};

use crate::{
    desktop::Desktop,
    keyring,
    notices::Notices,
    page::{FIRST_ACCOUNT, FOCUS, MAIN, SIGN_IN},
    program::{Look, Program, start_bare},
    tray::Host,
};

#[tokio::test(flavor = "multi_thread")]
async fn a_sign_in_that_ended_is_told_once_and_opens_nothing_by_itself() {
    let desktop = keyring::start_desktop().await;
    let fakes = Fakes::start(Setup::default()).await;
    let (host, notices) = (Host::start(&desktop).await, Notices::start(&desktop).await);
    let program = Program::start(&desktop, &fakes, Look::Light).await;
    host.icon().await;
    program.sign_in(FIRST_ACCOUNT).await;
    program.until_state("signed_in fresh").await;
    desktop.close(&desktop.window(MAIN).await);
    program.press_last("Close the window").await;
    desktop.no_window(MAIN).await;

    end_sign_in(&fakes);
    refused(&desktop, &fakes, &host).await;
    let told = desktop.until("a notification", async || notices.shown().pop()).await;
    assert!(told.words.contains("Microsoft no longer accepts this sign-in."), "{told:?}");
    assert_eq!(told.buttons, ["Open", "Sign in again"]);
    assert!(desktop.windows().is_empty(), "nobody asked for a window");

    refused(&desktop, &fakes, &host).await;
    host.choose("Quit").await;
    program.ended().await;
    let _program = start_bare(&desktop, &fakes, &["--hidden"]);
    host.until_told("aCurtis X89").await;
    refused(&desktop, &fakes, &host).await;
    assert_eq!(notices.shown().len(), 1, "the same failure is told once, at the next start too");

    host.choose("Sign in…").await;
    let page = desktop.window(SIGN_IN).await;
    desktop.window(MAIN).await;
    desktop.close(&page);
    desktop.no_window(SIGN_IN).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_click_on_the_notification_leads_on() {
    let desktop = keyring::start_desktop().await;
    let fakes = Fakes::start(Setup::default()).await;
    let (host, notices) = (Host::start(&desktop).await, Notices::start(&desktop).await);
    let program = Program::start(&desktop, &fakes, Look::Light).await;
    host.icon().await;
    program.sign_in(FIRST_ACCOUNT).await;
    program.until_state("signed_in fresh").await;
    desktop.close(&desktop.window(MAIN).await);
    program.press_last("Close the window").await;
    desktop.no_window(MAIN).await;

    end_sign_in(&fakes);
    host.choose("Renew now").await;
    desktop.until("a notification", async || notices.shown().pop()).await;
    notices.click("sign-in").await;
    desktop.window(MAIN).await;
    let page = desktop.window(SIGN_IN).await;
    desktop.colour(&page, FOCUS).await;
    desktop.press(&page, FIRST_ACCOUNT);
    host.until_told("aCurtis X89 · 3 h 59 min left").await;

    desktop.close(&desktop.window(MAIN).await);
    desktop.no_window(MAIN).await;
    end_sign_in(&fakes);
    host.choose("Renew now").await;
    let second = async || (notices.shown().len() == 2).then_some(());
    desktop.until("another failure, another notification", second).await;
    notices.click("default").await;
    desktop.window(MAIN).await;
}

/// Makes everything that was issued expire.
fn end_sign_in(fakes: &Fakes) {
    fakes.revoke();
    for endpoint in Endpoint::ALL {
        fakes.expire(endpoint);
    }
}

/// Tries to renew, and fails.
async fn refused(desktop: &Desktop, fakes: &Fakes, host: &Host<'_>) {
    let before = fakes.count(Endpoint::Token);
    host.choose("Renew now").await;
    desktop.until("a refusal", async || (fakes.count(Endpoint::Token) > before).then_some(())).await;
    // The line can be clicked again once the answer has been understood.
    let over = async || host.offers().await.contains(&"Sign in…".to_owned()).then_some(());
    desktop.until("the offer to sign in", over).await;
}
