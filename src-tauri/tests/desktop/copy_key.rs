//! The keys that copy, in real windows and with the desktop's real clipboard.

use std::time::Duration;

use spartan_fakes::{Fakes, Kind, Setup};
use tokio::time::sleep;

use crate::{
    desktop::Desktop,
    keyring,
    keys::Window,
    page::{FOCUS, MAIN, SIGN_IN},
    program::{Look, Program},
};

/// Every key that copies or cuts.
const KEYS: [&str; 4] = ["ctrl+c", "ctrl+Insert", "ctrl+x", "shift+Delete"];

#[tokio::test(flavor = "multi_thread")]
async fn the_key_copies_the_token_or_what_is_selected() {
    let desktop = keyring::start_desktop().await;
    let fakes = Fakes::start(Setup::default()).await;
    let program = Program::signed_in(&desktop, &fakes, Look::Light).await;
    let window = desktop.window(MAIN).await;
    let spartan = fakes.last(Kind::Spartan).expect("a Spartan token was issued");
    for key in ["ctrl+c", "ctrl+Insert"] {
        let _owner = copied_elsewhere(&desktop).await;
        desktop.press(&window, &[key]);
        desktop.until("the token in the clipboard", async || is(&desktop, &spartan)).await;
        program.until_shown("Spartan token copied").await;
    }
    program.picture("copied-by-key-light").await;
    // Once more while the token is there: it stays.
    desktop.press(&window, &["ctrl+c", "Tab", "ctrl+c", "ctrl+x", "shift+Delete"]);
    sleep(Duration::from_secs(1)).await;
    assert_eq!(desktop.clipboard(), Some(spartan));

    let select = "getSelection().selectAllChildren(document.querySelector('.xuid')); return ''";
    program.text_of(select).await;
    desktop.press(&window, &["ctrl+c"]);
    desktop.until("the XUID in the clipboard", async || is(&desktop, "2533274855333605")).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn no_key_empties_the_clipboard_where_there_is_nothing_to_copy() {
    let desktop = keyring::start_desktop().await;
    let fakes = Fakes::start(Setup::default()).await;
    let program = Program::start(&desktop, &fakes, Look::Light).await;
    let owner = copied_elsewhere(&desktop).await;
    let main = desktop.window(MAIN).await;
    nothing_is_emptied(&desktop, &main).await;
    desktop.press(&main, &["Tab"]);
    nothing_is_emptied(&desktop, &main).await;
    program.press("I already use SPNKr or my own app").await;
    nothing_is_emptied(&desktop, &main).await;
    program.press("Back").await;

    program.press("Sign in").await;
    let page = desktop.window(SIGN_IN).await;
    desktop.colour(&page, FOCUS).await;
    nothing_is_emptied(&desktop, &page).await;
    desktop.press(&main, &["Tab"]);
    nothing_is_emptied(&desktop, &main).await;
    drop(owner);
}

async fn nothing_is_emptied(desktop: &Desktop, window: &Window) {
    for key in KEYS {
        desktop.press(window, &[key]);
        sleep(Duration::from_millis(500)).await;
        assert!(is(desktop, OTHERS).is_some(), "{key} in {}", window.title);
    }
}

/// What another program copied.
const OTHERS: &str = "somebody's own text";

async fn copied_elsewhere(desktop: &Desktop) -> crate::process::Process {
    let owner = desktop.copy(OTHERS);
    desktop.until("the other's text", async || is(desktop, OTHERS)).await;
    owner
}

fn is(desktop: &Desktop, text: &str) -> Option<()> {
    (desktop.clipboard()?.trim_end() == text).then_some(())
}
