//! Microsoft's page in its own window, which remembers nothing, has no capability, and closes at the redirect.

mod address;
mod failure;
mod limits;
mod links;
mod title;
mod watch;

use std::{
    borrow::Cow,
    sync::{Arc, Mutex, PoisonError, atomic::Ordering},
    time::Instant,
};

use spartan_auth::{redirect::Redirect, sign_in_method::SignInMethod};
use spartan_session::{
    session::{Session, SignInPage},
    settings::Choices,
    status::Status,
};
use tauri::{
    AppHandle, LogicalSize, Manager, WebviewUrl, WebviewWindow, WebviewWindowBuilder, WindowEvent, Wry,
    http::{Response, StatusCode},
    webview::{NewWindowFeatures, NewWindowResponse, PageLoadEvent, PermissionResponse},
};
use tauri_plugin_opener::OpenerExt;
use tokio::sync::mpsc;
use url::Url;

use self::{
    address::Next,
    links::Clicks,
    title::title,
    watch::{Seen, watch},
};
use crate::{appearance, main_window, placement, shell::Shell};

/// The page's size, in logical pixels.
const SIZE: LogicalSize<f64> = LogicalSize::new(500.0, 680.0);

/// The smallest size in which Microsoft's page is complete. It leaves more of the main window visible.
const NARROWEST: LogicalSize<f64> = LogicalSize::new(400.0, SIZE.height);

/// The prefix of every sign-in window's label.
const LABEL: &str = "signin-";

/// The reason for closing the window.
enum End {
    /// The page reached the redirect.
    Redirected(Redirect),
    /// The person closed it.
    Closed,
}

/// Opens the page, and closes it when the sign-in reaches its redirect, is cancelled or is closed.
pub(crate) fn open(app: &AppHandle, page: SignInPage, session: Session) -> tauri::Result<()> {
    let (ends, ended) = mpsc::channel(1);
    // A window may be left if the person chose another method and came back.
    let windows = app.webview_windows();
    for (_, before) in windows.iter().filter(|(label, _)| label.starts_with(LABEL)) {
        before.destroy()?;
    }
    let (tells, seen) = mpsc::unbounded_channel();
    let window = build_limited(app, page.clone(), ends.clone(), tells)?;
    show(&window)?;
    window.on_window_event(move |event| {
        if let WindowEvent::Destroyed = event {
            // A full channel means that the redirect came first.
            let _ = ends.try_send(End::Closed);
        }
    });
    tauri::async_runtime::spawn(see_through(window, page, session, ended, seen));
    Ok(())
}

/// Builds the window; on Linux in one turn of the main thread, so that it's restricted before any of the page loads. On
/// Windows, that would hang.
fn build_limited(
    app: &AppHandle,
    page: SignInPage,
    ends: mpsc::Sender<End>,
    tells: mpsc::UnboundedSender<Seen>,
) -> tauri::Result<WebviewWindow> {
    if !cfg!(target_os = "linux") {
        return build(app, page, ends, &tells);
    }
    let (own, (reply, answer)) = (app.clone(), std::sync::mpsc::channel());
    app.run_on_main_thread(move || {
        // The caller waits for this answer.
        let _ = reply.send(build(&own, page, ends, &tells));
    })?;
    answer.recv().map_err(std::io::Error::other)?
}

