//! What the windows remember from one start to the next. None of it is a setting, and losing it does no harm.

pub(crate) mod frame;

use std::{
    collections::BTreeSet,
    path::PathBuf,
    sync::{Mutex, PoisonError},
};

use serde::{Deserialize, Serialize};
use spartan_vault::{
    account::AccountId,
    fs::{
        files::{self, Files, RealFiles},
        paths::Paths,
    },
};

use self::frame::Frame;

/// The remembered facts.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub(crate) struct Facts {
    /// The main window's size and place.
    pub(crate) frame: Option<Frame>,
    /// Whether the person has read that closing the window doesn't end the program.
    pub(crate) knows_closing: bool,
    /// Whether the person has read that closing the window ends the program if there's no tray.
    pub(crate) knows_ending: bool,
    /// The accounts whose failures the person knows about, and that only the person can fix.
    pub(crate) knows_failures: BTreeSet<AccountId>,
}

/// The facts and their file.
#[derive(Debug)]
pub(crate) struct WindowState {
    path: PathBuf,
    facts: Mutex<Facts>,
}

impl WindowState {
    /// Reads the file. Contents that can't be read are ignored.
    pub(crate) fn of(paths: &Paths) -> WindowState {
        let path = paths.data().join("shell.json");
        let facts = RealFiles.read(&path).ok().and_then(|(bytes, _)| serde_json::from_slice(&bytes).ok());
        WindowState { path, facts: Mutex::new(facts.unwrap_or_default()) }
    }

    /// Returns the current facts.
    pub(crate) fn facts(&self) -> Facts {
        self.facts.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Changes the facts, and writes the file if they differ. A failure to write is only logged.
    pub(crate) fn change(&self, change: impl FnOnce(&mut Facts)) {
        let mut facts = self.facts.lock().unwrap_or_else(PoisonError::into_inner);
        let before = facts.clone();
        change(&mut facts);
        if *facts == before {
            return;
        }
        let written = serde_json::to_vec(&*facts)
            .map_err(std::io::Error::other)
            .and_then(|bytes| files::replace_whole(&RealFiles, &self.path, &bytes));
        if let Err(error) = written {
            tracing::warn!(%error, "what the window looks like will be forgotten");
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn paths(folder: &tempfile::TempDir) -> Paths {
        Paths::of("app.example", Some(folder.path().to_owned())).unwrap()
    }

    #[test]
    fn what_was_changed_is_there_at_the_next_start() {
        let folder = tempfile::tempdir().unwrap();
        let state = WindowState::of(&paths(&folder));
        state.change(|facts| facts.knows_closing = true);
        assert_eq!(WindowState::of(&paths(&folder)).facts(), Facts { knows_closing: true, ..Facts::default() });
    }

    #[test]
    fn a_file_that_makes_no_sense_is_as_good_as_none_and_is_mended() {
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join("shell.json"), "{").unwrap();
        let state = WindowState::of(&paths(&folder));
        assert_eq!(state.facts(), Facts::default());
        state.change(|facts| facts.knows_ending = true);
        assert!(WindowState::of(&paths(&folder)).facts().knows_ending);
    }

    #[test]
    fn a_fact_of_a_later_version_does_no_harm() {
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join("shell.json"), r#"{"knows_closing":true,"zoom":2}"#).unwrap();
        assert!(WindowState::of(&paths(&folder)).facts().knows_closing);
    }
}
