//! Draws the icon and its menu.

use spartan_messages::format_label;
use spartan_session::format::Format;
use tauri::{
    AppHandle,
    image::Image,
    include_image,
    menu::{CheckMenuItem, Menu, MenuItem, PredefinedMenuItem, Submenu},
    tray::TrayIconBuilder,
};
use tokio::sync::oneshot;

use super::{
    entry::{Account, Act, Click, Entry, FormatLine},
    menu::{Icon, Shown},
};

/// The icon's name on the bus.
pub(super) const ID: &str = if cfg!(feature = "demo") { "spartan-tray-demo" } else { "spartan-tray" };

/// Changes what is drawn to what is wanted, and returns what is drawn afterwards. A failure is tried again at the next
/// look. Everything happens on the main thread, because no other thread may hold an icon.
pub(super) async fn change(app: &AppHandle, drawn: Option<Shown>, wanted: Option<Shown>) -> Option<Shown> {
    let (tell, told) = oneshot::channel();
    let (before, main) = (drawn.clone(), app.clone());
    let sent = app.run_on_main_thread(move || {
        let done = match (&before, &wanted) {
            (_, None) => {
                drop(main.remove_tray_by_id(ID));
                Ok(())
            }
            (None, Some(wanted)) => build(&main, wanted),
            (Some(before), Some(wanted)) => update(&main, before, wanted),
        };
        // The program may be ending, and nobody may be waiting.
        let _ = tell.send(done.map(|()| wanted));
    });
    match sent.map(|()| told) {
        Ok(told) => match told.await {
            Ok(Ok(now)) => return now,
            Ok(Err(error)) => tracing::warn!(%error, "the tray icon could not be drawn"),
            Err(_) => tracing::debug!("the program ends before the tray icon is drawn"),
        },
        Err(error) => tracing::debug!(%error, "the program ends before the tray icon is drawn"),
    }
    drawn
}

fn build(app: &AppHandle, shown: &Shown) -> tauri::Result<()> {
    let icon = TrayIconBuilder::with_id(ID)
        .icon(shown.icon.image())
        .tooltip(tooltip(&shown.headline))
        .menu(&menu(app, &shown.menu)?)
        // On macOS a click opens the menu, elsewhere the window.
        .show_menu_on_left_click(cfg!(target_os = "macos"));
    // On macOS, a title would be shown in the menu bar beside the icon.
    let icon = if cfg!(target_os = "linux") { icon.title("Spartan Tray") } else { icon };
    icon.build(app).map(drop)
}

fn update(app: &AppHandle, drawn: &Shown, wanted: &Shown) -> tauri::Result<()> {
    let Some(icon) = app.tray_by_id(ID) else { return build(app, wanted) };
    if drawn.icon != wanted.icon {
        icon.set_icon(Some(wanted.icon.image()))?;
    }
    if drawn.headline != wanted.headline {
        icon.set_tooltip(Some(tooltip(&wanted.headline)))?;
    }
    if drawn.menu != wanted.menu {
        icon.set_menu(Some(menu(app, &wanted.menu)?))?;
    }
    Ok(())
}

fn menu(app: &AppHandle, entries: &[Entry]) -> tauri::Result<Menu<tauri::Wry>> {
    let menu = Menu::new(app)?;
    for entry in entries {
        match entry {
            Entry::Words(words) => menu.append(&MenuItem::new(app, literally(words), false, None::<&str>)?)?,
            Entry::Separator => menu.append(&PredefinedMenuItem::separator(app)?)?,
            Entry::Act(act) => menu.append(&item(app, *act, true)?)?,
            Entry::Idle(act) => menu.append(&item(app, *act, false)?)?,
            Entry::Tick(act, on) => menu.append(&tick(app, Click::Act(*act), act.name(), *on)?)?,
            Entry::CopyAs(lines) => menu.append(&formats(app, lines)?)?,
            Entry::Accounts(accounts) => menu.append(&submenu(app, accounts)?)?,
        }
    }
    Ok(menu)
}

fn item(app: &AppHandle, act: Act, enabled: bool) -> tauri::Result<MenuItem<tauri::Wry>> {
    MenuItem::with_id(app, Click::Act(act).id(), act.name(), enabled, None::<&str>)
}

fn tick(app: &AppHandle, click: Click, words: &str, on: bool) -> tauri::Result<CheckMenuItem<tauri::Wry>> {
    CheckMenuItem::with_id(app, click.id(), words, true, on, None::<&str>)
}

fn formats(app: &AppHandle, lines: &[FormatLine]) -> tauri::Result<Submenu<tauri::Wry>> {
    let menu = Submenu::new(app, "Copy as", true)?;
    for line in lines {
        match line {
            FormatLine::Words(words) => menu.append(&MenuItem::new(app, literally(words), false, None::<&str>)?)?,
            FormatLine::Separator => menu.append(&PredefinedMenuItem::separator(app)?)?,
            FormatLine::Format(format) => menu.append(&format_item(app, *format, true)?)?,
            FormatLine::Idle(format) => menu.append(&format_item(app, *format, false)?)?,
        }
    }
    Ok(menu)
}

fn format_item(app: &AppHandle, format: Format, enabled: bool) -> tauri::Result<MenuItem<tauri::Wry>> {
    MenuItem::with_id(app, Click::CopyAs(format).id(), format_label(format), enabled, None::<&str>)
}

fn submenu(app: &AppHandle, accounts: &[Account]) -> tauri::Result<Submenu<tauri::Wry>> {
    let menu = Submenu::new(app, "Accounts", true)?;
    for Account { id, words, is_shown } in accounts {
        menu.append(&tick(app, Click::Account(*id), &literally(words), *is_shown)?)?;
    }
    Ok(menu)
}

/// Returns the text of a tooltip. Linux desktops may take it for markup, so a gamertag's own characters are escaped there.
fn tooltip(words: &str) -> String {
    if cfg!(target_os = "linux") { as_markup(words) } else { words.into() }
}

fn as_markup(words: &str) -> String {
    words.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

/// Escapes ampersands, which mark keys in a menu.
fn literally(words: &str) -> String {
    words.replace('&', "&&")
}

impl Icon {
    const fn image(self) -> Image<'static> {
        match self {
            Icon::SignedOut => include_image!("icons/tray/signed-out.png"),
            Icon::Fresh => include_image!("icons/tray/fresh.png"),
            Icon::Renewing => include_image!("icons/tray/renewing.png"),
            Icon::Attention => include_image!("icons/tray/attention.png"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::as_markup;

    #[test]
    fn a_gamertag_is_no_markup() {
        let told = as_markup("<b>A</b> & <img src=x> · 3 h left");
        assert_eq!(told, "&lt;b&gt;A&lt;/b&gt; &amp; &lt;img src=x&gt; · 3 h left");
    }
}
