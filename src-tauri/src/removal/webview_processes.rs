//! The webview's processes. They outlive its windows, and write to its folders until they end.

/// Ends the webview's processes, and waits for their end. Nothing may use the webview afterwards.
#[cfg(target_os = "linux")]
pub(super) fn end() {
    use std::{thread, time::Duration};

    use rustix::process::{Signal, kill_process};

    const PAUSE: Duration = Duration::from_millis(10);
    const LOOKS: u32 = 200;

    for _ in 0..LOOKS {
        let running = running();
        if running.is_empty() {
            return;
        }
        for process in running {
            if let Err(error) = kill_process(process, Signal::KILL) {
                tracing::info!(%error, "a process of the webview ended by itself");
            }
        }
        thread::sleep(PAUSE);
    }
    eprintln!("a process of the webview doesn't end");
}

/// Does nothing: on other systems, the webview ends its processes with its last window.
#[cfg(not(target_os = "linux"))]
pub(super) const fn end() {}

/// Returns this process's children that belong to the webview and haven't ended. A browser that the program opened is a
/// child too.
#[cfg(target_os = "linux")]
fn running() -> Vec<rustix::process::Pid> {
    use std::fs;

    let tasks = fs::read_dir("/proc/self/task").into_iter().flatten().flatten();
    let children = tasks.filter_map(|task| fs::read_to_string(task.path().join("children")).ok());
    let children = children.flat_map(|list| list.split_whitespace().map(str::to_owned).collect::<Vec<_>>());
    let webviews = children
        .filter(|child| fs::read_to_string(format!("/proc/{child}/stat")).is_ok_and(|stat| is_of_webview(&stat)));
    webviews.filter_map(|child| rustix::process::Pid::from_raw(child.parse().ok()?)).collect()
}

/// Reads a line of `/proc/<pid>/stat`: `12 (WebKitNetworkPr) S …`. `Z` and `X` are processes that have ended.
#[cfg(target_os = "linux")]
fn is_of_webview(stat: &str) -> bool {
    let Some((name, rest)) = stat.rsplit_once(") ") else { return false };
    name.contains("(WebKit") && !rest.starts_with(['Z', 'X'])
}

#[cfg(all(test, target_os = "linux"))]
mod tests {
    use super::*;

    #[test]
    fn only_running_processes_of_the_webview_are_ended() {
        for (stat, is) in [
            ("12 (WebKitNetworkPr) S 3 12", true),
            ("12 (WebKitWebProces) R 3 12", true),
            ("12 (WebKitNetworkPr) Z 3 12", false),
            ("12 (firefox) S 3 12", false),
            ("12 (a) (b) S 3 12", false),
            ("", false),
        ] {
            assert_eq!(is_of_webview(stat), is, "{stat}");
        }
    }
}
