//! Items outside the program's folders: its autostart entry and its link handler.

use std::path::{Path, PathBuf};

use directories::BaseDirs;
use spartan_vault::fs::paths::Paths;

use super::{Thing, registry};

/// The program's files among those of other programs, the lists that refer to one of them, and registry entries on
/// Windows.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Around {
    pub(super) files: Vec<PathBuf>,
    pub(super) lists: Vec<PathBuf>,
    /// The file that handles its links, as the lists name it.
    pub(super) handler: Option<String>,
    pub(super) registered: Vec<Thing>,
}

impl Around {
    /// Returns the items on this system; `opens_links` is the file name of the program that handles the links, which is
    /// also their scheme. Returns `None` if the user set a folder for everything, because the autostart entry then
    /// belongs to another installation.
    #[must_use]
    pub fn of_system(paths: &Paths, opens_links: Option<&str>) -> Option<Around> {
        let base = BaseDirs::new()?;
        if Paths::of(paths.identifier(), None).ok().as_ref() != Some(paths) {
            return None;
        }
        if cfg!(windows) {
            let registered = registry::entries(paths.identifier(), opens_links);
            return Some(Around { registered, ..Around::default() });
        }
        if cfg!(target_os = "macos") {
            let agent = base.home_dir().join("Library/LaunchAgents").join(format!("{}.plist", paths.identifier()));
            return Some(Around { files: vec![agent], ..Around::default() });
        }
        Some(Around::on_linux(paths.identifier(), base.data_dir(), base.config_dir(), opens_links))
    }

    pub(super) fn on_linux(identifier: &str, data: &Path, config: &Path, opens_links: Option<&str>) -> Around {
        let applications = data.join("applications");
        let handler = opens_links.map(|program| format!("{program}-handler.desktop"));
        let at_login = config.join("autostart").join(format!("{identifier}.desktop"));
        let opens = handler.iter().map(|handler| applications.join(handler));
        Around {
            files: std::iter::once(at_login).chain(opens).collect(),
            lists: vec![config.join("mimeapps.list"), applications.join("mimeinfo.cache")],
            handler,
            ..Around::default()
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn on_linux_both_files_are_named_exactly() {
        let around = Around::on_linux("app.example", "/data".as_ref(), "/config".as_ref(), Some("spartan-tray"));
        let files = ["/config/autostart/app.example.desktop", "/data/applications/spartan-tray-handler.desktop"];
        assert_eq!(around.files, files.map(PathBuf::from));
        assert_eq!(around.handler.as_deref(), Some("spartan-tray-handler.desktop"));
    }

    #[test]
    fn what_registers_no_links_has_no_file_for_them() {
        let around = Around::on_linux("app.example", "/data".as_ref(), "/config".as_ref(), None);
        assert_eq!(around.files, ["/config/autostart/app.example.desktop"].map(PathBuf::from));
        assert_eq!(around.handler, None);
    }

    #[test]
    fn a_folder_that_was_named_for_everything_has_nothing_around_it() {
        let paths = |home| Paths::of("app.example", home).unwrap();
        assert_eq!(Around::of_system(&paths(Some("/somewhere".into())), None), None);
        assert!(Around::of_system(&paths(None), None).is_some());
    }
}
