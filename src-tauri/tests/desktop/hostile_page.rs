//! What a page in the sign-in window tries, and does not get.

use std::time::{Duration, Instant};

use spartan_fakes::{Endpoint, Fakes, Fault, Setup, Times};

use crate::{
    desktop::Desktop,
    keyring::Keyring,
    page::SIGN_IN,
    program::{Look, Program},
};

/// The commands of the program, as its own page may call them.
const PERMISSIONS: &str = include_str!("../../permissions/commands.toml");

/// The page's colour once everything was refused, and any other.
const REFUSED: &str = "#00FF00";

#[tokio::test(flavor = "multi_thread")]
async fn every_command_from_the_sign_in_window_is_refused() {
    let desktop = Desktop::start(Keyring::Unlocked).await;
    let fakes = Fakes::start(Setup::default()).await;
    let commands: Vec<&str> = PERMISSIONS.lines().filter_map(|line| line.trim().strip_suffix("\",")).collect();
    let commands: Vec<String> = commands.into_iter().map(|name| format!("{name}\"")).collect();
    assert!(commands.len() > 30 && commands.contains(&"\"quit\"".into()), "{commands:?}");
    let script = format!(
        "const tries = [{}].map((name) => globalThis.__TAURI_INTERNALS__.invoke(name, {{}}).then(() => false, \
         (error) => String(error).includes('not allowed')));\
         Promise.all(tries).then((refused) => {{\
         document.body.style.background = refused.length > 30 && refused.every(Boolean) ? '{REFUSED}' : '#FF0000'; }});",
        commands.join(", ")
    );
    let body = format!("<!doctype html><title>x</title><body><script>{script}</script>");
    fakes.fail(Endpoint::Authorize, page(body), Times::Once);

    let program = Program::start(&desktop, &fakes, Look::Light).await;
    program.press("Sign in").await;
    let window = desktop.window(SIGN_IN).await;
    desktop.colour(&window, REFUSED).await;
    program.press("Cancel").await;
    program.until_state("signed_out").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_address_that_is_no_page_is_not_followed_and_the_window_stays() {
    let desktop = Desktop::start(Keyring::Unlocked).await;
    let fakes = Fakes::start(Setup::default()).await;
    let body = format!(
        "<!doctype html><title>x</title><body><iframe src='http://ads.example/x'></iframe><script>\
         location.href = 'mailto:a@example.com';\
         setTimeout(() => {{ document.body.style.background = '{REFUSED}'; }}, 1000);</script>"
    );
    fakes.fail(Endpoint::Authorize, page(body), Times::Once);
    let program = Program::start(&desktop, &fakes, Look::Light).await;
    program.press("Sign in").await;
    let window = desktop.window(SIGN_IN).await;
    desktop.colour(&window, REFUSED).await;
    program.until_state("signing_in").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_page_that_cannot_be_loaded_is_told_at_once() {
    let desktop = Desktop::start(Keyring::Unlocked).await;
    let fakes = Fakes::start(Setup::default()).await;
    fakes.fail(Endpoint::Authorize, Fault::Drop, Times::Always);
    let program = Program::start(&desktop, &fakes, Look::Light).await;
    program.press("Sign in").await;
    desktop.window(SIGN_IN).await;
    let opened = Instant::now();
    program.until_shown("Microsoft's page has not loaded.").await;
    assert!(opened.elapsed() < Duration::from_secs(12), "as soon as it is known: {:?}", opened.elapsed());
    program.picture("not-loaded-light").await;
    program.press("Cancel").await;
    program.until_state("signed_out").await;
}

fn page(body: String) -> Fault {
    Fault::Status { status: 200, headers: [("content-type".to_owned(), "text/html".to_owned())].into(), body }
}
