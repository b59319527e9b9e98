//! The program's own window: built when a person opens it, and destroyed when they close it.

mod dock;
mod early;
mod ground;
mod leftover;

use std::{error::Error, sync::PoisonError};

use spartan_session::{settings::Choices, status::Snapshot};
use tauri::{
    AppHandle, CloseRequestApi, LogicalPosition, Manager, WebviewUrl, WebviewWindow, WebviewWindowBuilder, WindowEvent,
    async_runtime,
};
use url::Url;

use crate::{
    about, appearance, notice,
    page_request::PageRequest,
    refusals::Refusal,
    shell::{
        Shell,
        window_life::{Life, Step, Then},
    },
    window_state::frame::{Frame, SMALLEST},
};

/// The only window with a capability.
pub(crate) const LABEL: &str = "main";

/// The height at which an account fits without scrolling, in logical pixels; the demo has a banner above it.
const HEIGHT: f64 = if cfg!(feature = "demo") { 676.0 } else { 640.0 };

/// Opens the window, or brings it to the front.
pub(crate) fn show(app: &AppHandle) {
    let app = app.clone();
    // On Windows, building a window in an event's handler would hang.
    async_runtime::spawn(async move { show_now(&app) });
}

/// Does the same before it returns. Not for an event's handler.
pub(crate) fn show_now(app: &AppHandle) {
    let step = with_life(app, Life::wanted);
    match step {
        Step::Open => open_or_tell(app),
        Step::Present => app.get_webview_window(LABEL).iter().for_each(present),
        Step::Wait => {}
    }
}

/// Opens the window at the start, with the first snapshot.
pub(crate) fn open_first(app: &AppHandle, snapshot: Snapshot) -> Result<(), Box<dyn Error>> {
    with_life(app, Life::wanted);
    let window = build(app, snapshot, early::IS_SEEN)?;
    early::listen(&window)?;
    begin(app, &window);
    Ok(())
}

/// Starts without the window.
pub(crate) fn open_none(app: &AppHandle) {
    dock::hide(app);
}

/// Returns whether the window is open or about to open.
pub(crate) fn is_open(app: &AppHandle) -> bool {
    match with_life(app, |life| *life) {
        Life::Opening | Life::Open | Life::Closing(Then::OpenAgain) => true,
        Life::Closed | Life::Closing(Then::Nothing) => false,
    }
}

/// Saves the window's size and place.
pub(crate) fn remember(app: &AppHandle) {
    if let Some(frame) = app.get_webview_window(LABEL).as_ref().and_then(Frame::of) {
        app.state::<Shell>().window_state.change(|facts| facts.frame = Some(frame));
    }
}

fn open_or_tell(app: &AppHandle) {
    let snapshot = app.state::<Shell>().session.snapshot().borrow().clone();
    match build(app, snapshot, false) {
        Ok(window) => begin(app, &window),
        Err(error) => {
            tracing::error!(%error, "the window could not be opened");
            with_life(app, Life::gone);
            let problem = Refusal::NoWebview.with(&error);
            async_runtime::spawn(async move { notice::alert(&problem).await });
        }
    }
}

/// Builds the window in its page's background colour. The page is drawn later.
fn build(app: &AppHandle, snapshot: Snapshot, visible: bool) -> Result<WebviewWindow, Box<dyn Error>> {
    let shell = app.state::<Shell>();
    let script = about::script(app, &shell, snapshot)?;
    let frame = shell.window_state.facts().frame;
    let (width, height) = frame.map_or((440.0, HEIGHT), |frame| frame.size().into());
    let window = WebviewWindowBuilder::new(app, LABEL, WebviewUrl::App("index.html".into()))
        .title(if cfg!(feature = "demo") { "Spartan Tray · Demo" } else { "Spartan Tray" })
        .inner_size(width, height)
        .min_inner_size(SMALLEST.width, SMALLEST.height)
        .visible(visible)
        .data_directory(shell.paths.data().join("webview"))
        .initialization_script(script)
        .on_navigation(is_own_page);
    // Before the window is built, because afterwards it would visibly jump.
    let window = match frame.and_then(|frame| frame.place(app)) {
        Some(LogicalPosition { x, y }) => window.position(x, y),
        None => window.center(),
    };
    let window = window.build()?;
    appearance::change(&window, &Choices::default(), &shell.settings.choices());
    if let Err(error) = ground::lay(&window) {
        tracing::debug!(%error, "the window is white until its page is drawn");
    }
    Ok(window)
}

