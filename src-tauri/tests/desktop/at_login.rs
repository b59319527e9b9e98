//! Starting at login.

use std::{fs, path::Path};

use spartan_fakes::{Fakes, Setup};

use crate::{
    desktop::Desktop,
    keyring,
    program::{BINARY, start_from},
    tray::Host,
};

#[tokio::test(flavor = "multi_thread")]
async fn switched_on_it_starts_hidden_from_a_path_with_spaces_and_switched_off_nothing_is_left() {
    let desktop = keyring::start_desktop().await;
    let fakes = Fakes::start(Setup::default()).await;
    let host = Host::start(&desktop).await;
    // Beside the builds: a hard link can't lead to another disk.
    let folder = tempfile::Builder::new().prefix("a $path with `spaces` ").tempdir_in(env!("CARGO_TARGET_TMPDIR"));
    let folder = folder.expect("a folder can be made");
    let binary = folder.path().join("spartan tray");
    fs::hard_link(Path::new(BINARY), &binary).expect("the program can be linked");
    let mut program = start_from(&binary, &desktop, &fakes, &["--hidden"]);
    host.icon().await;

    let entries = desktop.path("home/.config/autostart");
    assert!(!entries.exists(), "nothing is added unasked");
    let entry = entries.join("app.spartantray.demo.desktop");
    switched(&desktop, &host, &entry, true).await;
    host.choose("Quit").await;
    desktop.until("the end of the program", async || program.ended()).await;

    // As the desktop does at login.
    let mut login = desktop.command("gio");
    let stand_ins = serde_json::to_string(fakes.addresses()).expect("addresses are plain data");
    login.args(["launch", &entry.to_string_lossy()]).env("SPARTAN_TRAY_STAND_INS", stand_ins);
    let _login = desktop.run("login", &mut login);
    let ticked = async || host.menu().await?.into_iter().find_map(|line| line.ticked);
    assert!(desktop.until("the icon after login", ticked).await, "it knows that it starts at login");
    assert!(desktop.windows().is_empty(), "it starts hidden");

    switched(&desktop, &host, &entry, false).await;
    assert_eq!(fs::read_dir(&entries).map(Iterator::count).unwrap_or_default(), 0, "what was added is gone");
    host.choose("Quit").await;
    desktop.until("the end of the program", async || host.tooltip().await.is_none().then_some(())).await;
}

async fn switched(desktop: &Desktop, host: &Host<'_>, entry: &Path, on: bool) {
    host.choose("Start at login").await;
    let ticked = async || host.menu().await?.into_iter().find_map(|line| line.ticked).filter(|ticked| *ticked == on);
    desktop.until("the tick", ticked).await;
    // The program that draws the menu toggles the tick at once.
    desktop.until("what the system says", async || (entry.exists() == on).then_some(())).await;
}