fn build(
    app: &AppHandle,
    page: SignInPage,
    ends: mpsc::Sender<End>,
    tells: &mpsc::UnboundedSender<Seen>,
) -> tauri::Result<WebviewWindow> {
    let (goes, drawn) = (tells.clone(), tells.clone());
    let (closes, refuses, read) = (ends.clone(), ends.clone(), page.clone());
    let shell = app.state::<Shell>();
    let label = format!("{LABEL}{}", shell.sign_ins.fetch_add(1, Ordering::Relaxed));
    let clicks = Arc::new(Mutex::new(Clicks::none()));
    let window = WebviewWindowBuilder::new(app, &label, WebviewUrl::External(page.url.clone()))
        .title(title(&page.url).unwrap_or_default())
        .inner_size(SIZE.width, SIZE.height)
        .center()
        .visible(false)
        .incognito(true)
        // Its own folder, even though it stays empty: sharing the main window's would break that one.
        .data_directory(shell.paths.data().join("sign-in"))
        .devtools(false)
        .on_navigation(move |address| match address::next(address, page.read(address)) {
            Next::Loads => {
                // If the sign-in has ended, nobody listens.
                let _ = goes.send(Seen::Goes);
                true
            }
            Next::Stays => false,
            Next::Ends(said) => {
                // A full channel means that the sign-in has ended: only the first redirect counts.
                let _ = ends.try_send(End::Redirected(said));
                false
            }
        })
        .on_page_load(move |window, load| match load.event() {
            PageLoadEvent::Started => {
                // There's no address bar, so the title shows whose page this is.
                if let Some(title) = title(load.url()) {
                    let _ = window.set_title(&title);
                }
            }
            PageLoadEvent::Finished => {
                let _ = drawn.send(Seen::Drawn);
            }
        })
        .on_new_window(open_in_browser(app, label.clone(), clicks.clone()))
        .on_web_resource_request(|_, response| *response = forbidden())
        .on_download(|_, _| false)
        .on_permission_request(|_, _| PermissionResponse::Deny);
    let window = limits::set_by_script(window).build()?;
    let limited = limits::set(&window, &clicks, move || {
        // A full channel means that the redirect came first.
        let _ = closes.try_send(End::Closed);
    });
    if let Err(error) = limited {
        window.destroy()?;
        return Err(error);
    }
    // Some redirects to another scheme never get as far as a navigation.
    let is_end = move |address: &Url| match address::next(address, read.read(address)) {
        Next::Ends(said) => {
            let _ = refuses.try_send(End::Redirected(said));
            true
        }
        Next::Loads | Next::Stays => false,
    };
    if let Err(error) = failure::listen(&window, tells, is_end) {
        tracing::debug!(%error, "a page that cannot be loaded will not be told at once");
    }
    Ok(window)
}

fn open_in_browser(
    app: &AppHandle,
    label: String,
    clicks: Arc<Mutex<Clicks>>,
) -> impl Fn(Url, NewWindowFeatures) -> NewWindowResponse<Wry> + Send + 'static {
    let app = app.clone();
    move |link, _| {
        let is_in_front = app.get_webview_window(&label).is_some_and(|window| window.is_focused().unwrap_or(false));
        let opens = clicks.lock().unwrap_or_else(PoisonError::into_inner).open(&link, Instant::now(), is_in_front);
        if opens && let Err(error) = app.opener().open_url(link.as_str(), None::<&str>) {
            tracing::warn!(%error, "a link of the sign-in page could not be opened in the browser");
        }
        NewWindowResponse::Deny
    }
}

/// Only the program's own window may load its files.
fn forbidden() -> Response<Cow<'static, [u8]>> {
    let mut response = Response::default();
    *response.status_mut() = StatusCode::FORBIDDEN;
    response
}

fn show(window: &WebviewWindow) -> tauri::Result<()> {
    appearance::change(window, &Choices::default(), &window.state::<Shell>().settings.choices());
    let main = window.get_webview_window(main_window::LABEL);
    let place = main.and_then(|main| {
        let scale = main.scale_factor().unwrap_or(1.0);
        placement::beside(&main, SIZE.to_physical(scale), NARROWEST.to_physical(scale).width)
    });
    let shown = place.map_or(Ok(()), |place| window.set_size(place.size).and_then(|()| window.set_position(place.at)));
    if let Err(error) = shown.and_then(|()| window.show()).and_then(|()| window.set_focus()) {
        // An invisible page must not continue.
        window.destroy()?;
        return Err(error);
    }
    Ok(())
}

async fn see_through(
    window: WebviewWindow,
    page: SignInPage,
    session: Session,
    mut ended: mpsc::Receiver<End>,
    seen: mpsc::UnboundedReceiver<Seen>,
) {
    let mut snapshot = session.snapshot();
    let end = tokio::select! {
        end = ended.recv() => end,
        never = watch(&page, &session, seen) => match never {},
        // The sign-in was cancelled in the main window, or continues with another method.
        _ = snapshot.wait_for(|snapshot| !matches!(snapshot.shown, Status::SigningIn { method: SignInMethod::Window, .. })) => None,
    };
    if let Err(error) = window.destroy() {
        tracing::debug!(%error, "the sign-in window was gone already");
    }
    match end {
        Some(End::Redirected(said)) => session.redirected(page, said).await,
        Some(End::Closed) => session.closed(page).await,
        None => {}
    }
}