/// Handles the window's events from now on, and brings it to the front.
fn begin(app: &AppHandle, window: &WebviewWindow) {
    dock::show(app);
    let own = app.clone();
    window.on_window_event(move |event| match event {
        WindowEvent::CloseRequested { api, .. } => close_requested(&own, api),
        WindowEvent::Destroyed => gone(&own),
        _ => {}
    });
    with_life(app, |life| *life = Life::Open);
    app.state::<Shell>().session.watched(true);
    present(window);
}

/// Closes the window. The first time, the page says that the program keeps running, or that it ends; closing once more
/// closes the window even if the page doesn't respond.
fn close_requested(app: &AppHandle, api: &CloseRequestApi) {
    let shell = app.state::<Shell>();
    let (facts, stays) = (shell.window_state.facts(), shell.tray.is_there());
    if stays && !facts.knows_closing {
        api.prevent_close();
        shell.window_state.change(|facts| facts.knows_closing = true);
        shell.page_requests.send(PageRequest::AskToClose);
        return;
    }
    let is_signed_in = shell.session.snapshot().borrow().shown.signed_in().is_some();
    if !stays && is_signed_in && !facts.knows_ending {
        api.prevent_close();
        shell.window_state.change(|facts| facts.knows_ending = true);
        let problem = shell.streaming().refusal(Refusal::NoTray.problem());
        shell.page_requests.send(PageRequest::Tell { problem: Box::new(problem) });
        return;
    }
    // First, because a click from here on opens the next window.
    with_life(app, |life| *life = Life::Closing(Then::Nothing));
    remember(app);
    if let Some(Err(error)) = app.get_webview_window(LABEL).as_ref().map(leftover::lighten) {
        tracing::debug!(%error, "the closed window leaves its scripts in memory");
    }
    shell.page_requests.leave();
}

/// Ends the program if there's no tray icon, because nobody could open the window again.
fn gone(app: &AppHandle) {
    let shell = app.state::<Shell>();
    shell.session.watched(false);
    shell.page_requests.leave();
    shell.subscription.lock().unwrap_or_else(PoisonError::into_inner).take().inspect(async_runtime::JoinHandle::abort);
    match with_life(app, Life::gone) {
        Then::OpenAgain => show(app),
        Then::Nothing if shell.tray.is_there() => dock::hide(app),
        // A sign-in window may still be open, but has no purpose without this one.
        Then::Nothing => app.exit(0),
    }
}

fn with_life<T>(app: &AppHandle, change: impl FnOnce(&mut Life) -> T) -> T {
    change(&mut app.state::<Shell>().window.lock().unwrap_or_else(PoisonError::into_inner))
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
    fn no_other_window_has_a_capability() {
        let folder = std::fs::read_dir(concat!(env!("CARGO_MANIFEST_DIR"), "/src-tauri/capabilities")).unwrap();
        let files: Vec<_> = folder.map(|file| file.unwrap().path()).collect();
        let [file] = &files[..] else { panic!("{files:?}") };
        let capability: serde_json::Value = serde_json::from_slice(&std::fs::read(file).unwrap()).unwrap();
        assert_eq!(capability["windows"], serde_json::json!([LABEL]));
        assert!(capability.get("webviews").is_none() && capability.get("remote").is_none(), "{capability}");
    }

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
