//! What the process does to itself before anything else.

use std::ffi::OsString;

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

/// With NVIDIA's driver WebKitGTK shows blank windows unless it renders without DMA-BUF. It reads that from the
/// environment, so the program starts itself once more with it; where the person set it, theirs counts.
#[cfg(target_os = "linux")]
pub(crate) fn render_on_nvidia(set: Option<&OsString>) {
    use std::{fs, os::unix::process::CommandExt, process::Command};
    let loaded =
        fs::read_to_string("/proc/modules").is_ok_and(|all| all.lines().any(|line| line.starts_with("nvidia ")));
    if set.is_some() || !loaded {
        return;
    }
    let Ok(program) = std::env::current_exe() else { return };
    let failed =
        Command::new(program).args(std::env::args_os().skip(1)).env("WEBKIT_DISABLE_DMABUF_RENDERER", "1").exec();
    eprintln!("going on with the usual rendering: {failed}");
}

/// Only WebKitGTK needs it.
#[cfg(not(target_os = "linux"))]
pub(crate) fn render_on_nvidia(_set: Option<&OsString>) {}
