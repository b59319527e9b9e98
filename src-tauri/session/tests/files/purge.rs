//! Everything that the program ever wrote is removed, and nothing else.

use std::{fs, path::Path, sync::atomic::Ordering, time::Duration};

use spartan_session::{
    error::{Cause, Error, KeyCause},
    operations::purge::{KeyFileToo, Purge, Thing, Why, WithoutKeyring, program_runs},
    settings::{Choices, Settings, Theme},
};
use spartan_vault::{fs::lock::Lock, key::key_place::KeyPlace, keyring::Interaction};

use crate::bed::{Bed, Mood, account, put, set_secret, without_keyring};

pub fn purge(bed: &Bed, keys: KeyPlace) -> Purge {
    Purge { paths: bed.paths(), keys, around: None, key_file: KeyFileToo::Stays }
}

/// Returns a bed in which everything that writes was used.
pub async fn used() -> Bed {
    let bed = Bed::with_account(1).await;
    drop(bed.vault().lock_renewal(account(1).id).await.unwrap());
    let dark = Choices { theme: Theme::Dark, ..Choices::default() };
    Settings::choose(&bed.paths(), dark).await.unwrap();
    fs::create_dir(bed.paths().log()).unwrap();
    for name in ["shell.json", "settings.toml.broken", "log/spartan-tray.log", "log/spartan-tray.old.log"] {
        fs::write(bed.home().join(name), "x").unwrap();
    }
    for folder in ["webview/WebKitCache/x", "webview/storage", "sign-in"] {
        fs::create_dir_all(bed.home().join(folder)).unwrap();
    }
    bed
}

/// Returns every file and folder in it, and the contents of the files.
pub fn all(folder: &Path) -> Vec<(String, Vec<u8>)> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        found.push((path.display().to_string(), fs::read(&path).unwrap_or_default()));
        if path.is_dir() {
            found.extend(all(&path));
        }
    }
    found.sort();
    found
}

#[tokio::test]
async fn all_that_was_written_goes_with_its_key() {
    let bed = used().await;
    let left = purge(&bed, bed.in_keyring()).run(WithoutKeyring::Stop).await.unwrap();
    assert!(left.is_empty(), "{left:?}");
    assert_eq!((all(bed.home()), bed.keyring.keys()), (Vec::new(), 0));
}

#[tokio::test]
async fn what_is_told_before_is_what_goes_and_telling_changes_nothing() {
    let bed = used().await;
    let before = all(bed.home());
    let things = purge(&bed, bed.in_keyring()).list().unwrap();
    assert_eq!((all(bed.home()), bed.keyring.keys()), (before.clone(), 1));
    assert!(matches!(things[0], Thing::Key(_)));
    let files = before.iter().filter(|(path, _)| Path::new(path).is_file());
    for (path, _) in files {
        let told = things.iter().any(|thing| spartan_messages::thing(thing).starts_with(path.as_str()));
        assert!(told, "{path} among {things:?}");
    }
}

#[tokio::test]
async fn what_somebody_else_keeps_there_stays() {
    let bed = used().await;
    let others = [".env", "vault.txt", "my settings.toml", "renew-me.lock", "log/notes.txt", "webview/index.html"];
    for other in others {
        fs::write(bed.home().join(other), "mine").unwrap();
    }
    purge(&bed, bed.in_keyring()).run(WithoutKeyring::Stop).await.unwrap();
    for other in others {
        assert_eq!(fs::read(bed.home().join(other)).unwrap(), b"mine", "{other}");
    }
    assert!(!bed.paths().vault().exists() && !bed.home().join("log/spartan-tray.log").exists());
    assert!(bed.home().join("webview/WebKitCache").exists(), "a folder that is somebody else's stays whole");
}

#[cfg(unix)]
#[tokio::test]
async fn what_a_link_leads_to_stays() {
    let bed = used().await;
    let elsewhere = bed.home().with_file_name("elsewhere");
    fs::create_dir(&elsewhere).unwrap();
    fs::write(elsewhere.join("storage"), "mine").unwrap();
    fs::remove_dir_all(bed.home().join("webview")).unwrap();
    std::os::unix::fs::symlink(&elsewhere, bed.home().join("webview")).unwrap();
    fs::remove_file(bed.home().join("shell.json")).unwrap();
    std::os::unix::fs::symlink(elsewhere.join("storage"), bed.home().join("shell.json")).unwrap();
    purge(&bed, bed.in_keyring()).run(WithoutKeyring::Stop).await.unwrap();
    assert_eq!(fs::read(elsewhere.join("storage")).unwrap(), b"mine");
}

