//! Every way in which the sealed file can be invalid.

use std::fs;

use spartan_vault::{
    error::{Error, KeyCause, VaultCause},
    keyring::Interaction,
    vault::Look,
};

use crate::bed::{Bed, Mood, ids, put, set_secret};

/// Checks that everything that opens the vault fails with this cause and leaves the file unchanged.
async fn all_fail(bed: &Bed, cause: &VaultCause) {
    let before = bed.bytes();
    let read = bed.vault().read(Interaction::Allowed).await.map(drop);
    let change = bed.vault().change(Interaction::Allowed, |_| panic!("nothing may be changed unread")).await.map(drop);
    let prepare = bed.vault().prepare(Interaction::Allowed).await;
    for error in [read, change, prepare].map(Result::unwrap_err) {
        assert_eq!(error, Error::Vault(cause.clone()));
    }
    assert_eq!(bed.bytes(), before);
    assert_eq!((bed.names(), bed.keyring.keys()), (vec!["vault".into(), "vault.lock".into()], 1));
}

#[tokio::test]
async fn a_vault_that_does_not_open_stays_as_it_is() {
    let bed = Bed::with_account(1).await;
    let good = bed.bytes();
    let later = [b"SPTV\x07".as_slice(), &good[5..]].concat();
    let changed = [&good[..good.len() - 1], &[!good[good.len() - 1]]].concat();
    for (bytes, cause) in [
        (&b""[..], VaultCause::Truncated),
        (&good[..good.len() / 2], VaultCause::Truncated),
        (b"{\"accounts\": []}", VaultCause::Foreign),
        (&later, VaultCause::LaterVersion { version: 7 }),
        (&changed, VaultCause::OtherKey),
    ] {
        bed.overwrite(bytes);
        all_fail(&bed, &cause).await;
    }
    bed.overwrite(&good);
    assert_eq!(ids(&bed.vault().read(Interaction::Forbidden).await.unwrap()), [1]);
}

#[tokio::test]
async fn another_key_in_the_keyring_does_not_open_it() {
    let bed = Bed::with_account(1).await;
    set_secret(&bed.keyring.entry(), Some("A".repeat(43).as_bytes()));
    all_fail(&bed, &VaultCause::OtherKey).await;
}

#[tokio::test]
async fn a_fault_that_appears_while_the_program_runs_is_seen_too() {
    let bed = Bed::with_account(1).await;
    let vault = bed.vault();
    vault.read(Interaction::Forbidden).await.unwrap();
    bed.overwrite(b"PK");
    assert_eq!(vault.look(), Look::Changed);
    assert_eq!(put(&vault, 2).await.unwrap_err(), Error::Vault(VaultCause::Foreign));
    assert_eq!(bed.bytes(), b"PK");
}

#[tokio::test]
async fn starting_afresh_keeps_every_old_file_beside_the_new_one() {
    let bed = Bed::with_account(1).await;
    let mut kept = Vec::new();
    for bytes in [&b"one"[..], b"two", b"three"] {
        bed.overwrite(bytes);
        let aside = bed.vault().start_afresh().await.unwrap().unwrap();
        assert!(!bed.paths().vault().exists());
        kept.push((aside, bytes));
    }
    for (aside, bytes) in kept {
        assert_eq!(fs::read(&aside).unwrap(), bytes);
        assert!(aside.to_string_lossy().ends_with("-aside"));
    }
    assert_eq!(ids(&put(&bed.vault(), 2).await.unwrap()), [2]);
}

#[tokio::test]
async fn starting_afresh_touches_no_vault_that_something_else_could_open() {
    let bed = Bed::with_account(1).await;
    assert_eq!(bed.vault().start_afresh().await.unwrap(), None);

    let good = bed.bytes();
    bed.keyring.is(Mood::Locked(Ok(())));
    assert_eq!(bed.vault().start_afresh().await.unwrap_err(), Error::Key(KeyCause::Locked));
    bed.keyring.is(Mood::Open);
    bed.overwrite(b"SPTV\x02");
    let later = Error::Vault(VaultCause::LaterVersion { version: 2 });
    assert_eq!(bed.vault().start_afresh().await.unwrap_err(), later);
    assert_eq!(bed.bytes(), b"SPTV\x02");

    bed.overwrite(&good);
    set_secret(&bed.keyring.entry(), None);
    let aside = bed.vault().start_afresh().await.unwrap().unwrap();
    assert_eq!(fs::read(aside).unwrap(), good);
    assert_eq!(bed.vault().start_afresh().await.unwrap(), None);
}
