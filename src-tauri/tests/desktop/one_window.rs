//! One program at a time.

use std::time::Duration;

use spartan_fakes::{Fakes, Setup};

use crate::{
    keyring,
    page::MAIN,
    process::Process,
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

#[tokio::test(flavor = "multi_thread")]
async fn of_starts_at_the_same_moment_one_program_stays_and_shows_its_window() {
    let desktop = keyring::start_desktop().await;
    let fakes = Fakes::start(Setup::default()).await;
    for gap in [0, 5, 20, 40, 80] {
        let mut started = Vec::new();
        for _ in 0..4 {
            started.push(start_bare(&desktop, &fakes, &[]));
            tokio::time::sleep(Duration::from_millis(gap)).await;
        }
        desktop.window(MAIN).await;
        let ends = desktop
            .until("the end of all others", async || {
                let ends: Vec<bool> = started.iter_mut().filter_map(Process::ended).collect();
                (ends.len() + 1 >= started.len()).then_some(ends)
            })
            .await;
        assert_eq!(ends, [true; 3], "{gap} ms apart");
        assert_eq!(desktop.windows().len(), 1);
    }
}
