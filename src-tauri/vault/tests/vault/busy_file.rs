//! A file that another program has open at that moment, as virus scanners do on Windows.

use std::{
    fs::{self, File, OpenOptions},
    os::windows::fs::OpenOptionsExt,
    path::{Path, PathBuf},
    thread,
    time::{Duration, Instant},
};

use spartan_vault::fs::files::{RealFiles, replace_whole};
use tempfile::TempDir;

#[test]
fn a_file_that_somebody_has_open_is_replaced_as_soon_as_it_is_free() {
    const HELD: Duration = Duration::from_millis(300);
    let (_folder, path) = old_file();
    let (scanner, begun) = (open_alone(&path), Instant::now());
    let scans = thread::spawn(move || {
        thread::sleep(HELD);
        drop(scanner);
    });
    replace_whole(&RealFiles, &path, b"new").unwrap();
    assert!(begun.elapsed() >= HELD, "nobody had it open");
    scans.join().unwrap();
    assert_eq!(fs::read(&path).unwrap(), b"new");
}

#[test]
fn a_file_that_stays_open_keeps_its_bytes() {
    let (folder, path) = old_file();
    let scanner = open_alone(&path);
    replace_whole(&RealFiles, &path, b"new").unwrap_err();
    drop(scanner);
    assert_eq!(fs::read(&path).unwrap(), b"old");
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1, "nothing stays beside it");
}

fn old_file() -> (TempDir, PathBuf) {
    let folder = TempDir::new().unwrap();
    let path = folder.path().join("vault");
    fs::write(&path, "old").unwrap();
    (folder, path)
}

/// Opens a file exclusively: nobody else can open it, or rename another file to its name.
fn open_alone(path: &Path) -> File {
    OpenOptions::new().read(true).share_mode(0).open(path).unwrap()
}
