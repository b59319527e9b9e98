//! The icon in a real panel.

use spartan_fakes::{Fakes, Setup};

use crate::{
    keyring,
    page::{FIRST_ACCOUNT, MAIN},
    program::{Look, Program},
};

/// What the icons are drawn with, so that they can be found.
const SIGNED_OUT: &str = "#5C6663";
const FRESH: &str = "#1F8068";

#[tokio::test(flavor = "multi_thread")]
async fn the_icon_can_be_seen_in_a_light_and_in_a_dark_panel() {
    for (look, name) in [(Look::Light, "light"), (Look::Dark, "dark")] {
        let desktop = keyring::start_desktop().await;
        let fakes = Fakes::start(Setup::default()).await;
        let _panel = desktop.panel(look);
        let panel = desktop.window("xfce4-panel").await;
        let program = Program::start(&desktop, &fakes, Look::Light).await;
        desktop.colour(&panel, SIGNED_OUT).await;
        program.picture(&format!("panel-signed-out-{name}")).await;

        program.sign_in(FIRST_ACCOUNT).await;
        desktop.colour(&panel, FRESH).await;
        program.until_state("signed_in fresh").await;
        desktop.close(&desktop.window(MAIN).await);
        program.until_shown("Spartan Tray keeps running").await;
        program.picture(&format!("closing-{name}")).await;
        program.press_last("Close the window").await;
        desktop.no_window(MAIN).await;
        desktop.colour(&panel, FRESH).await;
        desktop.picture_of_menu(&format!("panel-menu-{name}")).await;
        desktop.click_icon();
        desktop.window(MAIN).await;
    }
}
