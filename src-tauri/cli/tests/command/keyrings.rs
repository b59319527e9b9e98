//! Keyrings that are locked, missing or empty, and another user's vault: no prompt, and nothing is written.

use std::{fs, os::unix::fs::chown, process::Command};

use spartan_fakes::{Fakes, Setup};

use crate::{desktop::Desktop, keyring, spartan::Spartan};

/// Every command that needs the vault.
const COMMANDS: [&[&str]; 11] = [
    &["token"],
    &["clearance"],
    &["env"],
    &["xsts", "--relying-party", "http://xboxlive.com"],
    &["exec", "--", "true"],
    &["accounts"],
    &["sign-out"],
    &["sign-in", "--way", "paste"],
    &["status"],
    &["keep", "tokens.json"],
    &["watch"],
];

/// Checks that each command exits with 4 and prints `words`, and that the vault's bytes stay unchanged.
fn all_are_refused(spartan: &Spartan<'_>, words: &str) {
    let before = fs::read(spartan.desktop.vault()).unwrap();
    for command in COMMANDS {
        let refused = spartan.run(command).refused(4);
        assert!(refused.contains(words), "{command:?}: {refused}");
    }
    let ran = spartan.run(&["status", "--json"]);
    assert_eq!(ran.code, 4, "{ran:?}");
    let told: serde_json::Value = serde_json::from_str(&ran.out).unwrap();
    assert_eq!((told["schema"].as_u64(), told["vault"]["state"].as_str()), (Some(1), Some("shut")));
    // Its task is to check, and to report the result.
    let looked = spartan.run(&["doctor"]);
    assert!(looked.code == 4 && (looked.out.clone() + &looked.err).contains(words), "{looked:?}");
    let key = spartan.desktop.path("key");
    let init = spartan.run(&["vault", "init", "--key-file", key.to_str().unwrap()]).refused(4);
    assert!(init.contains("another key opens it") && !key.exists(), "{init}");
    assert!(spartan.run(&["purge"]).refused(2).contains("Nothing was removed"));
    assert!(!spartan.desktop.path("tokens.json").exists());
    assert_eq!(fs::read(spartan.desktop.vault()).unwrap(), before);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_locked_keyring_is_told_and_never_asks_where_nobody_is_there() {
    let (desktop, fakes) = (keyring::start_desktop().await, Fakes::start(Setup::default()).await);
    let spartan = Spartan::signed_in(&desktop, &fakes);
    keyring::lock(&desktop);
    all_are_refused(&spartan, "keyring is locked");
    assert!(!keyring::prompts(&desktop), "nobody asked for a prompt");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_locked_keyring_without_a_vault_lets_nobody_begin_to_sign_in() {
    let (desktop, fakes) = (keyring::start_desktop().await, Fakes::start(Setup::default()).await);
    keyring::lock(&desktop);
    let refused = Spartan::new(&desktop, &fakes).run(&["sign-in", "--way", "paste"]).refused(4);
    assert!(refused.contains("keyring is locked"), "{refused}");
    assert!(!keyring::prompts(&desktop) && !desktop.vault().exists());
}

#[tokio::test(flavor = "multi_thread")]
async fn without_a_keyring_nothing_begins_and_without_its_key_nothing_is_lost() {
    let (desktop, fakes) = (Desktop::start().await, Fakes::start(Setup::default()).await);
    let spartan = Spartan::new(&desktop, &fakes);
    let refused = spartan.run(&["sign-in", "--way", "paste"]).refused(4);
    assert!(refused.contains("no keyring running"), "{refused}");
    assert!(!desktop.vault().exists());

    let daemon = keyring::start(&desktop).await;
    assert_eq!(spartan.sign_in(crate::spartan::CURTIS).code, 0);
    drop(daemon);
    all_are_refused(&spartan, "no keyring running");
    let _daemon = keyring::start(&desktop).await;
    assert!(spartan.run(&["token"]).done().starts_with("v4="));
}

#[tokio::test(flavor = "multi_thread")]
async fn an_empty_keyring_loses_no_sign_in() {
    let (desktop, fakes) = (keyring::start_desktop().await, Fakes::start(Setup::default()).await);
    let spartan = Spartan::signed_in(&desktop, &fakes);
    desktop.ask(&["secret-tool", "clear", "service", "app.spartantray.demo"]).unwrap();
    assert_eq!(keyring::secrets(&desktop), 0);
    all_are_refused(&spartan, "is not in your keyring");
}

#[tokio::test(flavor = "multi_thread")]
async fn who_wants_everything_gone_is_not_kept_by_a_locked_keyring() {
    let (desktop, fakes) = (keyring::start_desktop().await, Fakes::start(Setup::default()).await);
    let spartan = Spartan::signed_in(&desktop, &fakes);
    keyring::lock(&desktop);
    let refused = spartan.run(&["purge", "--yes"]).refused(4);
    assert!(refused.contains("Everything else was removed"), "{refused}");
    assert!(!desktop.vault().exists() && !keyring::prompts(&desktop));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_vault_of_somebody_else_is_neither_read_nor_written() {
    let (desktop, fakes) = (keyring::start_desktop().await, Fakes::start(Setup::default()).await);
    let spartan = Spartan::signed_in(&desktop, &fakes);
    // Only root can change a file's owner; `sudo` runs as root, too.
    let who = Command::new("id").arg("-u").output().unwrap();
    if who.stdout != b"0\n" {
        return println!("not checked: this is not root");
    }
    chown(desktop.vault(), Some(12345), None).unwrap();
    let before = fs::read(desktop.vault()).unwrap();
    for command in COMMANDS {
        let refused = spartan.run(command).refused(4);
        assert!(refused.contains("belongs to another user"), "{command:?}: {refused}");
    }
    assert_eq!(fs::read(desktop.vault()).unwrap(), before);
}
