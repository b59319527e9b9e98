//! What the process does to itself before anything else.

use crate::Launch;

/// No core dump ever holds a token.
#[cfg(unix)]
pub(crate) fn harden() {
    use rustix::process::{Resource, Rlimit, setrlimit};
    if let Err(error) = setrlimit(Resource::Core, Rlimit { current: Some(0), maximum: Some(0) }) {
        eprintln!("core dumps could not be switched off: {error}");
    }
}

/// No core dump ever holds a token: Windows makes none by itself.
#[cfg(not(unix))]
pub(crate) fn harden() {}

/// Starts the program once more where the environment would do harm, because it can be changed only for a new process:
/// NVIDIA's driver shows blank windows unless WebKitGTK renders without DMA-BUF, and `SSLKEYLOGFILE` would have its TLS
/// write down the keys of the sign-in page.
#[cfg(target_os = "linux")]
pub(crate) fn start_in_good_environment(launch: &Launch) {
    use std::{fs, os::unix::process::CommandExt, process::Command};
    let nvidia =
        || fs::read_to_string("/proc/modules").is_ok_and(|all| all.lines().any(|line| line.starts_with("nvidia ")));
    // What the person set counts.
    let blank = launch.dmabuf.is_none() && nvidia();
    if !blank && !launch.logs_keys {
        return;
    }
    let Ok(program) = std::env::current_exe() else { return };
    let mut again = Command::new(program);
    again.args(std::env::args_os().skip(1)).env_remove("SSLKEYLOGFILE");
    if blank {
        again.env("WEBKIT_DISABLE_DMABUF_RENDERER", "1");
    }
    eprintln!("going on in the environment as it is: {}", again.exec());
}

/// Elsewhere the webview is the system's own, and nothing of ours reads these variables.
#[cfg(not(target_os = "linux"))]
pub(crate) fn start_in_good_environment(_launch: &Launch) {}
