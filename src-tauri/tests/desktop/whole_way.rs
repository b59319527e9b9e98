//! The whole journey, from the first start to the last trace.

use spartan_fakes::{Endpoint, Fakes, Fault, Kind, Setup, Times};

use crate::{
    desktop::Desktop,
    keyring,
    page::FIRST_ACCOUNT,
    program::{Look, Program},
    sweep::{self, Place},
};

#[tokio::test(flavor = "multi_thread")]
async fn a_person_signs_in_copies_comes_back_and_signs_out_without_a_trace() {
    let desktop = keyring::start_desktop().await;
    let fakes = Fakes::start(Setup::default()).await;

    let program = Program::start(&desktop, &fakes, Look::Light).await;
    program.until_state("signed_out").await;
    program.picture("first-start-light").await;
    program.sign_in(FIRST_ACCOUNT).await;
    program.until_state("signed_in fresh").await;
    program.until_shown("aCurtis X89").await;
    program.until_shown("2533274855333605").await;

    program.press("Copy Spartan token").await;
    let spartan = fakes.last(Kind::Spartan).expect("a Spartan token was issued");
    let copied = async || desktop.clipboard().filter(|text| *text == spartan);
    desktop.until("the Spartan token in the clipboard", copied).await;
    program.picture("copied-light").await;
    assert_eq!(keyring::secrets(&desktop), 1, "the vault's key is in the keyring");
    assert!(desktop.vault().exists());
    no_secret_lies_about(&desktop, &fakes, program.content().await);
    program.quit().await;
    assert_eq!(desktop.clipboard(), None, "the token leaves the clipboard with the program");

    for endpoint in Endpoint::ALL {
        fakes.fail(endpoint, Fault::Drop, Times::Always);
    }
    let asked = fakes.counts();
    let program = Program::start(&desktop, &fakes, Look::Dark).await;
    assert_ne!(program.first_state().await, "signed_out", "a start must not look signed out");
    program.until_state("signed_in fresh").await;
    program.until_shown("aCurtis X89").await;
    program.picture("signed-in-dark").await;
    assert_eq!(fakes.counts(), asked, "a start with good tokens asks nobody");
    no_secret_lies_about(&desktop, &fakes, program.content().await);

    program.press("Sign out").await;
    program.until_shown("Sign out of this computer?").await;
    program.answer("Sign out").await;
    program.until_state("signed_out").await;
    program.picture("signed-out-dark").await;
    assert!(!desktop.vault().exists(), "the vault goes with the last account");
    assert_eq!(keyring::secrets(&desktop), 0, "the key goes with the vault");
    no_secret_lies_about(&desktop, &fakes, program.content().await);
}

/// The arguments are read while the program runs; its files hold its log and what it printed as well.
fn no_secret_lies_about(desktop: &Desktop, fakes: &Fakes, page: Vec<Place>) {
    let secrets: Vec<_> =
        fakes.issued().into_iter().map(|secret| (format!("{:?}", secret.kind), secret.value)).collect();
    assert!(secrets.len() >= 7, "a chain has at least seven secrets, so something is looked for");
    let paths = [sweep::files(desktop.folder()), sweep::arguments(), page].concat();
    assert_eq!(sweep::found(&secrets, &paths), Vec::<String>::new());
}
