//! Signing in with a click outside the page: in the tray's menu or on a notification.

use spartan_session::status::Storage;
use tauri::{AppHandle, Manager};

use crate::{
    about,
    commands::{
        Answer,
        signing::{self, App, SignIn, Who},
    },
    main_window,
    shell::Shell,
};

/// Opens the window, which shows the progress, and signs in as the page's button does.
pub(crate) async fn in_front_of_window(app: &AppHandle) -> Answer<()> {
    let shell = app.state::<Shell>();
    main_window::show_now(app);
    let signed_in = shell.session.snapshot().borrow().shown.signed_in().is_some();
    let through = match (signed_in, about::has_app(&shell)) {
        (true, _) => App::Known,
        (false, true) => App::Default,
        // The window asks for an app first.
        (false, false) => return Ok(()),
    };
    let args = SignIn { app: through, who: Who::Shown, method: None, storage: Storage::Vault };
    signing::sign_in(app.clone(), shell, args).await
}
