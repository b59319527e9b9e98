//! What the icon shows, and what its menu does.

use spartan_fakes::{Endpoint, Fakes, Kind, Setup};

use crate::{
    desktop::Desktop,
    keyring,
    page::{FIRST_ACCOUNT, MAIN, SIGN_IN},
    program::{Look, Program, start_bare},
    tray::Host,
};

#[tokio::test(flavor = "multi_thread")]
async fn the_menu_tells_and_does_what_the_window_does_without_the_window() {
    let desktop = keyring::start_desktop().await;
    let fakes = Fakes::start(Setup::default()).await;
    let host = Host::start(&desktop).await;
    let program = Program::start(&desktop, &fakes, Look::Light).await;
    host.icon().await;
    host.until_told("Signed out").await;
    assert_eq!(host.offers().await, ["Open", "Sign in…", "Start at login", "Quit"]);
    let signed_out = host.pixels().await;

    host.choose("Sign in…").await;
    desktop.window(SIGN_IN).await;
    host.until_told("Signing in").await;
    host.choose("Cancel").await;
    desktop.no_window(SIGN_IN).await;
    program.until_shown("The sign-in was cancelled.").await;

    program.sign_in(FIRST_ACCOUNT).await;
    host.until_told("aCurtis X89 · 3 h 59 min left").await;
    let all = ["Copy Spartan token", "Copy as", "Renew now", "Open", "Sign out", "Start at login", "Quit"];
    assert_eq!(host.offers().await, all);
    assert_ne!(host.pixels().await, signed_out, "another state, another icon");
    program.quit().await;

    let mut program = start_bare(&desktop, &fakes, &["--hidden"]);
    host.until_told("aCurtis X89").await;
    host.choose("Copy Spartan token").await;
    let spartan = fakes.last(Kind::Spartan).expect("a Spartan token was issued");
    let copied = async || desktop.clipboard().filter(|text| *text == spartan);
    desktop.until("the Spartan token in the clipboard", copied).await;

    let before = fakes.count(Endpoint::Spartan);
    host.choose("Renew now").await;
    let renewed = async || (fakes.count(Endpoint::Spartan) > before).then_some(());
    desktop.until("a renewal without a window", renewed).await;
    assert!(desktop.windows().is_empty(), "none of it needs a window");

    host.choose("Sign out").await;
    let window = desktop.window(MAIN).await;
    assert!(desktop.vault().exists(), "one wrong click in a menu ends no sign-in");
    signs_out(&desktop, &host, &window).await;
    assert_eq!(keyring::secrets(&desktop), 0);
    host.choose("Quit").await;
    desktop.until("the end of the program", async || program.ended()).await;
    assert_eq!(desktop.clipboard(), None, "the token leaves the clipboard with the program");
}

/// The question's focus is on *Stay signed in*; *Sign out* comes before it.
async fn signs_out(desktop: &Desktop, host: &Host<'_>, window: &crate::keys::Window) {
    desktop.colour(window, DANGER).await;
    desktop.press(window, &["shift+Tab", "Return"]);
    host.until_told("Signed out").await;
}

/// The background of a button that deletes something.
const DANGER: &str = "#A63127";

#[tokio::test(flavor = "multi_thread")]
async fn an_icon_comes_with_a_panel_that_comes_later_and_goes_with_it() {
    let desktop = keyring::start_desktop().await;
    let fakes = Fakes::start(Setup::default()).await;
    let program = Program::start(&desktop, &fakes, Look::Light).await;
    for _ in 0..3 {
        let host = Host::start(&desktop).await;
        host.icon().await;
        host.until_told("Signed out").await;
        host.stop().await;
    }
    // It takes a moment until the program receives it.
    tokio::time::sleep(std::time::Duration::from_millis(500)).await;
    desktop.close(&desktop.window(MAIN).await);
    program.ended().await;
}
