//! Versions, the desktop, and the program's settings.

use spartan_messages::settings_problem;
use spartan_session::operations::diagnostics;

use crate::shell::Shell;

pub(super) fn lines(shell: &Shell) -> Vec<String> {
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
    let tray = if shell.tray.is_there() { "its icon is shown" } else { "nothing shows its icon" };
    let mut lines = vec![
        format!("Spartan Tray {}{}", env!("CARGO_PKG_VERSION"), if cfg!(feature = "demo") { ", demo" } else { "" }),
        format!("Tauri {}, {engine} {webview}", tauri::VERSION),
        diagnostics::system(),
        format!("desktop {}, session {}", known(&around.desktop), known(&around.session)),
        format!("tray: {tray}"),
        format!("accounts: {}", shell.session.snapshot().borrow().accounts.len()),
        format!("settings: {}", serde_json::to_string(&settings.choices).unwrap_or_default()),
    ];
    lines.extend(settings.problems.iter().map(|problem| format!("settings file: {}", settings_problem(problem))));
    lines
}
