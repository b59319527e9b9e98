//! What clicks on the icon and in its menu do: the same as the page's buttons.

use jiff::Timestamp;
use spartan_session::{format::Format, settings::Choices, status::AccountLine};
use tauri::{
    AppHandle, Manager, async_runtime,
    menu::MenuEvent,
    tray::{MouseButton, MouseButtonState, TrayIconEvent},
};

use super::{
    entry::{Act, Click},
    words::{self, Left},
};
use crate::{
    commands::{
        self, Answer, signing,
        tokens::{self, Copied, CopyAs},
    },
    main_window,
    page_request::PageRequest,
    settings,
    shell::Shell,
    sign_in,
};

/// Opens the window after a click on the icon.
pub(crate) fn icon_event(app: &AppHandle, event: &TrayIconEvent) {
    if let TrayIconEvent::Click { button: MouseButton::Left, button_state: MouseButtonState::Up, .. } = event
        // On macOS, the click has opened the menu.
        && cfg!(not(target_os = "macos"))
    {
        main_window::show(app);
    }
}

/// Does what a click in the menu is for. The window shows a failure.
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

async fn copy_as(app: &AppHandle, format: Format) -> Answer<()> {
    let shell = app.state::<Shell>();
    let copied = tokens::copy_as(shell.clone(), CopyAs { format }).await?;
    let words = copied_words(copied, &shell.session.snapshot().borrow().accounts);
    shell.tray.say(words);
    Ok(())
}

fn copied_words(Copied { format, expires_at, clock, .. }: Copied, accounts: &[AccountLine]) -> String {
    let clock_error_ms = accounts.iter().find(|account| account.is_shown).map_or(0, |shown| shown.clock_error_ms);
    words::copied(format, Left::until(expires_at, words::services_time(Timestamp::now(), clock_error_ms)), clock)
}

async fn perform(app: &AppHandle, act: Act) -> Answer<()> {
    let shell = app.state::<Shell>();
    match act {
        Act::CopySpartanToken => copy_as(app, Format::Token).await,
        Act::RenewNow => tokens::renew(shell).await,
        Act::Unlock => commands::unlock(shell).await,
        Act::Open => {
            main_window::show_now(app);
            Ok(())
        }
        Act::SignIn => sign_in::in_front_of_window(app).await,
        Act::Cancel => signing::cancel(shell).await,
        Act::SignOut => {
            main_window::show_now(app);
            shell.page_requests.send(PageRequest::AskToSignOut);
            Ok(())
        }
        Act::StartAtLogin => {
            settings::look_again(app);
            let now = shell.settings.choices();
            shell.answer(settings::change(app, Choices { start_at_login: !now.start_at_login, ..now }).await)
        }
        Act::Quit => {
            app.exit(0);
            Ok(())
        }
    }
}
