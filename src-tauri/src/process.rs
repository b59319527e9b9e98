//! Protects the process before anything else happens.

/// Switches core dumps off, because they could contain a token.
#[cfg(unix)]
pub(crate) fn harden() {
    use rustix::process::{Resource, Rlimit, setrlimit};
    if let Err(error) = setrlimit(Resource::Core, Rlimit { current: Some(0), maximum: Some(0) }) {
        eprintln!("core dumps could not be switched off: {error}");
    }
}

/// Does nothing: Windows writes no core dumps by itself.
#[cfg(not(unix))]
pub(crate) fn harden() {}

/// Sets the environment variables that the webview reads, before it or another thread starts. Without compositing, its
/// process takes 70 MB less, and drivers that show blank windows aren't involved; the person's own setting wins.
/// `SSLKEYLOGFILE` would write the TLS keys of the sign-in page to a file.
#[cfg(target_os = "linux")]
pub(crate) fn instruct_webview() {
    use gtk::glib;
    if let Err(error) = glib::setenv("WEBKIT_DISABLE_COMPOSITING_MODE", "1", false) {
        eprintln!("the window takes more memory than it needs: {error}");
    }
    glib::unsetenv("SSLKEYLOGFILE");
}

/// Does nothing: on other systems, the webview doesn't read these variables.
#[cfg(not(target_os = "linux"))]
pub(crate) const fn instruct_webview() {}
