//! A key file that others can read or replace isn't used.

use std::{
    fs,
    os::unix::fs::{PermissionsExt, chown, symlink},
    path::Path,
};

use spartan_vault::{
    error::{Error, KeyFileCause, OpenTo},
    key::{Key, key_file::KeyFile},
};

use crate::{bed::Bed, key_file::why};

fn made(bed: &Bed) -> KeyFile {
    let file = bed.key_file();
    file.make(&Key::new([7; 32])).unwrap();
    file
}

fn mode(path: &Path) -> u32 {
    fs::metadata(path).unwrap().permissions().mode() & 0o7777
}

fn set_mode(path: &Path, mode: u32) {
    fs::set_permissions(path, PermissionsExt::from_mode(mode)).unwrap();
}

#[test]
fn it_and_its_new_folder_are_its_owners_alone() {
    let bed = Bed::new();
    let file = made(&bed);
    assert_eq!(mode(file.path()), 0o600);
    assert_eq!(mode(file.path().parent().unwrap()), 0o700);
}

#[test]
fn one_that_others_can_read_is_refused() {
    let bed = Bed::new();
    let file = made(&bed);
    for others in [0o640, 0o604, 0o660, 0o666] {
        set_mode(file.path(), others);
        let expected = KeyFileCause::OthersCanRead { to: OpenTo::Mode(others) };
        assert_eq!(why(file.read().unwrap_err()), expected, "{others:o}");
    }
    set_mode(file.path(), 0o400);
    file.read().unwrap();
}

#[test]
fn one_in_a_folder_that_others_can_change_is_neither_used_nor_made() {
    let bed = Bed::new();
    let file = made(&bed);
    let folder = file.path().parent().unwrap().to_owned();
    for (others, is_own) in [(0o777, true), (0o757, true), (0o1777, false)] {
        set_mode(&folder, others);
        let expected = if is_own {
            KeyFileCause::FolderOpen { folder: folder.clone(), to: OpenTo::Mode(others) }
        } else {
            KeyFileCause::FolderShared { folder: folder.clone() }
        };
        assert_eq!(why(file.read().unwrap_err()), expected, "{others:o}");
        let another = KeyFile::at(folder.join("another"));
        assert!(matches!(another.make(&Key::new([8; 32])).unwrap_err(), Error::KeyFile { .. }));
        assert!(!another.path().exists());
    }
}

#[test]
fn a_link_is_as_safe_as_what_it_leads_to() {
    let bed = Bed::new();
    let file = made(&bed);
    let folder = file.path().parent().unwrap().to_owned();
    let elsewhere = bed.home().with_file_name("elsewhere");
    fs::create_dir(&elsewhere).unwrap();
    set_mode(&elsewhere, 0o700);
    let real = elsewhere.join("real");
    fs::rename(file.path(), &real).unwrap();
    symlink(&real, file.path()).unwrap();
    file.read().unwrap();

    set_mode(&real, 0o644);
    assert_eq!(why(file.read().unwrap_err()), KeyFileCause::OthersCanRead { to: OpenTo::Mode(0o644) });
    set_mode(&real, 0o600);
    set_mode(&elsewhere, 0o777);
    assert_eq!(why(file.read().unwrap_err()), open(&elsewhere));
    set_mode(&elsewhere, 0o700);
    set_mode(&folder, 0o777);
    assert_eq!(why(file.read().unwrap_err()), open(&folder));
    set_mode(&folder, 0o700);
    fs::remove_file(&real).unwrap();
    assert_eq!(why(file.read().unwrap_err()), KeyFileCause::Missing);
    assert!(file.make(&Key::new([8; 32])).is_err(), "no file is made where a link leads");
    assert!(!real.exists());
}

/// Returns the cause for a person's own folder that anyone can write to.
fn open(folder: &Path) -> KeyFileCause {
    KeyFileCause::FolderOpen { folder: folder.to_owned(), to: OpenTo::Mode(0o777) }
}

#[test]
fn what_is_no_file_is_not_waited_for() {
    let bed = Bed::new();
    let file = made(&bed);
    fs::remove_file(file.path()).unwrap();
    fs::create_dir(file.path()).unwrap();
    assert_eq!(why(file.read().unwrap_err()), KeyFileCause::Garbled);
    fs::remove_dir(file.path()).unwrap();
    let piped = std::process::Command::new("mkfifo").arg(file.path()).status().unwrap();
    assert!(piped.success());
    set_mode(file.path(), 0o600);
    assert_eq!(why(file.read().unwrap_err()), KeyFileCause::Garbled);
}

#[test]
fn none_is_made_in_a_folder_that_is_for_everybody() {
    let file = KeyFile::at("/tmp/spartan-tray-test.key".into());
    let why = why(file.make(&Key::new([7; 32])).unwrap_err());
    assert!(matches!(why, KeyFileCause::FolderShared { .. }), "{why:?}");
    assert!(!file.path().exists());
}

/// Only root can change a file's owner; elsewhere the rule itself is tested.
#[test]
fn one_of_another_user_is_refused() {
    let bed = Bed::new();
    let file = made(&bed);
    if chown(file.path(), Some(12_345), None).is_err() {
        return;
    }
    assert_eq!(why(file.read().unwrap_err()), KeyFileCause::OtherOwner);
    chown(file.path(), Some(0), None).unwrap();
    let folder = file.path().parent().unwrap().to_owned();
    chown(&folder, Some(12_345), None).unwrap();
    assert_eq!(why(file.read().unwrap_err()), KeyFileCause::FolderShared { folder: folder.clone() });
    let error = KeyFile::at(folder.join("new")).make(&Key::new([8; 32])).unwrap_err();
    assert_eq!(error, Error::OtherOwner { path: folder.clone() });
    let below = KeyFile::at(folder.join("below/new"));
    assert_eq!(below.make(&Key::new([8; 32])).unwrap_err(), Error::OtherOwner { path: folder.clone() });
    assert!(!folder.join("below").exists());
}
