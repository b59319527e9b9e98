//! The program's own window.

use spartan_auth::status::Status;
use tauri::{AppHandle, Manager, WebviewUrl, WebviewWindow, WebviewWindowBuilder, WindowEvent, webview::PageLoadEvent};
use url::Url;

use crate::start::Shell;

/// The only window with a capability.
pub(crate) const LABEL: &str = "main";

/// The height at which an account fits without scrolling, in logical pixels; the demo has a banner above it.
const HEIGHT: f64 = if cfg!(feature = "demo") { 676.0 } else { 640.0 };

/// Opens the window on `status`; it shows itself once its page is there, so that nothing flashes.
pub(crate) fn open(app: &AppHandle, status: &Status) -> Result<(), Box<dyn std::error::Error>> {
    let shell = app.state::<Shell>();
    let script = shell.about.script(status)?;
    let window = WebviewWindowBuilder::new(app, LABEL, WebviewUrl::App("index.html".into()))
        .title(if cfg!(feature = "demo") { "Spartan Tray · Demo" } else { "Spartan Tray" })
        .inner_size(440.0, HEIGHT)
        .min_inner_size(360.0, 480.0)
        .center()
        .visible(false)
        .data_directory(shell.places.data().join("webview"))
        .initialization_script(script)
        .on_navigation(is_own_page)
        .on_page_load(|window, load| {
            if load.event() == PageLoadEvent::Finished {
                present(&window);
            }
        })
        .build()?;
    let app = app.clone();
    window.on_window_event(move |event| {
        if let WindowEvent::Destroyed = event {
            // A sign-in window may still be open: without this one it has no purpose.
            app.exit(0);
        }
    });
    Ok(())
}

/// Brings the window to the front.
pub(crate) fn show(app: &AppHandle) {
    if let Some(window) = app.get_webview_window(LABEL) {
        present(&window);
    }
}

fn present(window: &WebviewWindow) {
    let shown = window.show().and_then(|()| window.unminimize()).and_then(|()| window.set_focus());
    if let Err(error) = shown {
        tracing::warn!(%error, "the window could not be brought to the front");
    }
}

fn is_own_page(url: &Url) -> bool {
    url.scheme() == "tauri" || (matches!(url.scheme(), "http" | "https") && url.host_str() == Some("tauri.localhost"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_window_leaves_its_own_page_for_no_other() {
        for own in ["tauri://localhost/index.html", "http://tauri.localhost/"] {
            assert!(is_own_page(&Url::parse(own).unwrap()), "{own}");
        }
        for other in ["https://login.live.com/", "http://localhost/", "file:///etc/passwd", "about:blank"] {
            assert!(!is_own_page(&Url::parse(other).unwrap()), "{other}");
        }
    }
}
