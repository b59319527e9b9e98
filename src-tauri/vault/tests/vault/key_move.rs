//! Moving the key to a file.

use std::{
    io,
    path::Path,
    sync::{
        Arc,
        atomic::{AtomicI32, Ordering},
    },
};

use spartan_vault::{
    error::{Error, KeyCause, KeyFileCause},
    fs::files::{Files, RealFiles, Stamp},
    key::{Key, key_file::KeyFile, key_place::KeyPlace},
    key_move::{Begun, Holds, Move, begin},
    keyring::Interaction,
    settings_file,
};

use crate::{
    bed::{Bed, Mood, ids, put, without_keyring},
    key_file::why,
};

async fn begun(bed: &Bed, from: &KeyPlace, to: &KeyFile, allowed: Move) -> Result<Begun, Error> {
    begin_on(bed, from, to, allowed, Arc::new(RealFiles)).await
}

async fn begin_on(
    bed: &Bed,
    from: &KeyPlace,
    to: &KeyFile,
    allowed: Move,
    files: Arc<dyn Files>,
) -> Result<Begun, Error> {
    begin(&bed.paths(), from, to, files, allowed, Holds::FromNowOn).await
}

fn in_settings(bed: &Bed) -> Option<std::path::PathBuf> {
    settings_file::key_file(&bed.paths()).unwrap()
}

#[tokio::test]
async fn where_nothing_is_yet_the_file_is_made_and_holds_from_now_on() {
    let bed = Bed::new();
    let file = bed.key_file();
    assert_eq!(begun(&bed, &bed.in_keyring(), &file, Move::NotAsked).await, Ok(Begun::Made));
    let key = file.read().unwrap();
    assert_eq!(in_settings(&bed).as_deref(), Some(file.path()));
    assert!(!bed.paths().vault().exists());

    assert_eq!(begun(&bed, &file.clone().into(), &file, Move::NotAsked).await, Ok(Begun::WasThere));
    assert_eq!(file.read().unwrap(), key);
}

#[tokio::test]
async fn a_file_for_whoever_names_it_is_in_no_settings() {
    let bed = Bed::new();
    let file = bed.key_file();
    let (paths, files) = (bed.paths(), Arc::new(RealFiles));
    let made = begin(&paths, &bed.in_keyring(), &file, files, Move::NotAsked, Holds::WhereNamed).await;
    assert_eq!(made, Ok(Begun::Made));
    assert!(!paths.settings().exists());
}

#[tokio::test]
async fn a_file_that_opens_the_vault_is_taken_as_it_is() {
    let (bed, file) = without_keyring();
    put(&bed.vault_with(file.clone()), 1).await.unwrap();
    let before = bed.bytes();
    assert_eq!(begun(&bed, &bed.in_keyring(), &file, Move::NotAsked).await, Ok(Begun::WasThere));
    assert_eq!(in_settings(&bed).as_deref(), Some(file.path()));
    assert_eq!(bed.bytes(), before);
}

#[tokio::test]
async fn a_vault_with_its_key_in_the_keyring_stays_unless_it_is_asked_for() {
    let bed = Bed::with_account(1).await;
    let (file, before) = (bed.key_file(), bed.bytes());
    assert_eq!(begun(&bed, &bed.in_keyring(), &file, Move::NotAsked).await, Ok(Begun::IsSealedOtherwise));
    assert_eq!((bed.bytes(), bed.keyring.keys(), in_settings(&bed)), (before, 1, None));
    assert!(!file.path().exists());
}

#[tokio::test]
async fn a_moved_vault_opens_with_the_file_alone_and_the_old_key_goes() {
    let bed = Bed::with_account(1).await;
    let file = bed.key_file();
    let moved = begun(&bed, &bed.in_keyring(), &file, Move::Allowed).await;
    assert_eq!(moved, Ok(Begun::Moved { old_key_stays: None }));
    assert_eq!((bed.keyring.keys(), in_settings(&bed).as_deref()), (0, Some(file.path())));
    assert_eq!(ids(&bed.vault_with(file.clone()).read(Interaction::Forbidden).await.unwrap()), [1]);
    assert_eq!(bed.vault().read(Interaction::Forbidden).await.unwrap_err(), Error::Key(KeyCause::Missing));
    assert_eq!(begun(&bed, &file.clone().into(), &file, Move::Allowed).await, Ok(Begun::WasThere));
}

#[tokio::test]
async fn a_vault_that_does_not_open_is_not_moved_and_no_file_is_made_for_it() {
    let bed = Bed::with_account(1).await;
    let (file, before) = (bed.key_file(), bed.bytes());
    bed.keyring.is(Mood::Locked(Err(KeyCause::Dismissed)));
    let error = begun(&bed, &bed.in_keyring(), &file, Move::Allowed).await.unwrap_err();
    assert_eq!(error, Error::Key(KeyCause::Dismissed));
    assert!(!file.path().exists());
    assert_eq!((bed.bytes(), in_settings(&bed)), (before, None));
}

