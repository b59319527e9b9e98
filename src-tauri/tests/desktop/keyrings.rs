//! Keyrings that are locked or missing.

use spartan_fakes::{Fakes, Setup};

use crate::{
    desktop::Desktop,
    keyring,
    page::FIRST_ACCOUNT,
    program::{Look, Program},
};

#[tokio::test(flavor = "multi_thread")]
async fn a_locked_keyring_is_unlocked_only_when_the_person_asks() {
    let desktop = keyring::start_desktop().await;
    let fakes = Fakes::start(Setup::default()).await;
    let program = Program::signed_in(&desktop, &fakes, Look::Light).await;
    program.quit().await;
    keyring::lock(&desktop);

    let program = Program::start(&desktop, &fakes, Look::Light).await;
    program.until_state("shut").await;
    assert!(program.offers("Unlock").await);
    assert!(!keyring::prompts(&desktop), "nobody asked for a prompt");
    assert_eq!(desktop.windows().len(), 1);
    program.picture("locked-light").await;

    program.press("Unlock").await;
    let prompt = desktop.window("Unlock Login Keyring").await;
    desktop.write(&prompt, keyring::PASSWORD);
    desktop.press(&prompt, &["Return"]);
    program.until_state("signed_in fresh").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn without_a_keyring_no_sign_in_begins_and_one_that_appears_later_is_used() {
    let desktop = Desktop::start().await;
    let fakes = Fakes::start(Setup::default()).await;
    let program = Program::start(&desktop, &fakes, Look::Light).await;
    program.press("Sign in").await;
    program.until_shown("This computer has no keyring running").await;
    program.picture("no-keyring-light").await;
    assert_eq!(desktop.windows().len(), 1, "a sign-in that cannot be kept is not begun");
    assert!(!desktop.vault().exists());

    let _keyring = keyring::start(&desktop).await;
    program.sign_in(FIRST_ACCOUNT).await;
    program.until_state("signed_in fresh").await;
    assert_eq!(keyring::secrets(&desktop), 1);
}
