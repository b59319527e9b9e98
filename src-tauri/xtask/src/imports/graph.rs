//! Files, and the names that each takes from the others.

use std::collections::{BTreeMap, BTreeSet};

/// The position of a file in a [`Graph`].
pub type File = usize;

/// The files of a crate or of the page, and the arrows between them.
#[derive(Debug, Default)]
pub struct Graph {
    files: Vec<Node>,
    arrows: BTreeMap<File, BTreeMap<File, BTreeSet<String>>>,
}

#[derive(Debug)]
struct Node {
    name: String,
    module: Vec<String>,
}

impl Graph {
    /// Adds a file with its path and the path of its module; the root's is empty.
    pub fn file(&mut self, name: &str, module: &[&str]) -> File {
        let module = module.iter().map(|&segment| segment.to_owned()).collect();
        self.files.push(Node { name: name.to_owned(), module });
        self.files.len() - 1
    }

    /// Records that a file takes a name from another; what it takes from itself is no arrow.
    pub fn arrow(&mut self, from: File, to: File, name: &str) {
        if from != to {
            self.arrows.entry(from).or_default().entry(to).or_default().insert(name.to_owned());
        }
    }

    /// Returns every file.
    pub fn files(&self) -> impl Iterator<Item = File> {
        0..self.files.len()
    }

    /// Returns the files from which a file takes something.
    pub fn from(&self, file: File) -> impl Iterator<Item = File> {
        self.arrows.get(&file).into_iter().flat_map(|to| to.keys().copied())
    }

    /// Returns the names that a file takes from another.
    pub fn names(&self, from: File, to: File) -> impl Iterator<Item = &str> {
        self.arrows.get(&from).and_then(|all| all.get(&to)).into_iter().flatten().map(String::as_str)
    }

    /// Returns a file's path.
    pub fn name(&self, file: File) -> &str {
        &self.files[file].name
    }

    /// Returns the path of a file's module.
    pub fn module(&self, file: File) -> &[String] {
        &self.files[file].module
    }
}
