//! The ways in which a person leaves a sign-in: each is a clean cancel.

use spartan_fakes::{Endpoint, Fakes, Fault, Setup, Times};

use crate::{
    keyring,
    page::{FIRST_ACCOUNT, SIGN_IN},
    program::{Look, Program},
};

/// From the first account past the others to the page's own *Cancel*.
const PAGES_CANCEL: &[&str] = &["Tab", "Tab", "Tab", "Tab", "Return"];

#[tokio::test(flavor = "multi_thread")]
async fn whichever_way_a_sign_in_is_left_nothing_has_changed_and_the_next_one_works() {
    let desktop = keyring::start_desktop().await;
    let fakes = Fakes::start(Setup::default()).await;
    let program = Program::start(&desktop, &fakes, Look::Light).await;

    program.press("Sign in").await;
    let window = desktop.window(SIGN_IN).await;
    program.until_state("signing_in").await;
    desktop.close(&window);
    is_cancelled(&program).await;

    program.press("Sign in").await;
    desktop.window(SIGN_IN).await;
    program.press("Cancel").await;
    is_cancelled(&program).await;

    program.sign_in(PAGES_CANCEL).await;
    is_cancelled(&program).await;
    assert_eq!(fakes.count(Endpoint::Token), 0);

    fakes.fail(Endpoint::Spartan, Fault::Hang, Times::Once);
    program.sign_in(FIRST_ACCOUNT).await;
    let hanging = async || (fakes.count(Endpoint::Spartan) > 0).then_some(());
    desktop.until("the request for the Spartan token", hanging).await;
    program.picture("signing-in-light").await;
    program.press("Cancel").await;
    is_cancelled(&program).await;

    program.sign_in(FIRST_ACCOUNT).await;
    program.until_state("signed_in fresh").await;
}

async fn is_cancelled(program: &Program<'_>) {
    program.until_state("signed_out").await;
    program.until_shown("The sign-in was cancelled.").await;
    program.desktop.no_window(SIGN_IN).await;
    assert!(!program.desktop.vault().exists());
}
