//! The keys that copy, in real windows and with the desktop's real clipboard.

use std::time::Duration;

use spartan_fakes::{Endpoint, Fakes, Fault, Kind, Setup, Times};
use tokio::time::sleep;

use crate::{
    desktop::Desktop,
    hostile_page::served,
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

/// What a page does to change what a key copies or cuts.
const CHANGES: &str = "<script>for (const type of ['copy', 'cut']) addEventListener(type, (event) => { \
    event.clipboardData.setData('text/plain', 'EVIL'); event.preventDefault(); }, true);\
    for (const type of ['beforecopy', 'beforecut']) addEventListener(type, (event) => event.preventDefault(), true);\
    </script><body style='background: #00FF00'>";

/// A field with everything in it selected.
const FIELD: &str = "<input id=field value=code><script>onload = () => { field.focus(); field.select(); };</script>";

/// A drawing, which is XML: `WebKitGTK` tells no listener in it of a copy.
const DRAWING: &str = "data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' width='900' height='900'/%3E";

#[tokio::test(flavor = "multi_thread")]
async fn no_key_changes_the_clipboard_whatever_the_sign_in_page_is_made_of() {
    let desktop = keyring::start_desktop().await;
    let fakes = Fakes::start(Setup::default()).await;
    let program = Program::start(&desktop, &fakes, Look::Light).await;
    let owner = copied_elsewhere(&desktop).await;
    let filling = "style='position: fixed; inset: 0; width: 100%; height: 100%; border: 0'";
    let framed = CHANGES.replace('"', "&quot;");
    for page in [
        CHANGES.to_owned(),
        format!("{CHANGES}<iframe {filling} srcdoc=\"{framed}\"></iframe>"),
        format!("{CHANGES}<iframe {filling} src=\"{DRAWING}\"></iframe>"),
        format!("{CHANGES}<embed {filling} type=image/svg+xml src=\"{DRAWING}\">"),
        format!("{CHANGES}<object {filling} type=image/svg+xml data=\"{DRAWING}\"></object>"),
    ] {
        fakes.fail(Endpoint::Authorize, served(format!("<!doctype html>{page}")), Times::Once);
        program.press("Sign in").await;
        let window = desktop.window(SIGN_IN).await;
        sleep(Duration::from_secs(1)).await;
        desktop.click(&window, 150, 250, 1);
        nothing_is_emptied(&desktop, &window).await;
        program.press("Cancel").await;
        program.until_state("signed_out").await;
        desktop.no_window(SIGN_IN).await;
    }
    drop(owner);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_selection_in_the_sign_in_page_is_copied_and_cut_as_it_is() {
    let desktop = keyring::start_desktop().await;
    let fakes = Fakes::start(Setup::default()).await;
    fakes.fail(Endpoint::Authorize, served(format!("<!doctype html>{CHANGES}{FIELD}")), Times::Once);
    let program = Program::start(&desktop, &fakes, Look::Light).await;
    program.press("Sign in").await;
    let window = desktop.window(SIGN_IN).await;
    sleep(Duration::from_secs(1)).await;
    for key in ["ctrl+c", "ctrl+x"] {
        let _owner = copied_elsewhere(&desktop).await;
        desktop.press(&window, &[key]);
        desktop.until("the field's text in the clipboard", async || is(&desktop, "code")).await;
    }
    // The field is empty now.
    let _owner = copied_elsewhere(&desktop).await;
    nothing_is_emptied(&desktop, &window).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn no_key_empties_the_clipboard_at_a_document_that_is_no_page() {
    let desktop = keyring::start_desktop().await;
    let fakes = Fakes::start(Setup::default()).await;
    let program = Program::start(&desktop, &fakes, Look::Light).await;
    for kind in ["image/svg+xml", "text/xml"] {
        let headers = [("content-type".to_owned(), kind.to_owned())].into();
        let form = "<form xmlns='http://www.w3.org/1999/xhtml' name='body'/>";
        let body = format!("<svg xmlns='http://www.w3.org/2000/svg'><foreignObject>{form}</foreignObject></svg>");
        fakes.fail(Endpoint::Authorize, Fault::Status { status: 200, headers, body }, Times::Once);
        program.press("Sign in").await;
        let window = desktop.window(SIGN_IN).await;
        sleep(Duration::from_secs(1)).await;
        let _owner = copied_elsewhere(&desktop).await;
        nothing_is_emptied(&desktop, &window).await;
        program.press("Cancel").await;
        program.until_state("signed_out").await;
        desktop.no_window(SIGN_IN).await;
    }
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
