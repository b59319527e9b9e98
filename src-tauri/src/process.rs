//! What the process does to itself before anything else.

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

/// Says to the webview what it asks the environment alone, before it or another thread is there. Its processes draw our small
/// page themselves: graphics cards would take 70 MB more for it, and with some drivers show blank windows; what the
/// person set counts. And `SSLKEYLOGFILE` would have its TLS write down the keys of the sign-in page.
#[cfg(target_os = "linux")]
pub(crate) fn instruct_webview() {
    use gtk::glib;
    if let Err(error) = glib::setenv("WEBKIT_DISABLE_COMPOSITING_MODE", "1", false) {
        eprintln!("the window takes more memory than it needs: {error}");
    }
    glib::unsetenv("SSLKEYLOGFILE");
}

/// Elsewhere the webview is the system's own, and nothing of ours reads these variables.
#[cfg(not(target_os = "linux"))]
pub(crate) const fn instruct_webview() {}
