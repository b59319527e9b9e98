//! What the shell remembers from one start to the next. None of it is a setting, and all of it may be lost.

use std::{
    collections::BTreeSet,
    path::PathBuf,
    sync::{Mutex, PoisonError},
};

use serde::{Deserialize, Serialize};
use spartan_auth::{
    account::AccountId,
    files::{self, Files, RealFiles},
    places::Places,
};

use crate::main_window::Frame;

/// What is remembered.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub(crate) struct Facts {
    /// The main window's size and place.
    pub(crate) frame: Option<Frame>,
    /// The person has read that closing the window does not end the program.
    pub(crate) knows_closing: bool,
    /// The person has read that closing the window ends the program where no tray is.
    pub(crate) knows_ending: bool,
    /// The accounts of which the person has seen that only they can go on.
    pub(crate) knows_failures: BTreeSet<AccountId>,
}

/// The facts and their file.
#[derive(Debug)]
pub(crate) struct Memory {
    path: PathBuf,
    facts: Mutex<Facts>,
}

impl Memory {
    /// Reads the file; what makes no sense is forgotten.
    pub(crate) fn of(places: &Places) -> Memory {
        let path = places.data().join("shell.json");
        let facts = RealFiles.read(&path).ok().and_then(|(bytes, _)| serde_json::from_slice(&bytes).ok());
        Memory { path, facts: Mutex::new(facts.unwrap_or_default()) }
    }

    /// The facts as they are now.
    pub(crate) fn facts(&self) -> Facts {
        self.facts.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Changes the facts, and the file where they are others then; one that cannot be written is no reason to stop.
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

    fn places(folder: &tempfile::TempDir) -> Places {
        Places::of("app.example", Some(folder.path().to_owned())).unwrap()
    }

    #[test]
    fn what_was_changed_is_there_at_the_next_start() {
        let folder = tempfile::tempdir().unwrap();
        let memory = Memory::of(&places(&folder));
        memory.change(|facts| facts.knows_closing = true);
        assert_eq!(Memory::of(&places(&folder)).facts(), Facts { knows_closing: true, ..Facts::default() });
    }

    #[test]
    fn a_file_that_makes_no_sense_is_as_good_as_none_and_is_mended() {
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join("shell.json"), "{").unwrap();
        let memory = Memory::of(&places(&folder));
        assert_eq!(memory.facts(), Facts::default());
        memory.change(|facts| facts.knows_ending = true);
        assert!(Memory::of(&places(&folder)).facts().knows_ending);
    }

    #[test]
    fn a_fact_of_a_later_version_does_no_harm() {
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join("shell.json"), r#"{"knows_closing":true,"zoom":2}"#).unwrap();
        assert!(Memory::of(&places(&folder)).facts().knows_closing);
    }
}