#[tokio::test]
async fn vaults_that_were_put_aside_go_with_their_keys() {
    let bed = Bed::with_account(1).await;
    let entry = bed.keyring.entry();
    let good = bed.bytes();
    set_secret(&entry, Some("A".repeat(43).as_bytes()));
    bed.vault().start_afresh().await.unwrap().unwrap();
    put(&bed.vault(), 2).await.unwrap();
    assert_eq!(bed.keyring.keys(), 2);
    assert_ne!(bed.bytes()[5..21], good[5..21]);
    let left = purge(&bed, bed.in_keyring()).run(WithoutKeyring::Stop).await.unwrap();
    assert!(left.is_empty(), "{left:?}");
    assert_eq!((all(bed.home()), bed.keyring.keys()), (Vec::new(), 0));
}

#[tokio::test]
async fn a_person_who_does_not_unlock_the_keyring_keeps_everything() {
    let bed = used().await;
    let before = all(bed.home());
    for (mood, cause) in [
        (Mood::Locked(Err(KeyCause::Dismissed)), KeyCause::Dismissed),
        (Mood::Refuses(KeyCause::NoKeyring), KeyCause::NoKeyring),
    ] {
        bed.keyring.is(mood);
        let error = purge(&bed, bed.in_keyring()).run(WithoutKeyring::Stop).await.unwrap_err();
        assert_eq!(error.cause, Cause::Key(cause));
        assert_eq!(all(bed.home()), before);
    }
    bed.keyring.is(Mood::Open);
    bed.vault().read(Interaction::Forbidden).await.unwrap();
}

#[tokio::test]
async fn where_the_rest_is_to_go_all_the_same_nobody_is_asked_and_the_key_is_told() {
    let bed = used().await;
    bed.keyring.is(Mood::Locked(Ok(())));
    let left = purge(&bed, bed.in_keyring()).run(WithoutKeyring::GoOn).await.unwrap();
    assert_eq!(all(bed.home()), Vec::new());
    assert_eq!((left.len(), bed.keyring.keys(), bed.keyring.prompts.load(Ordering::SeqCst)), (1, 1, 0));
    assert!(
        matches!(left[0].thing, Thing::Key(_))
            && matches!(left[0].why, Why::Error(Error { cause: Cause::Key(KeyCause::Locked), .. })),
        "{left:?}"
    );
}

#[tokio::test]
async fn a_key_file_stays_unless_it_is_asked_for() {
    let (bed, file) = without_keyring();
    put(&bed.vault_with(file.clone()), 1).await.unwrap();
    let mut purge = purge(&bed, file.clone().into());
    assert!(purge.run(WithoutKeyring::Stop).await.unwrap().is_empty());
    assert_eq!(all(bed.home()), Vec::new());
    file.read().unwrap();

    purge.key_file = KeyFileToo::Goes;
    assert_eq!(purge.list().unwrap(), [Thing::File(file.path().to_owned())]);
    purge.run(WithoutKeyring::Stop).await.unwrap();
    assert!(!file.path().exists());
}

#[tokio::test]
async fn where_nothing_is_nothing_is_made() {
    let bed = Bed::new();
    let purge = purge(&bed, bed.in_keyring());
    assert!(purge.list().unwrap().is_empty() && purge.run(WithoutKeyring::Stop).await.unwrap().is_empty());
    assert!(!bed.home().exists());
}

#[tokio::test]
async fn a_vault_that_is_being_written_is_waited_for() {
    let bed = used().await;
    let lock = Lock::take(bed.paths().vault_lock(), Duration::ZERO).await.unwrap();
    let purge = purge(&bed, bed.in_keyring());
    let run = tokio::spawn(async move { purge.run(WithoutKeyring::Stop).await });
    tokio::time::sleep(Duration::from_millis(60)).await;
    assert!(bed.paths().vault().exists());
    drop(lock);
    assert!(run.await.unwrap().unwrap().is_empty());
    assert!(!bed.paths().vault().exists());
}

#[tokio::test]
async fn a_program_that_runs_is_seen_by_its_lock() {
    let bed = Bed::new();
    assert!(!program_runs(&bed.paths()).unwrap());
    let lock = Lock::take(bed.paths().program_lock(), Duration::ZERO).await.unwrap();
    assert!(program_runs(&bed.paths()).unwrap());
    drop(lock);
    assert!(!program_runs(&bed.paths()).unwrap());
}

#[cfg(target_os = "linux")]
#[tokio::test]
async fn a_vault_that_cannot_be_removed_keeps_its_key() {
    let bed = used().await;
    let vault = bed.paths().vault();
    let chattr = |change: &str| {
        std::process::Command::new("chattr").arg(change).arg(&vault).status().is_ok_and(|status| status.success())
    };
    // Only root can do this, and not on every file system.
    if !chattr("+i") {
        return;
    }
    let left = purge(&bed, bed.in_keyring()).run(WithoutKeyring::Stop).await;
    assert!(chattr("-i"));
    let left = left.unwrap();
    assert!(left.iter().any(|left| left.thing == Thing::File(vault.clone())), "{left:?}");
    assert_eq!(bed.keyring.keys(), 1);
    assert_eq!(bed.vault().read(Interaction::Forbidden).await.unwrap().accounts.len(), 1);
}
