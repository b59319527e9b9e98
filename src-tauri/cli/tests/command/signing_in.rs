//! Signing in: each method, and what is left if it fails.

use std::{
    io::{Read, Write},
    net::TcpStream,
    process::Stdio,
    time::Duration,
};

use spartan_auth::url::Url;
use spartan_fakes::{
    CONFIDENTIAL_CLIENT_ID, CONFIDENTIAL_SECRET, Endpoint, Fakes, Fault, PUBLIC_CLIENT_ID, Pick, Setup, Times,
};

use crate::{
    desktop::Desktop,
    keyring,
    spartan::{CURTIS, POUNDER, Spartan, Waiting},
};

/// Checks that a failed sign-in leaves neither a file nor a key.
fn nothing_stays(desktop: &Desktop) {
    assert!(!desktop.vault().exists());
    assert_eq!(keyring::secrets(desktop), 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn by_a_pasted_address_somebody_is_signed_in_and_a_token_can_be_had() {
    let (desktop, fakes) = (keyring::start_desktop().await, Fakes::start(Setup::default()).await);
    let spartan = Spartan::new(&desktop, &fakes);
    let ran = spartan.sign_in(CURTIS);
    assert_eq!((ran.code, ran.out.as_str()), (0, ""), "{ran:?}");
    assert!(ran.err.contains("Signed in as aCurtis X89"), "{ran:?}");
    assert!(!ran.err.contains("code="), "{ran:?}");
    assert!(spartan.run(&["token"]).done().starts_with("v4="));
}

#[tokio::test(flavor = "multi_thread")]
async fn with_a_code_that_is_typed_in_elsewhere() {
    let setup = Setup { poll_interval: Duration::from_secs(1), ..Setup::default() };
    let (desktop, fakes) = (keyring::start_desktop().await, Fakes::start(setup).await);
    let spartan = Spartan::new(&desktop, &fakes);
    // This is the default without a display.
    let mut waiting = Waiting::start(&mut spartan.command(&["sign-in"]));
    waiting.line_with("On any device");
    let code = waiting.next_line();
    assert!(fakes.approve(&code, &Pick::Account(CURTIS.into())), "{code}");
    assert_eq!(waiting.end().code, 0);
    assert!(spartan.run(&["token"]).done().starts_with("v4="));
}

#[tokio::test(flavor = "multi_thread")]
async fn in_a_browser_that_is_opened_and_brings_the_answer_back_by_itself() {
    let (desktop, fakes) = (keyring::start_desktop().await, Fakes::start(Setup::default()).await);
    let spartan = Spartan::new(&desktop, &fakes);
    desktop.install("xdg-open", &format!("#!/bin/sh\necho \"$1\" > {}\n", desktop.path("opened").display()));
    let mut waiting = Waiting::start(spartan.command(&["sign-in"]).env("DISPLAY", ":99"));
    let page = waiting.line_with("/authorize");
    let opened = async || std::fs::read_to_string(desktop.path("opened")).ok().filter(|text| !text.is_empty());
    assert_eq!(desktop.until("the browser", opened).await.trim(), page);
    call_back(&fakes.sign_in(&page, &Pick::Account(CURTIS.into())).unwrap());
    assert_eq!(waiting.end().code, 0);
    assert!(spartan.run(&["token"]).done().starts_with("v4="));
}

#[tokio::test(flavor = "multi_thread")]
async fn no_browser_is_opened_where_none_is_wanted() {
    let (desktop, fakes) = (keyring::start_desktop().await, Fakes::start(Setup::default()).await);
    let spartan = Spartan::new(&desktop, &fakes);
    desktop.install("xdg-open", &format!("#!/bin/sh\necho \"$1\" > {}\n", desktop.path("opened").display()));
    let words = ["sign-in", "--way", "browser", "--no-open"];
    let mut waiting = Waiting::start(spartan.command(&words).env("DISPLAY", ":99"));
    let page = waiting.line_with("/authorize");
    call_back(&fakes.sign_in(&page, &Pick::Account(CURTIS.into())).unwrap());
    assert_eq!(waiting.end().code, 0);
    assert!(!desktop.path("opened").exists());
}

/// Does what a browser does at the end.
fn call_back(address: &str) {
    let address = Url::parse(address).unwrap();
    let port = address.port().unwrap();
    let mut stream = TcpStream::connect(("127.0.0.1", port)).unwrap();
    let query = address.query().unwrap();
    write!(stream, "GET {}?{query} HTTP/1.1\r\nHost: localhost:{port}\r\nConnection: close\r\n\r\n", address.path())
        .unwrap();
    let mut page = Vec::new();
    stream.read_to_end(&mut page).unwrap();
    assert!(page.starts_with(b"HTTP/1.1 200"), "{}", String::from_utf8_lossy(&page));
}

#[tokio::test(flavor = "multi_thread")]
async fn through_an_app_with_a_secret_that_no_argument_holds() {
    let (desktop, fakes) = (keyring::start_desktop().await, Fakes::start(Setup::default()).await);
    let spartan = Spartan::new(&desktop, &fakes);
    let words = ["sign-in", "--client-id", CONFIDENTIAL_CLIENT_ID, "--client-secret-stdin"];
    let words = [&words[..], &["--redirect-uri", "https://localhost"]].concat();
    let mut waiting = Waiting::start(&mut spartan.command(&words));
    waiting.write(CONFIDENTIAL_SECRET);
    let page = waiting.line_with("http");
    waiting.write(&fakes.sign_in(&page, &Pick::Account(CURTIS.into())).unwrap());
    let ran = waiting.end();
    assert_eq!(ran.code, 0, "{ran:?}");
    assert!(!ran.err.contains(CONFIDENTIAL_SECRET));
    assert!(spartan.run(&["token"]).done().starts_with("v4="));
}

#[tokio::test(flavor = "multi_thread")]
async fn at_the_question_for_a_secret_nothing_is_shown_and_ctrl_c_gives_the_terminal_back_as_it_was() {
    let (desktop, fakes) = (keyring::start_desktop().await, Fakes::start(Setup::default()).await);
    let spartan = Spartan::new(&desktop, &fakes);
    let line = format!("$SPARTAN sign-in --client-id {CONFIDENTIAL_CLIENT_ID} --client-secret-stdin --way paste");
    let line = format!("trap : INT; {line} --redirect-uri https://localhost; echo ended with $?; stty -a");
    let mut script = spartan.with_environment("timeout");
    script.args(["--foreground", "60", "script", "-qfec", &line, "/dev/null"]);
    let mut child = script.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().unwrap();
    let (mut keys, mut screen) = (child.stdin.take().unwrap(), child.stdout.take().unwrap());
    let mut seen = Vec::new();
    let mut read_until = |words: &str| {
        let mut byte = [0];
        while !String::from_utf8_lossy(&seen).contains(words) && screen.read(&mut byte).unwrap() == 1 {
            seen.push(byte[0]);
        }
        String::from_utf8_lossy(&seen).into_owned()
    };
    read_until("Client secret: ");
    keys.write_all(b"hush\x03").unwrap();
    let seen = read_until("cs8");
    assert!(seen.contains("ended with 130") && !seen.contains("hush"), "{seen}");
    assert!(read_until(" echoe").contains(" echo "), "{seen}");
    drop(keys);
    child.wait().unwrap();
    nothing_stays(&desktop);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_a_person_brings_along_signs_in_without_a_page() {
    let (desktop, fakes) = (keyring::start_desktop().await, Fakes::start(Setup::default()).await);
    let spartan = Spartan::new(&desktop, &fakes);
    let seed = |email| fakes.seed_refresh_token(PUBLIC_CLIENT_ID, email).unwrap();
    let lines = format!("SPNKR_CLIENT_ID={PUBLIC_CLIENT_ID}\nSPNKR_REFRESH_TOKEN={}\n", seed(CURTIS));
    let ran = spartan.fed(&["import"], &lines);
    assert!(ran.err.contains("Signed in as aCurtis X89"), "{ran:?}");
    let ran = spartan.fed(&["import", "--client-id", PUBLIC_CLIENT_ID], &format!("{}\n", seed(POUNDER)));
    assert!(ran.err.contains("Signed in as Six Pounder 07"), "{ran:?}");
    assert_eq!(spartan.run(&["accounts"]).done().lines().count(), 3);
    let dead = "SPNKR_REFRESH_TOKEN=M.C500_dead-and-gone\n";
    let ran = spartan.fed(&["import", "--client-id", PUBLIC_CLIENT_ID], dead);
    assert!(ran.code == 3 && !ran.err.contains("said yes") && ran.err.contains("spartan sign-in"), "{ran:?}");
    assert_eq!(spartan.run(&["accounts"]).done().lines().count(), 3);
    let refused = spartan.fed(&["import"], "nothing of use\n").refused(2);
    assert!(refused.contains("No client ID or refresh token"), "{refused}");
    let app = format!("AzureApp(\"{CONFIDENTIAL_CLIENT_ID}\", \"{CONFIDENTIAL_SECRET}\")");
    let refused = spartan.fed(&["import"], &app).refused(2);
    assert!(refused.contains("--client-secret-stdin") && !refused.contains(CONFIDENTIAL_SECRET), "{refused}");
}

#[tokio::test(flavor = "multi_thread")]
async fn several_sign_ins_are_named_and_one_is_chosen() {
    let (desktop, fakes) = (keyring::start_desktop().await, Fakes::start(Setup::default()).await);
    let spartan = Spartan::new(&desktop, &fakes);
    let seed = |id, email| fakes.seed_refresh_token(id, email).unwrap();
    let (ours, theirs) = (seed(PUBLIC_CLIENT_ID, CURTIS), seed(CONFIDENTIAL_CLIENT_ID, POUNDER));
    let lines = format!(
        "# SPNKR_REFRESH_TOKEN={theirs}\nSPNKR_CLIENT_ID={PUBLIC_CLIENT_ID}\nSPNKR_REFRESH_TOKEN={ours}\n\
         DISCORD_CLIENT_SECRET=d1sc0rd-very-secret\n\
         GRAPH_CLIENT_ID={CONFIDENTIAL_CLIENT_ID}\nGRAPH_CLIENT_SECRET={CONFIDENTIAL_SECRET}\nGRAPH_REFRESH_TOKEN={theirs}\n"
    );
    let refused = spartan.fed(&["import"], &lines).refused(2);
    assert!(refused.contains("SPNKR") && refused.contains("GRAPH") && refused.contains("--group"), "{refused}");
    assert!([&ours, &theirs, CONFIDENTIAL_SECRET].iter().all(|secret| !refused.contains(*secret)), "{refused}");
    assert_eq!(fakes.count(Endpoint::Token), 0);
    let ran =
        spartan.fed(&["import", "--client-id", "00000000-aaaa-4bbb-8ccc-dddddddddddd", "--group", "spnkr"], &lines);
    assert_eq!((ran.code, fakes.count(Endpoint::Token)), (2, 0), "{ran:?}");
    let ran = spartan.fed(&["import", "--group", "spnkr"], &lines);
    assert!(ran.err.contains("Signed in as aCurtis X89"), "{ran:?}");
    let ran = spartan.fed(&["import", "--client-id", CONFIDENTIAL_CLIENT_ID], &lines);
    assert!(ran.err.contains("Signed in as Six Pounder 07"), "{ran:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn an_address_that_was_broken_into_lines_is_put_together() {
    let (desktop, fakes) = (keyring::start_desktop().await, Fakes::start(Setup::default()).await);
    let spartan = Spartan::new(&desktop, &fakes);
    let mut waiting = Waiting::start(&mut spartan.command(&["sign-in", "--way", "paste"]));
    let page = waiting.line_with("http");
    let back = fakes.sign_in(&page, &Pick::Account(CURTIS.into())).unwrap();
    let broken = back.replacen("http://localhost", "https://127.0.0.1", 1).replacen("code=M.", "code=M.\n  ", 1);
    assert_ne!(broken, back);
    waiting.write(&broken);
    let ran = waiting.end();
    assert_eq!(ran.code, 0, "{ran:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_no_at_the_page_keeps_nothing_and_says_who_has_to_act() {
    let (desktop, fakes) = (keyring::start_desktop().await, Fakes::start(Setup::default()).await);
    let spartan = Spartan::new(&desktop, &fakes);
    let mut waiting = Waiting::start(&mut spartan.command(&["sign-in", "--way", "paste"]));
    let page = waiting.line_with("http");
    waiting.write(&fakes.sign_in(&page, &Pick::Cancel).unwrap());
    let ran = waiting.end();
    assert_eq!(ran.code, 3, "{ran:?}");
    nothing_stays(&desktop);
}

#[tokio::test(flavor = "multi_thread")]
async fn whom_xbox_refuses_is_told_why_and_nothing_stays() {
    let (desktop, fakes) = (keyring::start_desktop().await, Fakes::start(Setup::default()).await);
    let spartan = Spartan::new(&desktop, &fakes);
    let ran = spartan.sign_in("child@example.com");
    assert_eq!(ran.code, 6, "{ran:?}");
    assert!(ran.err.contains("family"), "{ran:?}");
    nothing_stays(&desktop);
}

#[tokio::test(flavor = "multi_thread")]
async fn another_address_is_no_end_of_a_sign_in() {
    let (desktop, fakes) = (keyring::start_desktop().await, Fakes::start(Setup::default()).await);
    let spartan = Spartan::new(&desktop, &fakes);
    let mut waiting = Waiting::start(&mut spartan.command(&["sign-in", "--way", "paste"]));
    waiting.line_with("http");
    waiting.write("https://example.com/?code=c&state=s");
    let ran = waiting.end();
    assert_eq!(ran.code, 2, "{ran:?}");
    nothing_stays(&desktop);
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_was_to_sign_in_again_is_replaced_by_nobody_else() {
    let (desktop, fakes) = (keyring::start_desktop().await, Fakes::start(Setup::default()).await);
    let spartan = Spartan::signed_in(&desktop, &fakes);
    let again = ["sign-in", "--way", "paste", "--account", "acurtis x89"];
    let ran = spartan.sign_in_with(&again, POUNDER);
    assert_eq!(ran.code, 5, "{ran:?}");
    let accounts = spartan.run(&["accounts"]).done();
    assert!(accounts.contains("aCurtis X89") && !accounts.contains("Six Pounder 07"), "{accounts}");
    assert_eq!(spartan.sign_in_with(&again, CURTIS).code, 0);
    assert_eq!(spartan.run(&["accounts"]).done().lines().count(), 2);
    spartan.run(&["sign-in", "--account", "nobody"]).refused(5);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_brought_for_a_person_replaces_nobody_where_it_is_another_ones() {
    let (desktop, fakes) = (keyring::start_desktop().await, Fakes::start(Setup::default()).await);
    let spartan = Spartan::signed_in(&desktop, &fakes);
    assert_eq!(spartan.sign_in(POUNDER).code, 0);
    let brought = |email| {
        let refresh = fakes.seed_refresh_token(PUBLIC_CLIENT_ID, email).unwrap();
        format!("SPNKR_CLIENT_ID={PUBLIC_CLIENT_ID}\nSPNKR_REFRESH_TOKEN={refresh}\n")
    };
    let import = ["import", "--account", "acurtis x89"];
    let before = std::fs::read(desktop.vault()).unwrap();
    let refused = spartan.fed(&import, &brought(POUNDER)).refused(5);
    assert!(refused.contains("Nothing was replaced"), "{refused}");
    spartan.fed(&["import", "--account", "nobody"], &brought(POUNDER)).refused(5);
    spartan.fed(&import, &format!("SPNKR_CLIENT_ID={PUBLIC_CLIENT_ID}\n")).refused(2);
    assert_eq!(std::fs::read(desktop.vault()).unwrap(), before);
    let ran = spartan.fed(&import, &brought(CURTIS));
    assert_eq!(ran.code, 0, "{ran:?}");
    assert_ne!(std::fs::read(desktop.vault()).unwrap(), before);
    assert_eq!(spartan.run(&["accounts"]).done().lines().count(), 3);
}

#[tokio::test(flavor = "multi_thread")]
async fn ctrl_c_or_being_told_to_end_at_the_page_keeps_nothing() {
    let (desktop, fakes) = (keyring::start_desktop().await, Fakes::start(Setup::default()).await);
    let spartan = Spartan::new(&desktop, &fakes);
    for (signal, code) in [("INT", 130), ("TERM", 143)] {
        let mut waiting = Waiting::start(&mut spartan.bare(&["sign-in", "--way", "paste"]));
        waiting.line_with("http");
        assert!(desktop.vault().exists(), "the vault was made ready");
        waiting.signal(signal);
        let ran = waiting.end();
        assert_eq!((ran.code, ran.out.as_str()), (code, ""), "{ran:?}");
        nothing_stays(&desktop);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn ctrl_c_while_the_chain_runs_keeps_nothing_of_it_and_all_of_before() {
    let (desktop, fakes) = (keyring::start_desktop().await, Fakes::start(Setup::default()).await);
    let spartan = Spartan::signed_in(&desktop, &fakes);
    fakes.fail(Endpoint::User, Fault::Slow { ms: 30_000 }, Times::Always);
    let mut waiting = Waiting::start(&mut spartan.bare(&["sign-in", "--way", "paste"]));
    let page = waiting.line_with("http");
    waiting.write(&fakes.sign_in(&page, &Pick::Account(POUNDER.into())).unwrap());
    waiting.line_with("Microsoft accepted");
    waiting.signal("INT");
    assert_eq!(waiting.end().code, 130);
    let accounts = spartan.run(&["accounts"]).done();
    assert_eq!(accounts.lines().count(), 2, "{accounts}");
    assert!(accounts.contains("aCurtis X89"), "{accounts}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_way_that_the_app_does_not_allow_is_told_before_anything_happens() {
    let (desktop, fakes) = (keyring::start_desktop().await, Fakes::start(Setup::default()).await);
    let spartan = Spartan::new(&desktop, &fakes);
    let words = ["sign-in", "--client-id", PUBLIC_CLIENT_ID, "--redirect-uri", "https://localhost", "--way", "browser"];
    let refused = spartan.run(&words).refused(2);
    assert!(refused.contains("--way"), "{refused}");
    let refused = spartan.run(&["sign-in", "--client-id", "SPNKr"]).refused(2);
    assert!(refused.contains("client ID"), "{refused}");
    nothing_stays(&desktop);
}
