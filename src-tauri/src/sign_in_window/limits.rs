//! What an engine does for any page, and not for the one in the sign-in window.

use std::sync::{Arc, Mutex};

use tauri::{AppHandle, WebviewWindow, WebviewWindowBuilder, Wry};

use super::links::Clicks;

#[cfg(target_os = "linux")]
pub(super) use self::webkit::set;

/// The window to be built, with the limits that only a script sets: elsewhere than on Linux, no printing.
pub(super) fn set_by_script(
    window: WebviewWindowBuilder<'_, Wry, AppHandle>,
) -> WebviewWindowBuilder<'_, Wry, AppHandle> {
    if cfg!(target_os = "linux") { window } else { window.initialization_script_for_all_frames("print = () => {};") }
}

/// The other engines take no orders but Tauri's own. The permissions stop what its scripts would do there.
#[cfg(not(target_os = "linux"))]
pub(super) fn set(_: &WebviewWindow, _: &Arc<Mutex<Clicks>>, _: impl Fn() + Send + 'static) -> tauri::Result<()> {
    Ok(())
}

#[cfg(target_os = "linux")]
mod webkit {
    use std::{cell::Cell, rc::Rc, sync::PoisonError, time::Instant};

    use gtk::{
        gdk::{EventType, keys::constants as keys},
        glib::Propagation,
        prelude::*,
    };
    use webkit2gtk::{
        AuthenticationRequestExt, ColorChooserRequestExt, ContextMenuAction, ContextMenuExt, ContextMenuItemExt,
        FileChooserRequestExt, ScriptDialogType, SecurityManagerExt, SettingsExt, UserContentInjectedFrames,
        UserContentManagerExt, UserScript, UserScriptInjectionTime, WebContextExt, WebView, WebViewExt,
    };

    use super::{Arc, Clicks, Mutex, WebviewWindow};

    /// The schemes of the program's own files and of its commands.
    const OURS: [&str; 2] = ["tauri", "ipc"];

    /// Copying while nothing is selected empties the clipboard in `WebKitGTK`. The page can't see this script.
    const KEEPS_CLIPBOARD: &str =
        "addEventListener('copy', (event) => { if (String(getSelection()) === '') event.preventDefault(); }, true);";

    /// What the menu of the right mouse button keeps: no new window, no download, no address with a `state` in it.
    const IN_MENU: [ContextMenuAction; 11] = [
        ContextMenuAction::GoBack,
        ContextMenuAction::GoForward,
        ContextMenuAction::Stop,
        ContextMenuAction::Reload,
        ContextMenuAction::Cut,
        ContextMenuAction::Copy,
        ContextMenuAction::Paste,
        ContextMenuAction::Delete,
        ContextMenuAction::SelectAll,
        ContextMenuAction::InputMethods,
        ContextMenuAction::Unicode,
    ];

    /// Sets the limits, and reports the person's clicks and a page that closes itself. In the turn of the main thread in which
    /// the window is built, so that nothing of the page is there before.
    pub(in super::super) fn set(
        window: &WebviewWindow,
        clicks: &Arc<Mutex<Clicks>>,
        closed: impl Fn() + Send + 'static,
    ) -> tauri::Result<()> {
        let clicks = clicks.clone();
        window.with_webview(move |webview| {
            let page = webview.inner();
            take_scripts(&page);
            keep_out(&page);
            show_no_dialog(&page);
            shorten_menu(&page);
            report_clicks(&page, &clicks);
            // By then it has been taken out of its window.
            page.connect_destroy(move |_| closed());
        })
    }

    /// No script of Tauri's and its plugins', and no way to call a command.
    fn take_scripts(page: &WebView) {
        let Some(scripts) = page.user_content_manager() else { return };
        scripts.remove_all_scripts();
        scripts.unregister_script_message_handler("ipc");
        let (frames, time) = (UserContentInjectedFrames::AllFrames, UserScriptInjectionTime::Start);
        scripts.add_script(&UserScript::for_world(KEEPS_CLIPBOARD, frames, time, "spartan-tray", &[], &[]));
    }

    /// Nothing of ours can be loaded by a page that is not.
    fn keep_out(page: &WebView) {
        let Some(security) = page.context().and_then(|context| context.security_manager()) else { return };
        for scheme in OURS {
            security.register_uri_scheme_as_display_isolated(scheme);
        }
    }

    /// A dialog of the engine's would name the page's whole address, look like the program's own, or hide the title.
    fn show_no_dialog(page: &WebView) {
        page.connect_script_dialog(|_, dialog| {
            // Whoever leaves a page is not asked.
            if dialog.dialog_type() == ScriptDialogType::BeforeUnloadConfirm {
                dialog.confirm_set_confirmed(true);
            }
            true
        });
        page.connect_print(|_, _| true);
        page.connect_run_file_chooser(|_, request| {
            request.cancel();
            true
        });
        page.connect_run_color_chooser(|_, request| {
            request.cancel();
            true
        });
        page.connect_authenticate(|_, request| {
            // The person's own proxy may ask; a page asks in itself.
            if request.is_for_proxy() {
                return false;
            }
            request.cancel();
            true
        });
        if let Some(settings) = WebViewExt::settings(page) {
            settings.set_enable_fullscreen(false);
        }
    }

    fn shorten_menu(page: &WebView) {
        page.connect_context_menu(|_, menu, _, _| {
            let rest = menu.items().into_iter().filter(|item| !IN_MENU.contains(&item.stock_action()));
            rest.for_each(|item| menu.remove(&item));
            menu.n_items() == 0
        });
    }

    fn report_clicks(page: &WebView, clicks: &Arc<Mutex<Clicks>>) {
        let clicks = clicks.clone();
        let made = Rc::new(move || clicks.lock().unwrap_or_else(PoisonError::into_inner).made(Instant::now()));
        let clicked = made.clone();
        page.connect_button_press_event(move |_, event| {
            // The second press of a double click is reported twice.
            if event.event_type() == EventType::ButtonPress {
                clicked();
            }
            Propagation::Proceed
        });
        let touched = made.clone();
        page.connect_touch_event(move |_, event| {
            if event.event_type() == EventType::TouchBegin {
                touched();
            }
            Propagation::Proceed
        });
        let held = Rc::new(Cell::new(false));
        let released = held.clone();
        page.connect_key_press_event(move |_, event| {
            let follows = [keys::Return, keys::KP_Enter, keys::space].contains(&event.keyval());
            // A key that is held down is pressed again and again.
            if follows && !held.replace(true) {
                made();
            }
            Propagation::Proceed
        });
        page.connect_key_release_event(move |_, _| {
            released.set(false);
            Propagation::Proceed
        });
    }
}
