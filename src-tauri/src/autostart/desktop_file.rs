//! An entry in the desktop's autostart folder, as in the Desktop Entry Specification.

use std::{
    fs,
    io::{self, ErrorKind},
    path::{Path, PathBuf},
};

use spartan_vault::fs::files::{self, Files, RealFiles};

use crate::launch::HIDDEN;

/// A file, and the contents that it must have.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct DesktopFile {
    path: PathBuf,
    content: String,
}

impl DesktopFile {
    /// Returns the entry that starts `program`, as `<identifier>.desktop` in `folder`.
    pub(super) fn new(folder: &Path, identifier: &str, name: &str, program: &Path) -> io::Result<DesktopFile> {
        let program = program.to_str().ok_or(ErrorKind::InvalidFilename)?;
        let content = format!(
            "[Desktop Entry]\nType=Application\nName={name}\nComment=Keeps your Spartan token fresh\n\
             Exec={} {HIDDEN}\nTerminal=false\n",
            quoted(program)
        );
        Ok(DesktopFile { path: folder.join(format!("{identifier}.desktop")), content })
    }

    /// Whether exactly this entry exists: one that a person changed, or that starts a program at another path, doesn't
    /// count.
    pub(super) fn is_there(&self) -> io::Result<bool> {
        match fs::read(&self.path) {
            Ok(bytes) => Ok(bytes == self.content.as_bytes()),
            Err(error) if error.kind() == ErrorKind::NotFound => Ok(false),
            Err(error) => Err(error),
        }
    }

    /// Writes the file, replacing an older one with the same name.
    pub(super) fn add(&self) -> io::Result<()> {
        RealFiles.make_folder(self.path.parent().unwrap_or(Path::new(".")))?;
        files::replace_whole(&RealFiles, &self.path, self.content.as_bytes())
    }

    /// Removes the file.
    pub(super) fn remove(&self) -> io::Result<()> {
        files::remove_whole(&RealFiles, &self.path)
    }
}

/// Returns a path as `Exec` needs it: in quotes, with special characters escaped, and then escaped once more, because
/// the file itself has backslash escapes. A percent sign is doubled, because it would begin a field code.
fn quoted(path: &str) -> String {
    let mut argument = String::from("\"");
    for letter in path.chars() {
        match letter {
            '"' | '`' | '$' | '\\' => argument.extend(['\\', letter]),
            '%' => argument.push_str("%%"),
            _ => argument.push(letter),
        }
    }
    argument.push('"');
    argument.replace('\\', "\\\\").replace('\n', "\\n").replace('\t', "\\t").replace('\r', "\\r")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn entry(folder: &tempfile::TempDir, program: &str) -> DesktopFile {
        DesktopFile::new(&folder.path().join("autostart"), "app.example", "Example", Path::new(program)).unwrap()
    }

    #[test]
    fn a_path_is_one_argument_whatever_is_in_it() {
        let table = [
            ("/usr/bin/spartan-tray", r#""/usr/bin/spartan-tray""#),
            ("/opt/Spartan Tray/x", r#""/opt/Spartan Tray/x""#),
            ("/a/$HOME/`x`", r#""/a/\\$HOME/\\`x\\`""#),
            (r#"/a/"b"\c"#, r#""/a/\\"b\\"\\\\c""#),
            ("/100%/x", r#""/100%%/x""#),
            ("/a\nb", r#""/a\nb""#),
        ];
        for (path, expected) in table {
            assert_eq!(quoted(path), expected);
        }
    }

    #[test]
    fn switched_on_it_is_there_and_switched_off_nothing_is_left() {
        let folder = tempfile::tempdir().unwrap();
        let entry = entry(&folder, "/opt/Spartan Tray/spartan-tray");
        assert!(!entry.is_there().unwrap());
        entry.remove().unwrap_err();
        entry.add().unwrap();
        assert!(entry.is_there().unwrap());
        let text = fs::read_to_string(&entry.path).unwrap();
        assert!(text.contains("\nExec=\"/opt/Spartan Tray/spartan-tray\" --hidden\n"), "{text}");
        entry.remove().unwrap();
        assert_eq!(fs::read_dir(folder.path().join("autostart")).unwrap().count(), 0);
    }

    #[test]
    fn the_entry_of_a_program_that_has_moved_is_off_and_is_mended_by_switching_on() {
        let folder = tempfile::tempdir().unwrap();
        entry(&folder, "/old/spartan-tray").add().unwrap();
        let moved = entry(&folder, "/new/spartan-tray");
        assert!(!moved.is_there().unwrap());
        moved.add().unwrap();
        assert!(moved.is_there().unwrap());
    }

    #[test]
    fn an_entry_that_a_person_switched_off_elsewhere_is_off() {
        let folder = tempfile::tempdir().unwrap();
        let entry = entry(&folder, "/usr/bin/spartan-tray");
        entry.add().unwrap();
        fs::write(&entry.path, format!("{}Hidden=true\n", entry.content)).unwrap();
        assert!(!entry.is_there().unwrap());
    }
}
