//! What clicks on the icon and in its menu do: the same as the page's buttons.

use spartan_auth::{format::Format, settings::Choices, status::Kept};
use spartan_messages::Problem;
use tauri::{
    AppHandle, Manager, async_runtime,
    menu::MenuEvent,
    tray::{MouseButton, MouseButtonState, TrayIconEvent},
};

use super::entry::{Act, Click};
use crate::{
    about,
    commands::{
        self,
        signing::{self, App, Who},
        tokens,
    },
    main_window,
    page_request::PageRequest,
    settings,
    start::Shell,
};

/// A click on the icon shows the window.
pub(crate) fn icon_event(app: &AppHandle, event: &TrayIconEvent) {
    if let TrayIconEvent::Click { button: MouseButton::Left, button_state: MouseButtonState::Up, .. } = event
        // There it has opened the menu.
        && cfg!(not(target_os = "macos"))
    {
        main_window::show(app);
    }
}

/// A click in the menu; what does not work is told in the window.
pub(crate) fn menu_event(app: &AppHandle, event: &MenuEvent) {
    let Some(click) = Click::of(event.id().as_ref()) else { return };
    let app = app.clone();
    async_runtime::spawn(async move {
        let done = match click {
            Click::Act(act) => perform(&app, act).await,
            Click::CopyAs(format) => copy_as(&app, format).await,
            Click::Account(id) => {
                app.state::<Shell>().session.show(id).await;
                Ok(())
            }
        };
        app.state::<Shell>().tray.clicked();
        if let Err(problem) = done {
            main_window::show_now(&app);
            app.state::<Shell>().page_requests.send(PageRequest::Tell { problem: Box::new(problem) });
        }
    });
}

/// Signs in as the page's button does, in front of the window that shows how far it is.
pub(crate) async fn sign_in(app: &AppHandle) -> Result<(), Problem> {
    let shell = app.state::<Shell>();
    main_window::show_now(app);
    let signed_in = shell.session.status().borrow().signed_in().is_some();
    match (signed_in, about::has_app(&shell)) {
        (true, _) => signing::sign_in(app.clone(), shell, App::Known, Who::Shown, None, Kept::Sealed).await,
        (false, true) => signing::sign_in(app.clone(), shell, App::Default, Who::Shown, None, Kept::Sealed).await,
        // The window asks which app first.
        (false, false) => Ok(()),
    }
}

async fn copy_as(app: &AppHandle, format: Format) -> Result<(), Problem> {
    let shell = app.state::<Shell>();
    let copied = tokens::copy_as(shell.clone(), format).await?;
    shell.tray.say_copied(copied, &shell.session.status().borrow());
    Ok(())
}

async fn perform(app: &AppHandle, act: Act) -> Result<(), Problem> {
    let shell = app.state::<Shell>();
    match act {
        Act::CopySpartanToken => copy_as(app, Format::Token).await,
        Act::RenewNow => tokens::renew(shell).await,
        Act::Unlock => commands::unlock(shell).await,
        Act::Open => {
            main_window::show_now(app);
            Ok(())
        }
        Act::SignIn => sign_in(app).await,
        Act::Cancel => signing::cancel(shell).await,
        Act::SignOut => {
            main_window::show_now(app);
            shell.page_requests.send(PageRequest::AskToSignOut);
            Ok(())
        }
        Act::StartAtLogin => {
            settings::look_again(app);
            let now = shell.settings.choices();
            settings::change(app, Choices { start_at_login: !now.start_at_login, ..now }).await
        }
        Act::Quit => {
            app.exit(0);
            Ok(())
        }
    }
}
