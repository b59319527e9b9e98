//! What the vault stores, and how.

use std::time::Duration;

use spartan_vault::{keyring::Interaction, vault::Look};

use crate::bed::{Bed, account, ids, put};

#[tokio::test]
async fn another_process_reads_what_was_written() {
    let bed = Bed::with_account(1).await;
    put(&bed.vault(), 2).await.unwrap();
    assert_eq!(ids(&bed.vault().read(Interaction::Forbidden).await.unwrap()), [1, 2]);
}

#[tokio::test]
async fn no_secret_stands_in_the_file() {
    let bed = Bed::with_account(1).await;
    let bytes = bed.bytes();
    assert!(!bytes.windows(9).any(|window| window == b"refresh-1"));
    let sealed_again = put(&bed.vault(), 1).await.map(|_| bed.bytes()).unwrap();
    assert_ne!(sealed_again[21..45], bytes[21..45], "each write has a nonce of its own");
}

#[tokio::test]
async fn reading_makes_no_file_and_no_folder() {
    let bed = Bed::new();
    assert!(bed.vault().read(Interaction::Forbidden).await.unwrap().is_empty());
    assert_eq!(bed.vault().look(), Look::Same);
    assert!(!bed.paths().data().exists());
}

#[tokio::test]
async fn file_and_key_go_when_nothing_is_left() {
    let bed = Bed::with_account(1).await;
    let vault = bed.vault();
    let (contents, ()) = vault.change(Interaction::Allowed, |contents| contents.remove(account(1).id)).await.unwrap();
    assert!(contents.is_empty());
    assert_eq!((bed.names(), bed.keyring.keys()), (vec!["vault.lock".into()], 0));
    assert_eq!(ids(&put(&vault, 2).await.unwrap()), [2]);
}

#[tokio::test]
async fn preparing_keeps_what_is_there_and_leaves_room_for_a_first_sign_in() {
    let bed = Bed::new();
    bed.vault().prepare(Interaction::Allowed).await.unwrap();
    assert_eq!((bed.names(), bed.keyring.keys()), (vec!["vault".into(), "vault.lock".into()], 1));
    put(&bed.vault(), 1).await.unwrap();
    bed.vault().prepare(Interaction::Allowed).await.unwrap();
    assert_eq!(ids(&bed.vault().read(Interaction::Forbidden).await.unwrap()), [1]);
    assert_eq!(bed.keyring.keys(), 1);
}

#[tokio::test]
async fn a_prepared_vault_that_was_not_needed_goes_with_a_change_of_nothing() {
    let bed = Bed::new();
    let vault = bed.vault();
    vault.prepare(Interaction::Allowed).await.unwrap();
    vault.change(Interaction::Forbidden, |_| ()).await.unwrap();
    assert_eq!((bed.names(), bed.keyring.keys()), (vec!["vault.lock".into()], 0));
}

#[cfg(unix)]
#[tokio::test]
async fn a_folder_that_is_made_is_the_persons_own_and_so_is_every_file() {
    use std::{fs, os::unix::fs::PermissionsExt};
    let mode = |path: &std::path::Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
    let bed = Bed::new();
    let home = bed.paths().data().to_owned();

    put(&bed.vault(), 1).await.unwrap();
    drop(bed.vault().lock_renewal(account(1).id).await.unwrap());
    assert_eq!(mode(&home), 0o700);
    assert_eq!(bed.names().len(), 3);
    for name in bed.names() {
        assert_eq!(mode(&home.join(&name)), 0o600, "{name}");
    }
}

#[cfg(unix)]
#[tokio::test]
async fn a_folder_that_the_person_made_keeps_its_mode() {
    use std::{fs, os::unix::fs::PermissionsExt};
    let bed = Bed::new();
    let home = bed.paths().data().to_owned();
    fs::create_dir(&home).unwrap();
    fs::set_permissions(&home, PermissionsExt::from_mode(0o755)).unwrap();

    put(&bed.vault(), 1).await.unwrap();
    assert_eq!(fs::metadata(&home).unwrap().permissions().mode() & 0o777, 0o755);
}

#[tokio::test]
async fn only_what_somebody_else_wrote_is_a_change() {
    let bed = Bed::with_account(1).await;
    let (one, other) = (bed.vault(), bed.vault());
    assert_eq!(one.look(), Look::Changed);
    one.read(Interaction::Forbidden).await.unwrap();
    assert_eq!(one.look(), Look::Same);
    put(&one, 2).await.unwrap();
    assert_eq!(one.look(), Look::Same);
    put(&other, 3).await.unwrap();
    assert_eq!(one.look(), Look::Changed);
    other.change(Interaction::Forbidden, |contents| contents.accounts.clear()).await.unwrap();
    one.read(Interaction::Forbidden).await.unwrap();
    assert_eq!(one.look(), Look::Same);
}

#[tokio::test]
async fn a_change_is_finished_when_its_caller_goes_away() {
    let bed = Bed::with_account(1).await;
    let vault = bed.vault();
    let change = vault.change(Interaction::Forbidden, |contents| contents.put(account(2)));
    assert!(tokio::time::timeout(Duration::ZERO, change).await.is_err());
    while ids(&bed.vault().read(Interaction::Forbidden).await.unwrap()) != [1, 2] {
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
    assert_eq!(ids(&put(&vault, 3).await.unwrap()), [1, 2, 3]);
}

#[tokio::test]
async fn a_change_that_panics_writes_nothing_and_frees_the_lock() {
    let bed = Bed::with_account(1).await;
    let vault = bed.vault();
    let before = bed.bytes();
    let change =
        tokio::spawn(async move { vault.change(Interaction::Forbidden, |_| panic!("on purpose")).await.map(drop) });
    assert!(change.await.unwrap_err().is_panic());
    assert_eq!(bed.bytes(), before);
    assert_eq!(ids(&put(&bed.vault(), 2).await.unwrap()), [1, 2]);
}

#[tokio::test]
async fn a_sign_in_that_was_cancelled_while_it_waited_for_the_lock_leaves_no_empty_vault() {
    let bed = Bed::new();
    bed.vault().prepare_while(Interaction::Allowed, || false).await.unwrap();
    assert_eq!((bed.paths().vault().exists(), bed.keyring.keys()), (false, 0));
    put(&bed.vault(), 1).await.unwrap();
    bed.vault().prepare_while(Interaction::Allowed, || false).await.unwrap();
    assert_eq!(ids(&bed.vault().read(Interaction::Forbidden).await.unwrap()), [1], "what others keep there stays");
}
