//! How a sign-in ends is reported truthfully, with services that answer at once, and with Ctrl-C at any moment.

use std::time::Duration;

use spartan_fakes::{Fakes, PUBLIC_CLIENT_ID, Pick, Setup};

use crate::{
    keyring,
    spartan::{CURTIS, Spartan, Waiting},
};

/// The number of runs of a race.
const RUNS: u64 = 30;

fn is_there(spartan: &Spartan<'_>) -> bool {
    let listed = spartan.run(&["accounts"]);
    assert!([0, 3].contains(&listed.code), "{listed:?}");
    listed.out.contains("aCurtis X89")
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_is_signed_in_is_told_so_however_fast_that_was() {
    let (desktop, fakes) = (keyring::start_desktop().await, Fakes::start(Setup::default()).await);
    let spartan = Spartan::new(&desktop, &fakes);
    for _ in 0..RUNS {
        let ran = spartan.sign_in(CURTIS);
        assert!(ran.code == 0 && ran.err.contains("Signed in as aCurtis X89"), "{ran:?}");
        let refresh = fakes.seed_refresh_token(PUBLIC_CLIENT_ID, CURTIS).unwrap();
        let ran = spartan.fed(&["import", "--client-id", PUBLIC_CLIENT_ID], &format!("{refresh}\n"));
        assert!(ran.code == 0 && ran.err.contains("Signed in as aCurtis X89"), "{ran:?}");
        assert!(is_there(&spartan));
        spartan.run(&["sign-out"]).done();
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn whom_xbox_refuses_is_told_so_however_fast_that_was() {
    let (desktop, fakes) = (keyring::start_desktop().await, Fakes::start(Setup::default()).await);
    let spartan = Spartan::new(&desktop, &fakes);
    for _ in 0..RUNS / 3 {
        let ran = spartan.sign_in("child@example.com");
        assert!(ran.code == 6 && ran.err.contains("family"), "{ran:?}");
        assert!(!desktop.vault().exists());
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn ctrl_c_at_any_moment_says_what_is() {
    let (desktop, fakes) = (keyring::start_desktop().await, Fakes::start(Setup::default()).await);
    let spartan = Spartan::new(&desktop, &fakes);
    let mut ended = [0, 0];
    for run in 0..RUNS {
        let mut waiting = Waiting::start(&mut spartan.bare(&["sign-in", "--way", "paste"]));
        let page = waiting.line_with("http");
        waiting.write(&fakes.sign_in(&page, &Pick::Account(CURTIS.into())).unwrap());
        tokio::time::sleep(Duration::from_millis(run * 8)).await;
        waiting.signal_if_there("INT");
        let ran = waiting.end();
        let signed_in = ran.err.contains("Signed in as aCurtis X89");
        assert_eq!(ran.code, if signed_in { 0 } else { 130 }, "{ran:?}");
        assert_eq!(is_there(&spartan), signed_in, "{ran:?}");
        assert_eq!(desktop.vault().exists(), signed_in, "{ran:?}");
        ended[usize::from(signed_in)] += 1;
        if signed_in {
            spartan.run(&["sign-out"]).done();
        }
    }
    assert!(ended.into_iter().all(|times| times > 0), "both happen: {ended:?}");
}
