//! A record of when each account's tokens were last handed out, and to what: a small file beside the vault, for the
//! user's information.
//!
//! It contains no token and no name, and nothing depends on it. If it can't be written, nothing else fails.

use std::{
    collections::BTreeMap,
    fs, io,
    path::{Path, PathBuf},
};

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::{
    account::AccountId,
    files::{Files, RealFiles},
    places::Places,
    random,
};

/// A record of what was handed out, when and to what.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Note {
    /// When, by this computer's clock, UTC.
    pub at: Timestamp,
    /// The name of the format.
    pub format: String,
    /// The recipient: `clipboard`, `spartan token`, `spartan exec python3`.
    pub to: String,
}

/// The contents of the file.
#[derive(Default, Serialize, Deserialize)]
struct Last {
    accounts: BTreeMap<AccountId, Note>,
}

/// Records what was handed out of an account. Uses no locks and no syncs, so that callers that need a token don't wait
/// for this. If two are recorded at the same moment, one of them is lost.
pub fn note(places: &Places, id: AccountId, note: Note) {
    let path = places.handed_out();
    let mut last = read(&path);
    last.accounts.insert(id, note);
    if let Err(error) = write(&path, &last) {
        tracing::debug!(%error, "what was handed out is not noted");
    }
}

/// Deletes the records of accounts that are signed out; if none are left, deletes the file.
pub fn forget(places: &Places, ids: &[AccountId]) {
    let path = places.handed_out();
    let mut last = read(&path);
    last.accounts.retain(|id, _| !ids.contains(id));
    let done = if last.accounts.is_empty() { fs::remove_file(&path) } else { write(&path, &last) };
    if let Err(error) = done {
        tracing::debug!(%error, "what was handed out is not forgotten");
    }
}

/// Returns an account's last record, if any.
#[must_use]
pub fn last(places: &Places, id: AccountId) -> Option<Note> {
    read(&places.handed_out()).accounts.remove(&id)
}

/// Reads the file. One that isn't understood counts as empty.
fn read(path: &Path) -> Last {
    fs::read(path).ok().and_then(|bytes| serde_json::from_slice(&bytes).ok()).unwrap_or_default()
}

fn write(path: &Path, last: &Last) -> io::Result<()> {
    let between = between(path);
    let written = RealFiles.write_new(&between, &serde_json::to_vec(last)?);
    let renamed = written.and_then(|()| RealFiles.rename(&between, path));
    renamed.inspect_err(|_| {
        // The first error is the one to report.
        let _ = RealFiles.remove(&between);
    })
}

/// Returns the path of a temporary file, random so that no two programs write the same one, because there's no lock.
fn between(path: &Path) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(format!(".{:016x}", u64::from_ne_bytes(random::bytes())));
    name.into()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn to(to: &str) -> Note {
        Note { at: Timestamp::from_second(1_795_284_000).unwrap(), format: "token".into(), to: to.into() }
    }

    fn places(folder: &Path) -> Places {
        Places::of("app.example", Some(folder.into())).unwrap()
    }

    #[test]
    fn the_last_of_each_account_is_known_and_no_other_file_stays() {
        let folder = tempfile::tempdir().unwrap();
        let places = places(folder.path());
        let [one, other] = [1, 2].map(|id| AccountId(uuid::Uuid::from_u128(id)));
        note(&places, one, to("spartan token"));
        note(&places, other, to("clipboard"));
        note(&places, one, to("spartan exec python3"));
        assert_eq!(last(&places, one), Some(to("spartan exec python3")));
        assert_eq!(last(&places, other), Some(to("clipboard")));
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
    }

    #[test]
    fn whoever_is_signed_out_is_forgotten_and_with_the_last_one_the_file_goes() {
        let folder = tempfile::tempdir().unwrap();
        let places = places(folder.path());
        let [one, other] = [1, 2].map(|id| AccountId(uuid::Uuid::from_u128(id)));
        note(&places, one, to("clipboard"));
        note(&places, other, to("clipboard"));
        forget(&places, &[one]);
        assert_eq!((last(&places, one), last(&places, other)), (None, Some(to("clipboard"))));
        forget(&places, &[other]);
        assert!(!places.handed_out().exists());
    }

    #[cfg(unix)]
    #[test]
    fn only_its_person_reads_it() {
        use std::os::unix::fs::PermissionsExt;
        let folder = tempfile::tempdir().unwrap();
        let places = places(folder.path());
        note(&places, AccountId(uuid::Uuid::nil()), to("clipboard"));
        let mode = fs::metadata(places.handed_out()).unwrap().permissions().mode();
        assert_eq!(mode & 0o777, 0o600);
    }

    #[test]
    fn nonsense_in_its_place_is_written_over_and_a_folder_that_is_not_there_is_not_made() {
        let folder = tempfile::tempdir().unwrap();
        let id = AccountId(uuid::Uuid::nil());
        let there = places(folder.path());
        fs::write(there.handed_out(), "{").unwrap();
        assert_eq!(last(&there, id), None);
        note(&there, id, to("clipboard"));
        assert_eq!(last(&there, id), Some(to("clipboard")));
        let nowhere = places(&folder.path().join("nowhere"));
        note(&nowhere, id, to("clipboard"));
        assert!(!nowhere.data().exists());
    }
}
