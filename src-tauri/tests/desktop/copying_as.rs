//! *Copy as…*: from the window and from the tray, into the clipboard as other programs read it.

use spartan_fakes::{Fakes, Kind, Setup};

use crate::{
    desktop::Desktop,
    keyring,
    page::FIRST_ACCOUNT,
    program::{Look, Program},
    tray::Host,
};

#[tokio::test(flavor = "multi_thread")]
async fn any_format_is_copied_from_the_window_and_from_the_tray() {
    let desktop = keyring::start_desktop().await;
    let fakes = Fakes::start(Setup::default()).await;
    let host = Host::start(&desktop).await;
    let program = Program::start(&desktop, &fakes, Look::Light).await;
    program.sign_in(FIRST_ACCOUNT).await;
    program.until_shown("aCurtis X89").await;
    let spartan = fakes.last(Kind::Spartan).expect("a Spartan token was issued");

    program.press("Copy as…").await;
    program.picture("copy-as-light").await;
    program.press(".env lines").await;
    program.until_shown(".env lines copied · good for 3 h 59 min").await;
    let lines = until_copied(&desktop, "# The Spartan token is good until ").await;
    assert!(lines.contains(&format!("\nHALO_SPARTAN_TOKEN={spartan}\nHALO_CLEARANCE_TOKEN=")), "{lines}");

    host.choose_in("Copy as", "Header").await;
    host.until_told("Header copied · good for 3 h 59 min").await;
    let header = until_copied(&desktop, "x-343-authorization-spartan: ").await;
    assert_eq!(header, format!("x-343-authorization-spartan: {spartan}"));

    program.press("Copy as…").await;
    program.press("Python with SPNKr").await;
    program.until_shown("It asks Spartan Tray for a token each time it runs").await;
    let python = until_copied(&desktop, "# Asks Halo who you are, with SPNKr").await;
    assert!(!python.contains(&spartan) && !python.contains("--account"), "{python}");
    program.quit().await;
    assert_eq!(desktop.clipboard(), None, "on X11 a copy goes with the program that serves it");
}

/// Waits until the clipboard contains a text with this beginning.
async fn until_copied(desktop: &Desktop, begins: &str) -> String {
    let copied = async || desktop.clipboard().filter(|text| text.starts_with(begins));
    desktop.until(&format!("{begins}… in the clipboard"), copied).await
}
