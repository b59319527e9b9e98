//! The key in a file: only if a person created one, and then nowhere else.

use std::{fs, sync::Arc};

use spartan_vault::{
    error::{Error, KeyFileCause, Remedy, SettingsCause, VaultCause},
    fs::files::RealFiles,
    key::{Key, key_file::KeyFile, key_place::KeyPlace},
    key_move::{self, Begun, Holds, Move},
    keyring::{Interaction, Keyring},
    settings_file,
};

use crate::{
    bed::{Bed, account, ids, put, without_keyring},
    key_move::FailingFiles,
};

fn key() -> Key {
    Key::new([7; 32])
}

pub fn why(error: Error) -> KeyFileCause {
    let Error::KeyFile { why, .. } = error else { panic!("{error:?}") };
    why
}

#[tokio::test]
async fn without_a_keyring_another_process_reads_what_was_sealed_with_the_file() {
    let (bed, file) = without_keyring();
    put(&bed.vault_with(file.clone()), 1).await.unwrap();
    assert_eq!(ids(&bed.vault_with(file).read(Interaction::Forbidden).await.unwrap()), [1]);
    assert_eq!(bed.keyring.keys(), 0);
}

#[tokio::test]
async fn the_file_is_a_persons_own_and_stays_when_the_vault_goes() {
    let (bed, file) = without_keyring();
    let vault = bed.vault_with(file.clone());
    put(&vault, 1).await.unwrap();
    vault.change(Interaction::Allowed, |contents| contents.remove(account(1).id)).await.unwrap();
    assert_eq!(bed.names(), ["vault.lock"]);
    assert_eq!(file.read().unwrap(), key());
    assert_eq!(ids(&put(&vault, 2).await.unwrap()), [2]);
}

#[tokio::test]
async fn a_file_that_nobody_made_is_not_made_by_itself() {
    let bed = Bed::new();
    let file = bed.key_file();
    let vault = bed.vault_with(file.clone());
    for error in [vault.prepare(Interaction::Allowed).await.unwrap_err(), put(&vault, 1).await.unwrap_err()] {
        assert_eq!(error.remedy(), Remedy::TryAgain);
        assert_eq!(why(error), KeyFileCause::NotMade);
    }
    assert!(!file.path().exists() && !bed.paths().vault().exists());
    assert_eq!(bed.keyring.keys(), 0);
}

#[tokio::test]
async fn a_file_that_was_lost_or_changed_leaves_the_vault_as_it_is() {
    let (bed, file) = without_keyring();
    put(&bed.vault_with(file.clone()), 1).await.unwrap();
    let before = bed.bytes();
    let other = Key::new([8; 32]).to_text().to_string();
    let cases = [
        (Some(other.as_bytes()), KeyFileCause::OtherKey),
        (Some(b"hello".as_slice()), KeyFileCause::Garbled),
        (Some(b""), KeyFileCause::Garbled),
        (Some(b"\xff\xfe"), KeyFileCause::Garbled),
        (Some(&[b'A'; 5000]), KeyFileCause::Garbled),
        (None, KeyFileCause::Missing),
    ];
    for (bytes, expected) in cases {
        match bytes {
            Some(bytes) => fs::write(file.path(), bytes).unwrap(),
            None => fs::remove_file(file.path()).unwrap(),
        }
        let vault = bed.vault_with(file.clone());
        let read = vault.read(Interaction::Allowed).await.map(drop);
        let change = vault.change(Interaction::Allowed, |_| panic!("nothing may be changed unread")).await.map(drop);
        let prepare = vault.prepare(Interaction::Allowed).await;
        for error in [read, change, prepare].map(Result::unwrap_err) {
            assert_eq!(error.remedy(), Remedy::StartAfresh);
            assert_eq!(why(error), expected);
        }
        assert_eq!(bed.bytes(), before);
    }
}

#[tokio::test]
async fn a_vault_that_only_the_lost_file_opened_can_be_put_aside() {
    let (bed, file) = without_keyring();
    let vault = bed.vault_with(file.clone());
    put(&vault, 1).await.unwrap();
    assert_eq!(vault.start_afresh().await.unwrap(), None, "one that opens stays");
    fs::write(file.path(), Key::new([8; 32]).to_text().as_bytes()).unwrap();
    let aside = bed.vault_with(file.clone()).start_afresh().await.unwrap().unwrap();
    assert!(aside.exists());
    assert_eq!(ids(&put(&bed.vault_with(file), 2).await.unwrap()), [2]);
}

#[tokio::test]
async fn what_is_wrong_with_the_vault_itself_is_told_as_ever() {
    let (bed, file) = without_keyring();
    put(&bed.vault_with(file.clone()), 1).await.unwrap();
    bed.overwrite(b"something else");
    let error = bed.vault_with(file).read(Interaction::Forbidden).await.unwrap_err();
    assert_eq!(error, Error::Vault(VaultCause::Foreign));
}

