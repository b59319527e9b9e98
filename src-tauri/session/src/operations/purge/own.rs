//! The names of this program's files. Does no I/O. A similar name belongs to another program.

use uuid::Uuid;

/// Files in the data folder, except those with an ID or a time in their names.
const DATA: [&str; 5] = ["vault", "vault.lock", "keep.lock", "program.lock", "shell.json"];

/// Folders in the data folder that the system's webview fills.
pub(super) const WEBVIEW: [&str; 2] = ["webview", "sign-in"];

/// What a webview creates in its folder: `WebKitGTK` and `WebView2`.
const OF_WEBVIEW: [&str; 16] = [
    "applications",
    "cachestorage",
    "cookies",
    "databases",
    "deviceidhashsalts",
    "ebwebview",
    "favicons",
    "hsts-storage.sqlite",
    "indexeddb",
    "itp",
    "localstorage",
    "mediakeys",
    "mediastorage",
    "serviceworkers",
    "storage",
    "webkitcache",
];

/// Whether a file with this name in the data folder is the program's, including the vault and vaults moved aside.
pub(super) fn is_data(name: &str) -> bool {
    let whole = name.strip_suffix(".new").unwrap_or(name);
    DATA.contains(&whole) || is_vault_aside(name) || is_renewal_lock(name)
}

/// Whether the running tray app holds a file with this name in the data folder, or writes it when it quits. This
/// includes locks, because all processes that wait for one must find the same file.
pub(super) fn is_held(name: &str) -> bool {
    let whole = name.strip_suffix(".new").unwrap_or(name);
    whole == "shell.json" || (is_data(name) && name.strip_suffix(".lock").is_some())
}

/// Whether it's a vault that was moved aside when another was created.
pub(super) fn is_vault_aside(name: &str) -> bool {
    let when = name.strip_prefix("vault.").and_then(|rest| rest.strip_suffix("-aside"));
    when.is_some_and(|when| {
        when.starts_with(|first: char| first.is_ascii_digit())
            && when.contains('T')
            && when.chars().all(|letter| letter.is_ascii_digit() || "-TZ".contains(letter))
    })
}

fn is_renewal_lock(name: &str) -> bool {
    let id = name.strip_prefix("renew-").and_then(|rest| rest.strip_suffix(".lock"));
    id.is_some_and(|id| Uuid::try_parse(id).is_ok())
}

/// Whether a file with this name in the settings folder is the program's.
pub(super) fn is_settings(name: &str) -> bool {
    let Some(rest) = name.strip_prefix("settings.toml") else { return false };
    let number = |rest: &str| rest.strip_prefix(".broken-").is_some_and(|number| number.parse::<u32>().is_ok());
    ["", ".new", ".broken"].contains(&rest) || number(rest)
}

/// Whether a file with this name in the log folder is the program's.
pub(super) fn is_log(name: &str) -> bool {
    ["spartan-tray.log", "spartan-tray.old.log"].contains(&name)
}

/// Whether a webview creates a file or folder with this name.
pub(super) fn is_of_webview(name: &str) -> bool {
    let name = name.to_ascii_lowercase();
    let whole = ["-shm", "-wal", "-journal"].into_iter().find_map(|end| name.strip_suffix(end));
    OF_WEBVIEW.contains(&whole.unwrap_or(&name))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_the_program_writes_is_its_own() {
        let id = Uuid::from_u128(7);
        for name in [
            "vault",
            "vault.new",
            "vault.lock",
            "vault.2026-11-22T060559Z-aside",
            "vault.2026-11-22T060559Z-2-aside",
            &format!("renew-{id}.lock"),
            "shell.json",
            "shell.json.new",
        ] {
            assert!(is_data(name), "{name}");
        }
        for name in ["settings.toml", "settings.toml.new", "settings.toml.broken", "settings.toml.broken-12"] {
            assert!(is_settings(name), "{name}");
        }
        assert!(is_log("spartan-tray.log") && is_log("spartan-tray.old.log"));
        for name in ["WebKitCache", "hsts-storage.sqlite", "hsts-storage.sqlite-wal", "EBWebView"] {
            assert!(is_of_webview(name), "{name}");
        }
    }

    #[test]
    fn what_the_running_program_holds_is_nothing_of_a_sign_in() {
        for name in ["program.lock", "vault.lock", "keep.lock", "shell.json", "shell.json.new"] {
            assert!(is_held(name), "{name}");
        }
        for name in ["vault", "vault.new", "vault.2026-11-22T060559Z-aside", "my.lock", ".env"] {
            assert!(!is_held(name), "{name}");
        }
    }

    #[test]
    fn what_only_looks_like_it_is_somebody_elses() {
        for name in [
            "",
            "Vault",
            "vault.txt",
            "vault.old-aside",
            "vault.-aside",
            "vault.my notes T-aside",
            "my vault",
            "vault.new.new",
            "renew-.lock",
            "renew-me.lock",
            "renew.lock",
            "shell.json.bak",
            "settings.toml",
            ".env",
        ] {
            assert!(!is_data(name), "{name}");
        }
        for name in ["settings.toml.bak", "settings.toml.broken-", "settings.toml.broken-x", "my settings.toml"] {
            assert!(!is_settings(name), "{name}");
        }
        assert!(!is_log("spartan.log") && !is_log("old.log"));
        for name in ["index.html", "src", "storage.rs", "cache"] {
            assert!(!is_of_webview(name), "{name}");
        }
    }
}
