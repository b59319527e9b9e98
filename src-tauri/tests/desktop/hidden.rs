//! Started hidden, as at login.

use std::time::Duration;

use spartan_fakes::{Endpoint, Fakes, Kind, Lives, Setup};

use crate::{
    desktop::Desktop,
    keyring,
    page::{FIRST_ACCOUNT, MAIN},
    program::{Look, Program, has_page_process, start_bare},
    tray::Host,
};

const HIDDEN: &[&str] = &["--hidden"];

#[tokio::test(flavor = "multi_thread")]
async fn started_hidden_with_a_locked_keyring_it_says_so_and_asks_nobody() {
    let desktop = keyring::start_desktop().await;
    let fakes = Fakes::start(Setup::default()).await;
    signed_in(&desktop, &fakes).await;
    keyring::lock(&desktop);

    let host = Host::start(&desktop).await;
    let mut program = start_bare(&desktop, &fakes, HIDDEN);
    host.icon().await;
    host.until_told("Locked").await;
    assert_eq!(host.offers().await, ["Open", "Unlock", "Start at login", "Quit"]);
    assert!(!keyring::prompts(&desktop), "nobody asked for a prompt");
    assert!(desktop.windows().is_empty());
    assert!(!has_page_process(program.pid()));

    host.choose("Unlock").await;
    let prompt = desktop.window("Unlock Login Keyring").await;
    desktop.write(&prompt, keyring::PASSWORD);
    desktop.press(&prompt, &["Return"]);
    host.until_told("aCurtis X89 · 3 h").await;
    desktop.no_window("Unlock Login Keyring").await;
    assert!(desktop.windows().is_empty(), "opening the vault opens no window");

    host.choose("Copy Spartan token").await;
    let spartan = fakes.last(Kind::Spartan).expect("a Spartan token was issued");
    desktop.until("the token in the clipboard", async || desktop.clipboard().filter(|text| *text == spartan)).await;
    program.terminate();
    assert!(desktop.until("the end of the program", async || program.ended()).await, "a signal ends it well");
    assert_eq!(desktop.clipboard(), None, "the token leaves the clipboard with the program");
}

#[tokio::test(flavor = "multi_thread")]
async fn hidden_it_renews_six_times_in_a_row_and_a_second_login_opens_nothing() {
    let desktop = keyring::start_desktop().await;
    let fakes = Fakes::start(living(Duration::from_secs(90))).await;
    signed_in(&desktop, &fakes).await;
    let host = Host::start(&desktop).await;
    let program = start_bare(&desktop, &fakes, HIDDEN);
    host.until_told("aCurtis X89 · 1 min left").await;
    let before = fakes.count(Endpoint::Spartan);
    let mut second = start_bare(&desktop, &fakes, HIDDEN);
    desktop.until("the end of the second start", async || second.ended()).await;

    desktop.let_others_work();
    for renewals in 1..=6 {
        // Each comes a minute after the one before.
        tokio::time::sleep(Duration::from_secs(50)).await;
        let renewed = async || (fakes.count(Endpoint::Spartan) >= before + renewals).then_some(());
        desktop.until("a renewal without a window", renewed).await;
    }
    host.until_told("aCurtis X89 · 1 min left").await;
    assert!(desktop.windows().is_empty());
    assert!(!has_page_process(program.pid()));
}

#[tokio::test(flavor = "multi_thread")]
async fn services_that_are_gone_for_a_while_are_found_again_without_anybody() {
    let desktop = keyring::start_desktop().await;
    let fakes = Fakes::start(living(Duration::from_secs(22))).await;
    signed_in(&desktop, &fakes).await;
    let host = Host::start(&desktop).await;
    let program = start_bare(&desktop, &fakes, HIDDEN);
    host.until_told("aCurtis X89 · less than a minute left").await;

    fakes.close();
    let problem = async || host.menu().await?.into_iter().find(|line| line.label.starts_with("No connection"));
    desktop.until("the problem in the menu", problem).await;
    host.until_told("expired").await;
    let before = fakes.count(Endpoint::Spartan);
    fakes.reopen();
    host.until_told("aCurtis X89 · less than a minute left").await;
    assert!(fakes.count(Endpoint::Spartan) > before);
    assert!(desktop.windows().is_empty() && !has_page_process(program.pid()), "nothing opened by itself");
}

/// Spartan tokens with this lifetime, renewed at two thirds of it.
fn living(life: Duration) -> Setup {
    let setup = Setup::default();
    let lives = Lives { xsts_halo: life, ..setup.lives };
    Setup { lives, ..setup }
}

#[tokio::test(flavor = "multi_thread")]
async fn started_hidden_where_no_icon_can_be_it_opens_its_window_and_an_icon_may_come_later() {
    let desktop = keyring::start_desktop().await;
    let fakes = Fakes::start(Setup::default()).await;
    let mut program = start_bare(&desktop, &fakes, HIDDEN);
    let window = desktop.window(MAIN).await;

    let host = Host::start(&desktop).await;
    host.icon().await;
    desktop.close(&window);
    desktop.close(&window);
    desktop.no_window(MAIN).await;
    host.stop().await;
    // Without its icon, the program can still be found.
    desktop.close(&desktop.window(MAIN).await);
    assert!(desktop.until("the end of the program", async || program.ended()).await);
}

async fn signed_in(desktop: &Desktop, fakes: &Fakes) {
    let program = Program::start(desktop, fakes, Look::Light).await;
    program.sign_in(FIRST_ACCOUNT).await;
    program.until_state("signed_in fresh").await;
    program.quit().await;
}
