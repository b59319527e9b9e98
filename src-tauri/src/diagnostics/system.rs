//! Versions, the desktop, and how the program is set up here.

use tauri::AppHandle;

use crate::{start::Shell, tray};

pub(super) fn lines(app: &AppHandle, shell: &Shell) -> Vec<String> {
    let webview = tauri::webview_version().unwrap_or_else(|error| format!("unknown ({error})"));
    let engine = if cfg!(windows) {
        "WebView2"
    } else if cfg!(target_os = "macos") {
        "WebKit"
    } else {
        "WebKitGTK"
    };
    let settings = shell.settings.follow().borrow().clone();
    let around = &shell.surroundings;
    let known = |name: &Option<String>| name.clone().unwrap_or_else(|| "unknown".into());
    let tray = if tray::is_there(app) { "its icon is shown" } else { "nothing shows its icon" };
    let mut lines = vec![
        format!("Spartan Tray {}{}", env!("CARGO_PKG_VERSION"), if cfg!(feature = "demo") { ", demo" } else { "" }),
        format!("Tauri {}, {engine} {webview}", tauri::VERSION),
        format!("{}, {}", of_system(), std::env::consts::ARCH),
        format!("desktop {}, session {}", known(&around.desktop), known(&around.session)),
        format!("tray: {tray}"),
        format!("accounts: {}", shell.session.accounts().borrow().len()),
        format!("settings: {}", serde_json::to_string(&settings.choices).unwrap_or_default()),
    ];
    lines.extend(settings.problems.iter().map(|problem| format!("settings file: {problem}")));
    lines
}

#[cfg(all(unix, not(target_os = "macos")))]
fn of_system() -> String {
    let release = std::fs::read_to_string("/etc/os-release").unwrap_or_default();
    let kernel = rustix::system::uname();
    let (system, version) = (kernel.sysname().to_string_lossy(), kernel.release().to_string_lossy());
    format!("{}, {system} {version}", named(&release).unwrap_or("unknown distribution"))
}

#[cfg(any(windows, target_os = "macos"))]
fn of_system() -> String {
    os_info::get().to_string()
}

/// What a distribution calls itself, after os-release(5).
#[cfg(all(unix, not(target_os = "macos")))]
fn named(release: &str) -> Option<&str> {
    let name = release.lines().find_map(|line| line.strip_prefix("PRETTY_NAME="))?;
    Some(name.trim_matches(['"', '\'']))
}

#[cfg(all(test, unix, not(target_os = "macos")))]
mod tests {
    use super::*;

    #[test]
    fn a_distribution_is_called_what_it_calls_itself() {
        assert_eq!(
            named("ID=debian\nPRETTY_NAME=\"Debian GNU/Linux 12 (bookworm)\"\n"),
            Some("Debian GNU/Linux 12 (bookworm)")
        );
        assert_eq!(named("PRETTY_NAME=Arch"), Some("Arch"));
        assert_eq!(named("ID=debian\n"), None);
    }
}
