//! The sender of a notification on Windows and macOS: the program itself, if the system knows its name.

use std::path::Path;

/// The name that the installer and the bundle register: the identifier in `tauri.conf.json`.
pub(super) const KNOWN: &str = "app.spartantray";

/// Returns whether the installer installed this program, with a shortcut in the Start menu. Windows shows no notification
/// from a sender without a shortcut.
#[cfg(any(windows, test))]
pub(super) fn is_installed(program: &Path) -> bool {
    program.with_file_name("uninstall.exe").is_file()
}

/// Returns whether this program runs from its bundle, from which macOS knows its name.
#[cfg(any(target_os = "macos", test))]
pub(super) fn is_bundled(program: &Path) -> bool {
    program.parent().is_some_and(|folder| folder.ends_with("Contents/MacOS"))
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    #[test]
    fn the_known_name_is_the_one_that_is_packed_up() {
        let configuration = include_str!("../../../tauri.conf.json");
        let configuration: serde_json::Value = serde_json::from_str(configuration).unwrap();
        assert_eq!(configuration["identifier"], KNOWN);
    }

    #[test]
    fn only_an_installed_program_has_its_uninstaller_beside_it() {
        let folder = tempfile::tempdir().unwrap();
        let program = folder.path().join("spartan-tray.exe");
        assert!(!is_installed(&program));
        fs::write(folder.path().join("uninstall.exe"), []).unwrap();
        assert!(is_installed(&program));
    }

    #[test]
    fn only_a_program_in_its_bundle_is_known_to_macos() {
        assert!(is_bundled(Path::new("/Applications/Spartan Tray.app/Contents/MacOS/spartan-tray")));
        assert!(!is_bundled(Path::new("/Users/me/target/release/spartan-tray")));
    }
}
