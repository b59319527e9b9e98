//! What a power cut can leave of files, on a disk that guarantees only what was synced.
//!
//! Unsynced bytes may be there completely, partly or not at all. Of the name changes since the folder was last synced,
//! each may or may not be there, independently; a rename is there completely or not at all.

use std::{
    collections::{BTreeMap, BTreeSet},
    path::PathBuf,
};

use crate::{home::Tree, stepped_files::Operation};

/// Files and their names, as programs see them and as they are on the disk.
pub struct Disk {
    files: Vec<File>,
    seen: Names,
    kept: Names,
    /// Changes that may or may not be on the disk.
    pending: Vec<Change>,
}

struct File {
    bytes: Vec<u8>,
    synced: bool,
}

/// The file of each name.
type Names = BTreeMap<PathBuf, usize>;

/// Names that change together, with their new files.
type Change = Vec<(PathBuf, Option<usize>)>;

impl Disk {
    /// Returns a disk on which all of these files are synced.
    pub fn with(tree: &Tree) -> Disk {
        let files = tree.values().map(|bytes| File { bytes: bytes.clone(), synced: true }).collect();
        let names: Names = tree.keys().cloned().zip(0..).collect();
        Disk { files, seen: names.clone(), kept: names, pending: Vec::new() }
    }

    /// Performs an operation; one that fails changes nothing.
    pub fn does(&mut self, operation: &Operation) {
        match operation {
            Operation::Write(name, bytes) => {
                self.files.push(File { bytes: bytes.clone(), synced: false });
                self.change(vec![(name.clone(), Some(self.files.len() - 1))]);
            }
            Operation::Sync(name) => {
                if let Some(&file) = self.seen.get(name) {
                    self.files[file].synced = true;
                }
            }
            Operation::Rename(from, to) => {
                if let Some(&file) = self.seen.get(from) {
                    self.change(vec![(to.clone(), Some(file)), (from.clone(), None)]);
                }
            }
            Operation::Remove(name) => {
                if self.seen.contains_key(name) {
                    self.change(vec![(name.clone(), None)]);
                }
            }
            Operation::SyncFolder(folder) => {
                let is_in = |change: &mut Change| change.iter().any(|(name, _)| name.parent() == Some(folder));
                self.pending.extract_if(.., is_in).for_each(|change| apply(&change, &mut self.kept));
            }
            Operation::Look => {}
        }
    }

    /// Returns every state that is possible after a power cut.
    pub fn after_a_power_cut(&self) -> BTreeSet<Tree> {
        (0..1 << self.pending.len()).flat_map(|there: u32| self.trees(&self.names_with(there))).collect()
    }

    fn change(&mut self, change: Change) {
        apply(&change, &mut self.seen);
        self.pending.push(change);
    }

    /// Returns the names if exactly the pending changes whose bits are set are on the disk.
    fn names_with(&self, there: u32) -> Names {
        let mut names = self.kept.clone();
        let changes = self.pending.iter().enumerate().filter(|(place, _)| there >> place & 1 == 1);
        changes.for_each(|(_, change)| apply(change, &mut names));
        names
    }

    /// Returns the possible contents of the files with these names.
    fn trees(&self, names: &Names) -> Vec<Tree> {
        names.iter().fold(vec![Tree::new()], |trees, (name, &file)| {
            let with = |tree: &Tree, bytes: &[u8]| {
                let mut tree = tree.clone();
                tree.insert(name.clone(), bytes.into());
                tree
            };
            let left = self.files[file].left();
            trees.iter().flat_map(|tree| left.iter().map(|bytes| with(tree, bytes))).collect()
        })
    }
}

impl File {
    fn left(&self) -> Vec<&[u8]> {
        let all = self.bytes.as_slice();
        if self.synced { vec![all] } else { vec![all, &all[..all.len() / 2], &[]] }
    }
}

fn apply(change: &Change, names: &mut Names) {
    for (name, file) in change {
        match file {
            Some(file) => names.insert(name.clone(), *file),
            None => names.remove(name),
        };
    }
}
