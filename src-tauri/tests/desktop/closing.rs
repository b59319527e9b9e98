//! Closing the window and opening it again.

use std::time::Duration;

use spartan_fakes::{Fakes, Setup};

use crate::{
    desktop::Desktop,
    keyring,
    keys::Window,
    page::{FIRST_ACCOUNT, MAIN, SIGN_IN},
    program::{Look, Program, start_bare},
    tray::Host,
};

#[tokio::test(flavor = "multi_thread")]
async fn closed_it_stays_without_a_page_and_opens_again_however_often() {
    let desktop = keyring::start_desktop().await;
    let fakes = Fakes::start(Setup::default()).await;
    let host = Host::start(&desktop).await;
    let program = Program::start(&desktop, &fakes, Look::Light).await;
    host.icon().await;

    desktop.close(&desktop.window(MAIN).await);
    program.until_shown("Spartan Tray keeps running").await;
    assert!(program.offers("Quit instead").await);
    program.press_last("Close the window").await;
    hidden(&program).await;

    for _ in 0..20 {
        host.click().await;
        desktop.close(&desktop.window(MAIN).await);
        desktop.no_window(MAIN).await;
    }
    hidden(&program).await;

    let mut unexpected = start_bare(&desktop, &fakes, &["spartan-tray-demo://auth?code=c&state=out-of-nowhere"]);
    assert!(desktop.until("the end of the second start", async || unexpected.ended()).await);
    // Long enough for a window to appear.
    tokio::time::sleep(Duration::from_secs(3)).await;
    assert!(
        !desktop.windows().iter().any(|window| window.title.starts_with(MAIN)),
        "an unexpected answer opens no window"
    );

    for arguments in [&[][..], &["spartan-tray-demo://open"]] {
        let mut second = start_bare(&desktop, &fakes, arguments);
        let ended = desktop.until("the end of the second start", async || second.ended()).await;
        assert!(ended, "the second start ends well");
        desktop.close(&desktop.window(MAIN).await);
        desktop.no_window(MAIN).await;
    }

    host.choose("Open").await;
    let mut window = desktop.window(MAIN).await;
    for _ in 0..5 {
        desktop.close(&window);
        host.click().await;
        host.click().await;
        window = other_than(&desktop, &host, &window).await;
    }

    desktop.close(&window);
    desktop.no_window(MAIN).await;
    host.choose("Quit").await;
    program.ended().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn without_a_tray_closing_quits_and_with_one_quit_instead_does() {
    let desktop = keyring::start_desktop().await;
    let fakes = Fakes::start(Setup::default()).await;
    let program = Program::start(&desktop, &fakes, Look::Light).await;
    desktop.close(&desktop.window(MAIN).await);
    program.ended().await;

    let host = Host::start(&desktop).await;
    let program = Program::start(&desktop, &fakes, Look::Light).await;
    host.icon().await;
    desktop.close(&desktop.window(MAIN).await);
    program.press_last("Quit instead").await;
    program.ended().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn who_is_signed_in_is_told_once_that_closing_ends_the_program_where_no_tray_is() {
    let desktop = keyring::start_desktop().await;
    let fakes = Fakes::start(Setup::default()).await;
    let program = Program::start(&desktop, &fakes, Look::Light).await;
    program.sign_in(FIRST_ACCOUNT).await;
    program.until_shown("aCurtis X89").await;
    desktop.close(&desktop.window(MAIN).await);
    program.until_shown("closing the window ends Spartan Tray").await;
    desktop.close(&desktop.window(MAIN).await);
    program.ended().await;

    let program = Program::start(&desktop, &fakes, Look::Light).await;
    program.until_shown("aCurtis X89").await;
    desktop.close(&desktop.window(MAIN).await);
    program.ended().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_sign_in_goes_on_when_the_window_is_closed_and_ends_with_it_where_no_tray_is() {
    let desktop = keyring::start_desktop().await;
    let fakes = Fakes::start(Setup::default()).await;
    let program = Program::start(&desktop, &fakes, Look::Light).await;
    program.press("Sign in").await;
    desktop.window(SIGN_IN).await;
    desktop.close(&desktop.window(MAIN).await);
    program.ended().await;
    assert!(!desktop.vault().exists());

    let host = Host::start(&desktop).await;
    let program = Program::start(&desktop, &fakes, Look::Light).await;
    host.icon().await;
    program.press("Sign in").await;
    let page = desktop.window(SIGN_IN).await;
    desktop.close(&desktop.window(MAIN).await);
    program.press_last("Close the window").await;
    desktop.no_window(MAIN).await;
    // A key that comes while the focus goes from window to window is lost.
    let pick = ["xdotool", "windowactivate", "--sync", &page.id, "key", "Return"];
    let picked = async || desktop.ask(&pick).is_err().then_some(());
    desktop.until("the end of the page", picked).await;
    host.until_told("aCurtis X89 · 3 h 59 min left").await;
    desktop.no_window(SIGN_IN).await;
    assert!(desktop.windows().is_empty(), "nobody asked for a window");
}

#[tokio::test(flavor = "multi_thread")]
async fn it_comes_back_as_large_as_it_was_and_where_it_was() {
    let desktop = keyring::start_desktop().await;
    let fakes = Fakes::start(Setup::default()).await;
    let host = Host::start(&desktop).await;
    let mut program = start_bare(&desktop, &fakes, &[]);
    let window = desktop.window(MAIN).await;
    host.icon().await;
    desktop.ask(&["xdotool", "windowsize", "--sync", &window.id, "500", "600"]).expect("it can be resized");
    desktop.ask(&["xdotool", "windowmove", "--sync", &window.id, "60", "90"]).expect("it can be moved");
    let before = geometry(&desktop, &window);
    // Twice: the first time, the program explains what closing does.
    desktop.close(&window);
    desktop.close(&window);
    desktop.no_window(MAIN).await;
    for _ in 0..3 {
        host.click().await;
        let again = desktop.window(MAIN).await;
        desktop.until("size and place", async || (geometry(&desktop, &again) == before).then_some(())).await;
        desktop.close(&again);
        desktop.no_window(MAIN).await;
    }

    host.choose("Open").await;
    desktop.window(MAIN).await;
    host.choose("Quit").await;
    desktop.until("the end of the program", async || program.ended()).await;
    let _program = start_bare(&desktop, &fakes, &[]);
    let again = desktop.window(MAIN).await;
    desktop.until("size and place", async || (geometry(&desktop, &again) == before).then_some(())).await;
}

async fn hidden(program: &Program<'_>) {
    program.desktop.no_window(MAIN).await;
    let gone = async || (!program.has_page_process()).then_some(());
    program.desktop.until("the end of the page's process", gone).await;
}

async fn other_than(desktop: &Desktop, host: &Host<'_>, before: &Window) -> Window {
    let look = async || {
        let mut windows = desktop.windows();
        windows.retain(|window| window.title.contains(MAIN));
        if windows.is_empty() {
            // The bus may have been faster than the screen: then the clicks were for the window that closed after them.
            host.click().await;
        }
        let window = windows.pop().filter(|window| window.id != before.id)?;
        assert!(windows.is_empty(), "there is one window");
        Some(window)
    };
    desktop.until("the next window", look).await
}

fn geometry(desktop: &Desktop, window: &Window) -> String {
    desktop.ask(&["xdotool", "getwindowgeometry", "--shell", &window.id]).map_or_else(
        |words| words,
        |told| told.lines().filter(|line| !line.starts_with("WINDOW")).collect::<Vec<_>>().join(" "),
    )
}
