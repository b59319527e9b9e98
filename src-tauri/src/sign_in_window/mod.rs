//! Microsoft's page in a window of its own: it remembers nothing, may do nothing, and ends at the redirect.

mod address;
mod failure;
mod watch;

use std::sync::atomic::Ordering;

use spartan_auth::{
    redirect::Redirect,
    session::{Session, SignInPage},
    settings::Choices,
    status::Status,
    trouble,
    way::Way,
};
use tauri::{
    AppHandle, LogicalSize, Manager, WebviewUrl, WebviewWindow, WebviewWindowBuilder, WindowEvent,
    webview::{NewWindowResponse, PageLoadEvent, PermissionResponse},
};
use tauri_plugin_opener::OpenerExt;
use tokio::sync::mpsc;
use url::Url;

use self::{
    address::Next,
    watch::{Seen, watch},
};
use crate::{dress, main_window, placement, start::Shell};

/// The page's size, in logical pixels.
const SIZE: LogicalSize<f64> = LogicalSize::new(500.0, 680.0);

/// Microsoft's page is whole in this width, too, which leaves more of the main window to be seen.
const NARROWEST: LogicalSize<f64> = LogicalSize::new(400.0, SIZE.height);

/// Every sign-in window's label begins so.
const LABEL: &str = "signin-";

/// What ends the window.
enum End {
    /// The page came to the redirect.
    Redirected(Redirect),
    /// The person closed it.
    Closed,
}

/// Opens the page and sees the sign-in through to its redirect, its cancel or its close.
pub(crate) fn open(app: &AppHandle, page: SignInPage, session: Session) -> tauri::Result<()> {
    let (ends, ended) = mpsc::channel(1);
    // One that was left for another way, and back again, may still be there.
    let windows = app.webview_windows();
    for (_, before) in windows.iter().filter(|(label, _)| label.starts_with(LABEL)) {
        before.destroy()?;
    }
    let (tells, seen) = mpsc::unbounded_channel();
    let window = build(app, page.clone(), ends.clone(), &tells)?;
    window.on_window_event(move |event| {
        if let WindowEvent::Destroyed = event {
            // Full means that the redirect was there first.
            let _ = ends.try_send(End::Closed);
        }
    });
    tauri::async_runtime::spawn(see_through(window, page, session, ended, seen));
    Ok(())
}

fn build(
    app: &AppHandle,
    page: SignInPage,
    ends: mpsc::Sender<End>,
    tells: &mpsc::UnboundedSender<Seen>,
) -> tauri::Result<WebviewWindow> {
    let (goes, drawn) = (tells.clone(), tells.clone());
    let shell = app.state::<Shell>();
    let number = shell.sign_ins.fetch_add(1, Ordering::Relaxed);
    let opener = app.clone();
    let window = WebviewWindowBuilder::new(app, format!("{LABEL}{number}"), WebviewUrl::External(page.url.clone()))
        .title(title(&page.url))
        .inner_size(SIZE.width, SIZE.height)
        .center()
        .visible(false)
        .incognito(true)
        // Of its own, even though it stays empty: where an incognito window shares the main one's, that one breaks.
        .data_directory(shell.places.data().join("sign-in"))
        .devtools(false)
        .on_navigation(move |address| match address::next(address, page.read(address)) {
            Next::Loads => {
                // Nobody listens any more where the sign-in has ended.
                let _ = goes.send(Seen::Goes);
                true
            }
            Next::Stays => false,
            Next::Ends(said) => {
                // Full means that it has ended already: only the first redirect counts.
                let _ = ends.try_send(End::Redirected(said));
                false
            }
        })
        .on_page_load(move |window, load| match load.event() {
            PageLoadEvent::Started => {
                // Without an address bar the title is where a person sees whose page it is.
                let _ = window.set_title(&title(load.url()));
            }
            PageLoadEvent::Finished => {
                let _ = drawn.send(Seen::Drawn);
            }
        })
        .on_new_window(move |address, _| {
            if trouble::may_open(&address)
                && let Err(error) = opener.opener().open_url(address.as_str(), None::<&str>)
            {
                tracing::warn!(%error, "a link of the sign-in page could not be opened in the browser");
            }
            NewWindowResponse::Deny
        })
        .on_download(|_, _| false)
        .on_permission_request(|_, _| PermissionResponse::Deny)
        .build()?;
    if let Err(error) = failure::listen(&window, tells) {
        tracing::debug!(%error, "a page that cannot be loaded will not be told at once");
    }
    dress::window(&window, &Choices::default(), &shell.settings.choices());
    let main = app.get_webview_window(main_window::LABEL);
    let place = main.and_then(|main| {
        let scale = main.scale_factor().unwrap_or(1.0);
        placement::beside(&main, SIZE.to_physical(scale), NARROWEST.to_physical(scale).width)
    });
    let shown = place.map_or(Ok(()), |place| window.set_size(place.size).and_then(|()| window.set_position(place.at)));
    if let Err(error) = shown.and_then(|()| window.show()).and_then(|()| window.set_focus()) {
        // A page that nobody sees must not go on.
        window.destroy()?;
        return Err(error);
    }
    Ok(window)
}

async fn see_through(
    window: WebviewWindow,
    page: SignInPage,
    session: Session,
    mut ended: mpsc::Receiver<End>,
    seen: mpsc::UnboundedReceiver<Seen>,
) {
    let mut status = session.status();
    let end = tokio::select! {
        end = ended.recv() => end,
        never = watch(&page, &session, seen) => match never {},
        // Cancelled from the main window, or gone on another way.
        _ = status.wait_for(|status| !matches!(status, Status::SigningIn { way: Way::Window, .. })) => None,
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

fn title(address: &Url) -> String {
    format!("Sign in · {}", address.host_str().unwrap_or("…"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_title_names_the_host_and_nothing_else_of_the_address() {
        let address = Url::parse("https://login.live.com/oauth20_authorize.srf?state=hush").unwrap();
        assert_eq!(title(&address), "Sign in · login.live.com");
    }
}
