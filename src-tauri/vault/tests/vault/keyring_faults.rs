//! Every way in which the keyring can fail.

use std::sync::atomic::Ordering;

use keyring_core::Error as StoreError;
use spartan_vault::{
    error::{Error, KeyCause},
    keyring::Interaction,
};

use crate::bed::{Bed, Mood, ids, put, set_secret};

/// Checks that everything that needs the key fails with this cause and leaves the file unchanged.
async fn all_fail(bed: &Bed, asked: Interaction, cause: KeyCause) {
    let before = bed.bytes();
    let read = bed.vault().read(asked).await.map(drop);
    let change = bed.vault().change(asked, |_| panic!("nothing may be changed unread")).await.map(drop);
    let prepare = bed.vault().prepare(asked).await;
    for error in [read, change, prepare].map(Result::unwrap_err) {
        assert_eq!(error, Error::Key(cause));
    }
    assert_eq!(bed.bytes(), before);
    assert_eq!(bed.names(), ["vault", "vault.lock"]);
}

#[tokio::test]
async fn an_absent_keyring_is_said_and_found_when_it_appears() {
    let bed = Bed::with_account(1).await;
    bed.keyring.is(Mood::Refuses(KeyCause::NoKeyring));
    all_fail(&bed, Interaction::Forbidden, KeyCause::NoKeyring).await;
    all_fail(&bed, Interaction::Allowed, KeyCause::NoKeyring).await;

    bed.keyring.is(Mood::Open);
    assert_eq!(ids(&bed.vault().read(Interaction::Forbidden).await.unwrap()), [1]);
}

#[tokio::test]
async fn unasked_work_on_a_locked_keyring_raises_no_prompt() {
    let bed = Bed::with_account(1).await;
    bed.keyring.is(Mood::Locked(Ok(())));
    all_fail(&bed, Interaction::Forbidden, KeyCause::Locked).await;
    assert_eq!(bed.keyring.prompts.load(Ordering::SeqCst), 0);
}

#[tokio::test]
async fn a_person_unlocks_the_keyring_once() {
    let bed = Bed::with_account(1).await;
    bed.keyring.is(Mood::Locked(Ok(())));
    let vault = bed.vault();
    assert_eq!(ids(&vault.read(Interaction::Allowed).await.unwrap()), [1]);
    assert_eq!(ids(&vault.read(Interaction::Forbidden).await.unwrap()), [1]);
    assert_eq!(bed.keyring.prompts.load(Ordering::SeqCst), 1);
}

#[tokio::test]
async fn a_dismissed_prompt_is_its_own_case() {
    let bed = Bed::with_account(1).await;
    bed.keyring.is(Mood::Locked(Err(KeyCause::Dismissed)));
    all_fail(&bed, Interaction::Allowed, KeyCause::Dismissed).await;
}

#[tokio::test]
async fn a_keyring_that_never_answers_holds_nobody_up_and_is_asked_anew() {
    let bed = Bed::with_account(1).await;
    bed.keyring.is(Mood::Silent);
    let vault = bed.vault();
    all_fail(&bed, Interaction::Forbidden, KeyCause::Silent).await;
    assert_eq!(vault.read(Interaction::Forbidden).await.unwrap_err(), Error::Key(KeyCause::Silent));

    bed.keyring.is(Mood::Open);
    assert_eq!(ids(&vault.read(Interaction::Forbidden).await.unwrap()), [1]);
}

#[tokio::test]
async fn a_missing_key_is_told_from_one_that_is_no_key() {
    let bed = Bed::with_account(1).await;
    let entry = bed.keyring.entry();
    for no_key in [&b"hello"[..], b"", b"\xff\xfe"] {
        set_secret(&entry, Some(no_key));
        all_fail(&bed, Interaction::Forbidden, KeyCause::Garbled).await;
    }
    set_secret(&entry, None);
    all_fail(&bed, Interaction::Forbidden, KeyCause::Missing).await;
}

#[tokio::test]
async fn a_failure_that_passes_does_not_stay() {
    let bed = Bed::with_account(1).await;
    let vault = bed.vault();
    let failures = [
        (StoreError::PlatformFailure("the bus is gone".into()), KeyCause::Failed),
        (StoreError::NoStorageAccess("locked meanwhile".into()), KeyCause::Locked),
        (StoreError::Ambiguous(Vec::new()), KeyCause::Garbled),
    ];
    for (failure, cause) in failures {
        bed.keyring.entry().set_error(failure);
        assert_eq!(vault.read(Interaction::Forbidden).await.unwrap_err(), Error::Key(cause));
    }
    assert_eq!(ids(&vault.read(Interaction::Forbidden).await.unwrap()), [1]);
}

#[tokio::test]
async fn without_a_keyring_no_first_sign_in_is_begun_and_no_file_is_made() {
    let bed = Bed::new();
    for (mood, cause) in [
        (Mood::Refuses(KeyCause::NoKeyring), KeyCause::NoKeyring),
        (Mood::Locked(Ok(())), KeyCause::Locked),
        (Mood::Silent, KeyCause::Silent),
    ] {
        bed.keyring.is(mood);
        assert_eq!(bed.vault().prepare(Interaction::Forbidden).await.unwrap_err(), Error::Key(cause));
        assert_eq!(put(&bed.vault(), 1).await.unwrap_err(), Error::Key(cause));
        assert!(!bed.paths().vault().exists());
    }
}

#[tokio::test]
async fn the_key_is_asked_for_once() {
    let bed = Bed::with_account(1).await;
    let vault = bed.vault();
    vault.read(Interaction::Forbidden).await.unwrap();
    bed.keyring.is(Mood::Refuses(KeyCause::NoKeyring));
    assert_eq!(ids(&put(&vault, 2).await.unwrap()), [1, 2]);
}
