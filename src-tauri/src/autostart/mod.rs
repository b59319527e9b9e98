//! Starting at login, hidden: one entry under the program's own name is added, and removed again.

#[cfg(all(unix, not(target_os = "macos")))]
mod desktop_file;

use std::io;

use tauri::AppHandle;

/// Returns whether this program starts at login.
pub(crate) fn is_on(app: &AppHandle) -> bool {
    entry(app).and_then(|entry| entry.is_there()).unwrap_or_else(|error| {
        tracing::debug!(%error, "nobody can say whether the program starts at login");
        false
    })
}

/// Makes this program start at login, or stops that.
pub(crate) fn set(app: &AppHandle, on: bool) -> io::Result<()> {
    let entry = entry(app)?;
    if on { entry.add() } else { entry.remove() }
}

#[cfg(all(unix, not(target_os = "macos")))]
fn entry(app: &AppHandle) -> io::Result<desktop_file::DesktopFile> {
    use tauri::Manager;
    let folder = app.path().config_dir().map_err(io::Error::other)?.join("autostart");
    let program = tauri::process::current_binary(&app.env())?;
    let name = if cfg!(feature = "demo") { "Spartan Tray (Demo)" } else { "Spartan Tray" };
    desktop_file::DesktopFile::new(&folder, &app.config().identifier, name, &program)
}

#[cfg(any(windows, target_os = "macos"))]
use elsewhere::entry;

#[cfg(any(windows, target_os = "macos"))]
mod elsewhere {
    use std::io;

    use auto_launch::{AutoLaunch, AutoLaunchBuilder};
    use tauri::{AppHandle, Manager};

    use crate::launch::HIDDEN;

    /// The program's entry in the system's list.
    pub(super) struct Entry(AutoLaunch);

    pub(super) fn entry(app: &AppHandle) -> io::Result<Entry> {
        let program = tauri::process::current_binary(&app.env())?;
        let program = program.to_str().ok_or(io::ErrorKind::InvalidFilename)?;
        // Windows splits an unquoted path at its spaces.
        let program = if cfg!(windows) { format!("\"{program}\"") } else { program.to_owned() };
        let mut entry = AutoLaunchBuilder::new();
        entry.set_app_name(&app.config().identifier).set_app_path(&program).set_args(&[HIDDEN]);
        #[cfg(windows)]
        entry.set_windows_enable_mode(auto_launch::WindowsEnableMode::CurrentUser);
        #[cfg(target_os = "macos")]
        entry.set_macos_launch_mode(auto_launch::MacOSLaunchMode::LaunchAgent);
        entry.build().map(Entry).map_err(io::Error::other)
    }

    impl Entry {
        pub(super) fn is_there(&self) -> io::Result<bool> {
            self.0.is_enabled().map_err(io::Error::other)
        }

        pub(super) fn add(&self) -> io::Result<()> {
            self.0.enable().map_err(io::Error::other)
        }

        pub(super) fn remove(&self) -> io::Result<()> {
            self.0.disable().map_err(io::Error::other)
        }
    }
}