#[tokio::test]
async fn the_key_file_of_this_process_comes_before_that_of_the_settings_and_both_before_the_keyring() {
    let bed = Bed::new();
    let paths = bed.paths();
    let keyring = || Keyring::of_system(paths.identifier());
    let chosen = |named: Option<&str>| KeyPlace::chosen(&paths, named.map(Into::into), keyring());
    let path = |place: &KeyPlace| place.file().map(|file| file.path().to_owned());
    assert_eq!(path(&chosen(None)), None);
    assert_eq!(path(&chosen(Some("/named"))), Some("/named".into()));
    settings_file::keep_key_in(&paths, "/in/settings".as_ref()).await.unwrap();
    assert_eq!(path(&chosen(None)), Some("/in/settings".into()));
    assert_eq!(path(&chosen(Some("/named"))), Some("/named".into()));
}

#[tokio::test]
async fn a_key_file_in_the_settings_that_is_not_named_whole_is_refused_and_not_passed_over() {
    let bed = Bed::new();
    let paths = bed.paths();
    fs::create_dir_all(paths.data()).unwrap();
    fs::write(paths.settings(), "key_file = \"spartan.key\"\n").unwrap();
    let vault = bed.vault_with(KeyPlace::chosen(&paths, None, Keyring::of_system("app.example")));
    assert_eq!(why(put(&vault, 1).await.unwrap_err()), KeyFileCause::Relative);
    assert!(!paths.vault().exists());
}

#[tokio::test]
async fn where_the_settings_cannot_tell_where_the_key_is_the_keyrings_is_taken_and_none_is_made() {
    let is_told = |error: Error| {
        assert!(matches!(error, Error::Settings(SettingsCause::NotUnderstood { .. })), "{error:?}");
        assert_eq!(error.remedy(), Remedy::Tell);
    };
    for broken in ["{{{{", "key_file = 5\n"] {
        let (bed, file) = without_keyring();
        put(&bed.vault_with(file), 1).await.unwrap();
        let before = bed.bytes();
        fs::write(bed.paths().settings(), broken).unwrap();
        let vault = bed.vault_with(KeyPlace::chosen(&bed.paths(), None, keyring(&bed)));
        is_told(vault.read(Interaction::Allowed).await.map(drop).unwrap_err());
        is_told(put(&vault, 2).await.map(drop).unwrap_err());
        is_told(vault.start_afresh().await.map(drop).unwrap_err());
        assert_eq!(bed.bytes(), before);

        let bed = Bed::with_account(1).await;
        fs::write(bed.paths().settings(), broken).unwrap();
        let keyring = keyring(&bed);
        let place = KeyPlace::chosen(&bed.paths(), None, keyring.clone());
        put(&bed.vault_with(place.clone()), 2).await.unwrap();
        assert_eq!(ids(&bed.vault_with(place.clone()).read(Interaction::Forbidden).await.unwrap()), [1, 2]);
        is_told(place.ready(Interaction::Allowed).await.unwrap_err());
        is_told(begin(&bed, &place, &bed.key_file()).await.map(drop).unwrap_err());
        assert_eq!((bed.keyring.keys(), bed.key_file().path().exists()), (1, false));

        // A file named for this process works despite invalid settings, and so does one with an error elsewhere in the
        // settings.
        let named = KeyPlace::chosen(&bed.paths(), Some("/named".into()), keyring.clone());
        assert_eq!(named.file().map(KeyFile::path), Some("/named".as_ref()));
        fs::write(bed.paths().settings(), "theme = 5\nno_such = 1\n").unwrap();
        assert_eq!(
            ids(&bed
                .vault_with(KeyPlace::chosen(&bed.paths(), None, keyring))
                .read(Interaction::Forbidden)
                .await
                .unwrap()),
            [1, 2]
        );
    }
}

fn keyring(bed: &Bed) -> Keyring {
    match bed.in_keyring() {
        KeyPlace::Keyring(keyring) => keyring,
        other => panic!("no keyring: {other:?}"),
    }
}

async fn begin(bed: &Bed, from: &KeyPlace, to: &KeyFile) -> Result<Begun, Error> {
    key_move::begin(&bed.paths(), from, to, Arc::new(RealFiles), Move::Allowed, Holds::FromNowOn).await
}

#[test]
fn a_file_that_a_full_disk_did_not_take_does_not_stay() {
    for nth in 0.. {
        let bed = Bed::new();
        let file = bed.key_file();
        if file.make_on(&FailingFiles::at(nth), &key()).is_ok() {
            assert!(nth >= 4, "making it takes more than {nth} operations");
            break;
        }
        assert!(!file.path().exists(), "operation {nth}");
        file.make(&key()).unwrap();
        assert!(file.make_on(&FailingFiles::at(nth), &Key::new([8; 32])).is_err());
        assert_eq!(file.read().unwrap(), key(), "operation {nth}: a person's own file stays");
    }
}

#[test]
fn a_file_that_is_there_is_never_written_over() {
    let bed = Bed::new();
    let file = bed.key_file();
    file.make(&key()).unwrap();
    let before = fs::read(file.path()).unwrap();
    assert!(matches!(why(file.make(&Key::new([8; 32])).unwrap_err()), KeyFileCause::Io { .. }));
    assert_eq!(fs::read(file.path()).unwrap(), before);
}
