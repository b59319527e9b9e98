//! Without a browser here: a code for another device, and pasting the address.

use spartan_fakes::{Endpoint, Fakes, Pick, Setup};

use crate::{
    keyring,
    page::SIGN_IN,
    program::{Look, Program},
};

fn curtis() -> Pick {
    Pick::Account("curtis@example.com".into())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_code_that_is_typed_in_on_a_phone_signs_in_here() {
    let desktop = keyring::start_desktop().await;
    let fakes = Fakes::start(Setup::default()).await;
    let program = Program::start(&desktop, &fakes, Look::Light).await;

    program.choose("On my phone").await;
    program.press("Sign in").await;
    program.until_shown("Enter this code only if you started this sign-in yourself, here, just now.").await;
    program.press("Copy code").await;
    let code = desktop.until("the code in the clipboard", async || desktop.clipboard()).await;
    program.picture("on-phone-light").await;
    assert!(fakes.approve(&code, &Pick::Cancel), "the code is known");
    program.until_state("signed_out").await;
    program.until_shown("The sign-in was cancelled.").await;

    program.press("Sign in").await;
    program.press("Copy code").await;
    let copied = async || desktop.clipboard().filter(|text| *text != code);
    let code = desktop.until("another code in the clipboard", copied).await;
    assert!(fakes.approve(&code, &curtis()));
    program.until_state("signed_in fresh").await;
    program.until_shown("aCurtis X89").await;
    assert_eq!(fakes.count(Endpoint::Authorize), 0, "no page was opened");
}

#[tokio::test(flavor = "multi_thread")]
async fn an_address_that_is_brought_back_by_hand_signs_in_and_any_other_is_told() {
    let desktop = keyring::start_desktop().await;
    let fakes = Fakes::start(Setup::default()).await;
    let program = Program::start(&desktop, &fakes, Look::Light).await;

    program.choose("Paste the address").await;
    program.press("Sign in").await;
    program.press("Copy sign-in link").await;
    let link = desktop.until("the link", async || desktop.clipboard().filter(|text| text.contains("state="))).await;
    program.picture("paste-light").await;
    program.paste("Paste the address", "https://login.live.com/").await;
    program.press("Use this address").await;
    program.until_shown("This is not the address at which the sign-in ended.").await;
    let back = fakes.sign_in(&link, &curtis()).expect("the page leads back");
    program.paste("Paste the address", &back).await;
    program.press("Use this address").await;
    program.until_state("signed_in fresh").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_sign_in_goes_on_another_way_and_for_this_session_only_nothing_is_stored() {
    let desktop = keyring::start_desktop().await;
    let fakes = Fakes::start(Setup::default()).await;
    let program = Program::start(&desktop, &fakes, Look::Dark).await;

    program.choose("This session only").await;
    program.press("Sign in").await;
    desktop.window(SIGN_IN).await;
    program.press("On my phone").await;
    desktop.no_window(SIGN_IN).await;
    program.press("Copy code").await;
    let code = desktop.until("the code in the clipboard", async || desktop.clipboard()).await;
    assert!(fakes.approve(&code, &curtis()));
    program.until_state("signed_in fresh").await;
    program.picture("session-only-dark").await;
    assert!(!desktop.vault().exists());
    assert_eq!(keyring::secrets(&desktop), 0);
    program.quit().await;

    let program = Program::start(&desktop, &fakes, Look::Dark).await;
    program.until_state("signed_out").await;
}
