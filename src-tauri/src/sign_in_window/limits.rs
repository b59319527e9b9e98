//! Restricts what the engine does for the page in the sign-in window.

use std::sync::{Arc, Mutex};

use tauri::{AppHandle, WebviewWindow, WebviewWindowBuilder, Wry};

use super::links::Clicks;

#[cfg(target_os = "linux")]
pub(super) use self::webkit::set;

/// Returns the window with the limits that only a script can set: except on Linux, no printing.
pub(super) fn set_by_script(
    window: WebviewWindowBuilder<'_, Wry, AppHandle>,
) -> WebviewWindowBuilder<'_, Wry, AppHandle> {
    if cfg!(target_os = "linux") { window } else { window.initialization_script_for_all_frames("print = () => {};") }
}

/// The other engines can only be controlled through Tauri. Permissions stop what its scripts would do there.
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

    /// In `WebKitGTK`, copying empties the clipboard if nothing is selected. The page can't see this script, which comes
    /// first, so that no listener of the page can put another text in the place of what a key copies or cuts. A document
    /// without a body, such as a drawing, hears of no copy, only of the key; an element named `body` is none.
    const KEEPS_CLIPBOARD: &str = "{ const keep = (event) => String(getSelection()) === '' && event.preventDefault(); \
        const body = Object.getOwnPropertyDescriptor(Document.prototype, 'body').get; \
        for (const type of ['copy', 'cut']) \
            addEventListener(type, (event) => { event.stopImmediatePropagation(); keep(event); }, true); \
        addEventListener('keydown', (event) => { if (event.ctrlKey && !body.call(document)) keep(event); }, true); }";

    /// What stays in the context menu: no new window, no download, no address with a `state` in it.
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

    /// Sets the limits, and reports the person's clicks and a page that closes itself. Runs in the turn of the main thread
    /// that builds the window, before any of the page loads.
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
            // By then, it has been removed from its window.
            page.connect_destroy(move |_| closed());
        })
    }

    /// Removes the scripts of Tauri and its plugins, and any way to call a command.
    fn take_scripts(page: &WebView) {
        let Some(scripts) = page.user_content_manager() else { return };
        scripts.remove_all_scripts();
        scripts.unregister_script_message_handler("ipc");
        let (frames, time) = (UserContentInjectedFrames::AllFrames, UserScriptInjectionTime::Start);
        scripts.add_script(&UserScript::for_world(KEEPS_CLIPBOARD, frames, time, "spartan-tray", &[], &[]));
    }

    /// Keeps foreign pages from loading our files.
    fn keep_out(page: &WebView) {
        let Some(security) = page.context().and_then(|context| context.security_manager()) else { return };
        for scheme in OURS {
            security.register_uri_scheme_as_display_isolated(scheme);
        }
    }

    /// An engine dialog would show the page's full address, look like the program's own, or hide the title.
    fn show_no_dialog(page: &WebView) {
        page.connect_script_dialog(|_, dialog| {
            // Don't ask when somebody leaves a page.
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
            // The person's own proxy may ask; a page can ask within itself.
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
            // The second press of a double-click is reported twice.
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
            // A key that's held down repeats.
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
