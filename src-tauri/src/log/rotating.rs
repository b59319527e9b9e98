//! A log file with a maximum size: a full one is renamed, replacing the previous one, and a new one begins.

use std::{
    fs::{self, File, OpenOptions},
    io::{self, Write},
    path::{Path, PathBuf},
};

use spartan_vault::fs::{
    files::{Files, RealFiles},
    permissions,
};

/// The maximum size of the file, in bytes.
const LARGEST: u64 = 1 << 20;

/// The file and its size.
pub(super) struct Rotating {
    path: PathBuf,
    file: File,
    bytes: u64,
    largest: u64,
}

impl Rotating {
    /// Opens the file for appending.
    pub(super) fn open(path: &Path) -> io::Result<Rotating> {
        Rotating::of_size(path, LARGEST)
    }

    fn of_size(path: &Path, largest: u64) -> io::Result<Rotating> {
        RealFiles.make_folder(path.parent().unwrap_or(Path::new(".")))?;
        let file = append(path)?;
        let bytes = file.metadata()?.len();
        Ok(Rotating { path: path.to_owned(), file, bytes, largest })
    }

    fn begin_anew(&mut self) -> io::Result<()> {
        fs::rename(&self.path, self.path.with_extension("old.log"))?;
        self.file = append(&self.path)?;
        self.bytes = 0;
        Ok(())
    }
}

impl Write for Rotating {
    fn write(&mut self, event: &[u8]) -> io::Result<usize> {
        let length = u64::try_from(event.len()).unwrap_or(u64::MAX);
        if self.bytes > 0 && self.bytes.saturating_add(length) > self.largest {
            self.begin_anew()?;
        }
        self.file.write_all(event)?;
        self.bytes += length;
        Ok(event.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        self.file.flush()
    }
}

fn append(path: &Path) -> io::Result<File> {
    permissions::open_or_create(OpenOptions::new().append(true), path)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_files_hold_the_last_events_and_none_outgrows_its_size() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("log/x.log");
        let mut log = Rotating::of_size(&path, 16).unwrap();
        for event in ["one-----\n", "two-----\n", "three---\n", "four----\n"] {
            log.write_all(event.as_bytes()).unwrap();
        }
        assert_eq!(fs::read_to_string(&path).unwrap(), "four----\n");
        assert_eq!(fs::read_to_string(folder.path().join("log/x.old.log")).unwrap(), "three---\n");
        assert_eq!(fs::read_dir(folder.path().join("log")).unwrap().count(), 2);
    }

    #[test]
    fn the_next_start_writes_behind_what_is_there_and_counts_it() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("x.log");
        Rotating::of_size(&path, 16).unwrap().write_all(b"one-----\n").unwrap();
        let mut next = Rotating::of_size(&path, 16).unwrap();
        next.write_all(b"two\n").unwrap();
        assert_eq!(fs::read_to_string(&path).unwrap(), "one-----\ntwo\n");
        next.write_all(b"three\n").unwrap();
        assert_eq!(fs::read_to_string(&path).unwrap(), "three\n");
    }

    #[test]
    fn an_event_that_is_larger_than_the_file_is_written_all_the_same() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("x.log");
        Rotating::of_size(&path, 4).unwrap().write_all(b"larger\n").unwrap();
        assert_eq!(fs::read_to_string(&path).unwrap(), "larger\n");
    }
}
