//! A program that runs as another user neither reads nor creates any of a person's files.

use std::{fs, os::unix::fs::chown, path::Path};

use spartan_vault::{error::Error, fs::owner};

use crate::bed::Bed;

const SOMEBODY: u32 = 12_345;

/// Only root can change a file's owner; elsewhere the rule itself is tested.
fn given_away(path: &Path) -> bool {
    chown(path, Some(SOMEBODY), None).is_ok()
}

fn whose(error: Error) -> std::path::PathBuf {
    let Error::OtherOwner { path } = error else { panic!("{error:?}") };
    path
}

#[tokio::test]
async fn ones_own_are_fine_and_so_is_nothing_yet() {
    owner::check(&Bed::new().paths()).unwrap();
    owner::check(&Bed::with_account(1).await.paths()).unwrap();
}

#[tokio::test]
async fn a_vault_or_a_folder_of_somebody_else_is_refused_by_its_name() {
    let bed = Bed::with_account(1).await;
    let paths = bed.paths();
    for path in [paths.vault(), paths.data().to_owned()] {
        if !given_away(&path) {
            return;
        }
        assert_eq!(whose(owner::check(&paths).unwrap_err()), path);
        chown(&path, Some(0), None).unwrap();
    }
    owner::check(&paths).unwrap();
}

#[tokio::test]
async fn nothing_new_is_begun_in_the_home_of_somebody_else() {
    let bed = Bed::new();
    let home = bed.home().parent().unwrap().to_owned();
    if !given_away(&home) {
        return;
    }
    assert_eq!(whose(owner::check(&bed.paths()).unwrap_err()), home);
    assert_eq!(fs::read_dir(&home).unwrap().count(), 0);
}
