//! Loads that fail, where the engine tells of them.

use tauri::WebviewWindow;
use tokio::sync::mpsc;
use url::Url;

use super::watch::Seen;

/// What stands in the place of a page that cannot be loaded.
#[cfg(target_os = "linux")]
const IN_ITS_PLACE: &str = "<!doctype html><html lang=\"en\"><meta name=\"color-scheme\" content=\"light dark\"><title>Not loaded</title>\
    <style>body{font:16px/1.5 system-ui,sans-serif;margin:0;min-height:100vh;display:grid;place-items:center}\
    p{max-width:22rem;padding:2rem;text-align:center}</style>\
    <p>Microsoft's page could not be loaded. Spartan Tray's own window says what to do.</p></html>";

/// Listens for loads that fail: `WebKit` tells of their end as of that of any other. `is_end` is asked about an address
/// that the engine itself doesn't follow.
#[cfg(target_os = "linux")]
pub(super) fn listen(
    window: &WebviewWindow,
    seen: &mpsc::UnboundedSender<Seen>,
    is_end: impl Fn(&Url) -> bool + Send + 'static,
) -> tauri::Result<()> {
    use webkit2gtk::{BackForwardListExt, NetworkError, PolicyError, WebViewExt};
    let seen = seen.clone();
    window.with_webview(move |webview| {
        webview.inner().connect_load_failed(move |page, _, address, error| {
            // What was given up for something else did not fail.
            if error.matches(NetworkError::Cancelled) {
                return false;
            }
            // Nor did what was not followed, while the page before it is still there.
            let has_page = page.back_forward_list().is_some_and(|list| list.current_item().is_some());
            let is_end = || Url::parse(address).is_ok_and(|address| is_end(&address));
            if error.is::<PolicyError>() && (is_end() || has_page) {
                return false;
            }
            // Nobody listens any more where the sign-in has ended.
            let _ = seen.send(Seen::Failed);
            page.load_alternate_html(IN_ITS_PLACE, address, None);
            true
        });
    })
}

/// The other engines draw a page of their own and tell nobody; that it never comes back is told in time.
#[cfg(not(target_os = "linux"))]
pub(super) fn listen(
    _: &WebviewWindow,
    _: &mpsc::UnboundedSender<Seen>,
    _: impl Fn(&Url) -> bool + Send + 'static,
) -> tauri::Result<()> {
    Ok(())
}
