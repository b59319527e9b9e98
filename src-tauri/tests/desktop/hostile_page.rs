//! What a page in the sign-in window tries, and does not get.

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
    let headers = [("content-type".to_owned(), "text/html".to_owned())].into();
    fakes.fail(Endpoint::Authorize, Fault::Status { status: 200, headers, body }, Times::Once);

    let program = Program::start(&desktop, &fakes, Look::Light).await;
    program.press("Sign in").await;
    let window = desktop.window(SIGN_IN).await;
    desktop.colour(&window, REFUSED).await;
    program.press("Cancel").await;
    program.until_state("signed_out").await;
}
