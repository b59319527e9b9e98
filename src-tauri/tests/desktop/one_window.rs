//! One program at a time.

use spartan_fakes::{Fakes, Setup};

use crate::{
    keyring,
    page::MAIN,
    program::{Look, Program, start_bare},
};

#[tokio::test(flavor = "multi_thread")]
async fn a_second_start_or_a_link_shows_the_window_of_the_first() {
    let desktop = keyring::start_desktop().await;
    let fakes = Fakes::start(Setup::default()).await;
    let program = Program::start(&desktop, &fakes, Look::Light).await;

    for arguments in [&[][..], &["spartan-tray-demo://open"]] {
        let window = desktop.window(MAIN).await;
        desktop.minimize(&window);
        desktop.no_window(MAIN).await;

        let mut second = start_bare(&desktop, &fakes, arguments);
        let ended = desktop.until("the end of the second start", async || second.ended()).await;
        assert!(ended, "the second start ends well");
        desktop.window(MAIN).await;
        assert_eq!(desktop.windows().len(), 1);
    }
    program.until_state("signed_out").await;
}
