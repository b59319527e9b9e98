//! Failed page loads, if the engine reports them.

use tauri::WebviewWindow;
use tokio::sync::mpsc;
use url::Url;

use super::watch::Seen;

/// The page that replaces one that can't be loaded.
#[cfg(target_os = "linux")]
const IN_ITS_PLACE: &str = "<!doctype html><html lang=\"en\"><meta name=\"color-scheme\" content=\"light dark\"><title>Not loaded</title>\
    <style>body{font:16px/1.5 system-ui,sans-serif;margin:0;min-height:100vh;display:grid;place-items:center}\
    p{max-width:22rem;padding:2rem;text-align:center}</style>\
    <p>Microsoft's page could not be loaded. Spartan Tray's own window says what to do.</p></html>";

/// Listens for loads that fail: `WebKit` reports their end like that of any other load. `is_end` decides about an
/// address that the engine itself doesn't follow.
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
            // A load that was abandoned for another one didn't fail.
            if error.matches(NetworkError::Cancelled) {
                return false;
            }
            // Neither did one that wasn't followed, if the previous page is still there.
            let has_page = page.back_forward_list().is_some_and(|list| list.current_item().is_some());
            let is_end = || Url::parse(address).is_ok_and(|address| is_end(&address));
            if error.is::<PolicyError>() && (is_end() || has_page) {
                return false;
            }
            // If the sign-in has ended, nobody is listening.
            let _ = seen.send(Seen::Failed);
            page.load_alternate_html(IN_ITS_PLACE, address, None);
            true
        });
    })
}

/// Does nothing: other engines show their own error page and don't report it. The wait for an answer covers that.
#[cfg(not(target_os = "linux"))]
pub(super) fn listen(
    _: &WebviewWindow,
    _: &mpsc::UnboundedSender<Seen>,
    _: impl Fn(&Url) -> bool + Send + 'static,
) -> tauri::Result<()> {
    Ok(())
}
