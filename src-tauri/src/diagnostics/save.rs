//! The report as a file that a person can find again.

use std::{
    io::{self, ErrorKind, Write},
    path::{Path, PathBuf},
};

use jiff::Timestamp;
use spartan_vault::fs::permissions;
use tauri::{AppHandle, Manager};

/// Saves the report in the downloads folder, or in the home folder if there is none, and returns its path.
pub(crate) fn save(app: &AppHandle, text: &str) -> io::Result<PathBuf> {
    let home = app.path().home_dir().map_err(io::Error::other);
    let folder = app.path().download_dir().ok().filter(|folder| folder.is_dir());
    write(&folder.map_or(home, Ok)?, &Timestamp::now().strftime("%Y-%m-%d").to_string(), text)
}

/// Writes a new file, and never replaces one.
fn write(folder: &Path, date: &str, text: &str) -> io::Result<PathBuf> {
    for number in 1..1000 {
        let name = if number == 1 { date.to_owned() } else { format!("{date}-{number}") };
        let path = folder.join(format!("spartan-tray-report-{name}.txt"));
        match permissions::create_new(&path) {
            Ok(mut file) => return file.write_all(text.as_bytes()).map(|()| path),
            Err(error) if error.kind() == ErrorKind::AlreadyExists => {}
            Err(error) => return Err(error),
        }
    }
    Err(ErrorKind::AlreadyExists.into())
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    #[test]
    fn a_second_report_of_a_day_stands_beside_the_first() {
        let folder = tempfile::tempdir().unwrap();
        let first = write(folder.path(), "2026-11-22", "one").unwrap();
        let second = write(folder.path(), "2026-11-22", "two").unwrap();
        assert_eq!(first, folder.path().join("spartan-tray-report-2026-11-22.txt"));
        assert_eq!(second, folder.path().join("spartan-tray-report-2026-11-22-2.txt"));
        assert_eq!(fs::read_to_string(first).unwrap(), "one");
        assert_eq!(fs::read_to_string(second).unwrap(), "two");
    }

    #[test]
    fn a_folder_that_is_not_there_is_an_error() {
        let folder = tempfile::tempdir().unwrap();
        write(&folder.path().join("gone"), "2026-11-22", "one").unwrap_err();
    }
}
