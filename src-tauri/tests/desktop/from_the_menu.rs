//! Starting the program from a menu and from a link: through its desktop file.

use std::{env, fs, path::PathBuf};

use spartan_fakes::{Fakes, Setup};

use crate::{
    desktop::Desktop,
    keyring,
    page::MAIN,
    program::{INSTALLED, Look, binary, on_stand_ins},
};

/// The page's main button, which shows that the page is drawn, not only its window.
const ACCENT: &str = "#1A6B57";

#[tokio::test(flavor = "multi_thread")]
async fn the_menu_opens_the_window_and_a_link_comes_back_to_it() {
    let desktop = keyring::start_desktop().await;
    let fakes = Fakes::start(Setup::default()).await;
    let entry = entry(&desktop);

    let mut launch = desktop.command("gio");
    let _launched = desktop.run("menu", on_stand_ins(launch.arg("launch").arg(&entry), &fakes, Look::Light));
    let window = desktop.window(MAIN).await;
    desktop.colour(&window, ACCENT).await;
    desktop.picture("from-the-menu");
    let program = desktop.ask(&["xdotool", "getwindowpid", &window.id]).expect("the window says whose it is");

    desktop.minimize(&window);
    desktop.no_window(MAIN).await;
    let mut open = desktop.command("gio");
    let _opened = desktop.run("link", on_stand_ins(open.args(["open", "spartan-tray://open"]), &fakes, Look::Light));
    let window = desktop.window(MAIN).await;
    assert_eq!(
        desktop.ask(&["xdotool", "getwindowpid", &window.id]),
        Ok(program.clone()),
        "the first one took the link"
    );

    desktop.ask(&["kill", "-TERM", program.trim()]).expect("it can be asked to end");
    desktop.no_window(MAIN).await;
}

/// Returns the desktop file that a package installed, or one like the packages'.
fn entry(desktop: &Desktop) -> PathBuf {
    if env::var_os(INSTALLED).is_some() {
        return "/usr/share/applications/spartan-tray.desktop".into();
    }
    let folder = desktop.path("home/.local/share/applications");
    fs::create_dir_all(&folder).expect("a folder can be made");
    let entry = folder.join("spartan-tray.desktop");
    let text = include_str!("../../packaging/linux/spartan-tray.desktop")
        .replace("{{exec}}", &binary())
        .replace("{{mime_type}}", "x-scheme-handler/spartan-tray");
    fs::write(&entry, text).expect("a file can be written");
    // What `update-desktop-database` would write after an installation.
    let handler = desktop.ask(&["gio", "mime", "x-scheme-handler/spartan-tray", "spartan-tray.desktop"]);
    handler.expect("the link can be given to it");
    entry
}
