//! Signing out.

use std::fs;

use spartan_fakes::{Fakes, Setup};

use crate::{
    keyring,
    spartan::{POUNDER, Spartan},
};

#[tokio::test(flavor = "multi_thread")]
async fn the_last_one_takes_vault_key_and_note_along() {
    let (desktop, fakes) = (keyring::start_desktop().await, Fakes::start(Setup::default()).await);
    let spartan = Spartan::signed_in(&desktop, &fakes);
    spartan.run(&["token"]).done();
    assert_eq!(spartan.run(&["sign-out"]).done(), "");
    assert!(!desktop.vault().exists());
    assert_eq!(keyring::secrets(&desktop), 0);
    spartan.run(&["token"]).refused(3);
    spartan.run(&["sign-out"]).refused(3);
}

#[tokio::test(flavor = "multi_thread")]
async fn of_several_nobody_is_signed_out_who_was_not_named() {
    let (desktop, fakes) = (keyring::start_desktop().await, Fakes::start(Setup::default()).await);
    let spartan = Spartan::signed_in(&desktop, &fakes);
    assert_eq!(spartan.sign_in(POUNDER).code, 0);
    let before = fs::read(desktop.vault()).unwrap();
    let refused = spartan.run(&["sign-out"]).refused(5);
    assert!(refused.contains("aCurtis X89") && refused.contains("Six Pounder 07"), "{refused}");
    assert_eq!(fs::read(desktop.vault()).unwrap(), before);
    spartan.run(&["sign-out", "six pounder 07"]).done();
    let accounts = spartan.run(&["accounts"]).done();
    assert!(accounts.contains("aCurtis X89") && !accounts.contains("Six Pounder 07"), "{accounts}");
    assert_eq!(spartan.sign_in(POUNDER).code, 0);
    spartan.run(&["sign-out", "--all"]).done();
    assert!(!desktop.vault().exists());
}
