//! Source files below a folder.

use std::{collections::BTreeMap, fs, io};

use crate::process;

/// Returns the texts of the files with this extension, by their paths from the top of the checkout.
pub fn below(folder: &str, extension: &str) -> io::Result<BTreeMap<String, String>> {
    let mut found = BTreeMap::new();
    for entry in fs::read_dir(process::checkout().join(folder))? {
        let path = entry?.path();
        let name = format!("{folder}/{}", path.file_name().unwrap_or_default().to_string_lossy());
        if path.is_dir() {
            found.append(&mut below(&name, extension)?);
        } else if path.extension().is_some_and(|known| known == extension) {
            found.insert(name, fs::read_to_string(path)?);
        }
    }
    Ok(found)
}