#[tokio::test]
async fn a_file_that_was_lost_is_not_made_again_for_the_vault_that_it_opened() {
    let (bed, file) = without_keyring();
    put(&bed.vault_with(file.clone()), 1).await.unwrap();
    std::fs::remove_file(file.path()).unwrap();
    for allowed in [Move::NotAsked, Move::Allowed] {
        let error = begun(&bed, &file.clone().into(), &file, allowed).await.unwrap_err();
        assert_eq!(why(error), KeyFileCause::Missing);
    }
    assert!(!file.path().exists());
}

#[tokio::test]
async fn one_key_file_gives_way_to_another() {
    let (bed, file) = without_keyring();
    put(&bed.vault_with(file.clone()), 1).await.unwrap();
    let other = KeyFile::at(file.path().with_file_name("other.key"));
    other.make(&Key::new([9; 32])).unwrap();
    let from = file.clone().into();
    assert_eq!(begun(&bed, &from, &other, Move::NotAsked).await, Ok(Begun::IsSealedOtherwise));
    assert_eq!(begun(&bed, &from, &other, Move::Allowed).await, Ok(Begun::Moved { old_key_stays: None }));
    assert_eq!(ids(&bed.vault_with(other).read(Interaction::Forbidden).await.unwrap()), [1]);
    assert!(file.path().exists(), "the old file is a person's own");
}

#[tokio::test]
async fn a_move_that_the_disk_stops_anywhere_is_finished_by_a_second_try() {
    let mut stopped = 0;
    for nth in 0.. {
        let bed = Bed::with_account(1).await;
        let file = bed.key_file();
        let files = Arc::new(FailingFiles::at(nth));
        if begin_on(&bed, &bed.in_keyring(), &file, Move::Allowed, files).await.is_ok() {
            break;
        }
        stopped += 1;
        let again = begun(&bed, &bed.in_keyring(), &file, Move::Allowed).await;
        assert!(matches!(again, Ok(Begun::Moved { .. } | Begun::WasThere)), "{nth}: {again:?}");
        assert_eq!(ids(&bed.vault_with(file).read(Interaction::Forbidden).await.unwrap()), [1], "{nth}");
    }
    assert!(stopped > 3);
}

#[tokio::test]
async fn settings_that_cannot_be_written_are_told_before_anything_is_sealed_anew() {
    let bed = Bed::with_account(1).await;
    let (file, before) = (bed.key_file(), bed.bytes());
    let full = Arc::new(FailingFiles(AtomicI32::new(0)));
    let error = begin_on(&bed, &bed.in_keyring(), &file, Move::Allowed, full).await.unwrap_err();
    assert!(matches!(error, Error::Settings(_)), "{error:?}");
    assert_eq!((bed.bytes(), bed.keyring.keys(), in_settings(&bed)), (before, 1, None));
    assert!(!file.path().exists());
}

/// Makes the nth operation that changes something fail, and all after it: the disk is full from then on.
pub struct FailingFiles(AtomicI32);

impl FailingFiles {
    pub const fn at(nth: i32) -> FailingFiles {
        FailingFiles(AtomicI32::new(nth))
    }

    fn unless_full(&self) -> io::Result<()> {
        let left = self.0.fetch_sub(1, Ordering::SeqCst);
        if left > 0 { Ok(()) } else { Err(io::ErrorKind::StorageFull.into()) }
    }
}

impl Files for FailingFiles {
    fn read(&self, path: &Path) -> io::Result<(Vec<u8>, Stamp)> {
        RealFiles.read(path)
    }

    fn stamp(&self, path: &Path) -> io::Result<Stamp> {
        RealFiles.stamp(path)
    }

    fn make_folder(&self, path: &Path) -> io::Result<()> {
        self.unless_full().and_then(|()| RealFiles.make_folder(path))
    }

    fn write_new(&self, path: &Path, bytes: &[u8]) -> io::Result<()> {
        let is_full = self.unless_full();
        let written = if is_full.is_err() { &bytes[..bytes.len() / 2] } else { bytes };
        RealFiles.write_new(path, written).and(is_full)
    }

    fn sync(&self, path: &Path) -> io::Result<()> {
        self.unless_full().and_then(|()| RealFiles.sync(path))
    }

    fn rename(&self, from: &Path, to: &Path) -> io::Result<()> {
        self.unless_full().and_then(|()| RealFiles.rename(from, to))
    }

    fn sync_folder(&self, path: &Path) -> io::Result<()> {
        self.unless_full().and_then(|()| RealFiles.sync_folder(path))
    }

    fn remove(&self, path: &Path) -> io::Result<()> {
        // Removing needs no space.
        RealFiles.remove(path)
    }
}
