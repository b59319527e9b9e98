//! Closed pipes, full disks, read-only homes, invalid settings.

use std::{ffi::OsStr, fs, os::unix::ffi::OsStrExt};

use spartan_auth::jiff::SignedDuration;
use spartan_fakes::{Fakes, Kind, Setup};

use crate::{
    desktop::Desktop,
    keyring, sealed,
    spartan::{Ran, Spartan},
};

#[tokio::test(flavor = "multi_thread")]
async fn whoever_closes_the_pipe_has_read_enough() {
    let (desktop, fakes) = (keyring::start_desktop().await, Fakes::start(Setup::default()).await);
    let spartan = Spartan::signed_in(&desktop, &fakes);
    for line in ["token", "status --json", "accounts", "completions bash", "--help", "man"] {
        let ran = spartan.shell(&format!("$SPARTAN {line} | head -c0; echo ${{PIPESTATUS[0]}}"));
        assert_eq!((ran.out.as_str(), ran.err.as_str()), ("0\n", ""), "{line}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_cannot_be_written_is_told() {
    let (desktop, fakes) = (keyring::start_desktop().await, Fakes::start(Setup::default()).await);
    let spartan = Spartan::signed_in(&desktop, &fakes);
    for line in ["token", "env", "status"] {
        let ran = spartan.shell(&format!("$SPARTAN {line} > /dev/full"));
        assert_eq!(ran.code, 1, "{ran:?}");
        assert!(ran.err.contains("can't be written"), "{ran:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn where_no_file_can_be_written_a_good_token_is_there_all_the_same() {
    let (desktop, fakes) = (keyring::start_desktop().await, Fakes::start(Setup::default()).await);
    let spartan = Spartan::signed_in(&desktop, &fakes);
    sealed::let_spartan_tokens_have(&desktop, SignedDuration::from_hours(1));
    let before = fs::read(desktop.vault()).unwrap();
    // Root can write regardless of the mode, but a read-only mount is the same for everyone.
    let read_only = |line: &str| {
        let home = desktop.path("home").display().to_string();
        let line = format!("mount --bind {home} {home} && mount -o remount,bind,ro {home} && {line}");
        spartan
            .with_environment("unshare")
            .args(["--user", "--map-current-user", "--mount", "--keep-caps"])
            .args(["bash", "-c", &line])
            .output()
            .map(crate::spartan::Ran::from)
            .unwrap()
    };
    let probe = read_only("true");
    if probe.code != 0 {
        return println!("not checked: no mounts of one's own here: {}", probe.err);
    }
    let ran = read_only("$SPARTAN token");
    assert_eq!((ran.out.trim(), ran.err.as_str()), (fakes.last(Kind::Spartan).unwrap().as_str(), ""), "{ran:?}");
    let ran = read_only("$SPARTAN sign-out");
    assert_eq!(ran.code, 4, "{ran:?}");
    assert!(ran.err.contains("cannot be read or written"), "{ran:?}");
    let ran = read_only("$SPARTAN token --min-ttl 5h");
    assert!(ran.err.contains("cannot be read or written"), "{ran:?}");
    assert!(ran.done().starts_with("v4="));
    assert_eq!(fs::read(desktop.vault()).unwrap(), before);
}

#[tokio::test(flavor = "multi_thread")]
async fn nonsense_in_the_settings_stops_nothing_and_stays() {
    let (desktop, fakes) = (keyring::start_desktop().await, Fakes::start(Setup::default()).await);
    let spartan = Spartan::signed_in(&desktop, &fakes);
    let settings = desktop.path("home/.config/app.spartantray.demo/settings.toml");
    fs::write(&settings, "\u{0}]] nonsense = = \n").unwrap();
    assert!(spartan.run(&["token"]).done().starts_with("v4="));
    assert!(spartan.run(&["status"]).done().contains("aCurtis X89"));
    assert_eq!(fs::read(&settings).unwrap(), "\u{0}]] nonsense = = \n".as_bytes());
    assert_eq!(spartan.sign_in(crate::spartan::POUNDER).code, 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_vault_that_is_torn_is_told_and_left_as_it_is() {
    let (desktop, fakes) = (keyring::start_desktop().await, Fakes::start(Setup::default()).await);
    let spartan = Spartan::signed_in(&desktop, &fakes);
    let torn = &fs::read(desktop.vault()).unwrap()[..100];
    fs::write(desktop.vault(), torn).unwrap();
    for line in [&["token"][..], &["sign-in", "--way", "paste"], &["sign-out", "--all"], &["status"]] {
        let refused = spartan.run(line).refused(4);
        assert!(refused.contains("damaged"), "{refused}");
    }
    assert_eq!(fs::read(desktop.vault()).unwrap(), torn);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_command_that_does_not_exist_is_a_mistake_of_usage() {
    let (desktop, fakes) = (Desktop::start().await, Fakes::start(Setup::default()).await);
    let spartan = Spartan::new(&desktop, &fakes);
    for words in
        [&["tokens"][..], &[], &["token", "--nothing"], &["token", "--min-ttl", "soon"], &["sign-out", "x", "--all"]]
    {
        let ran = spartan.run(words);
        assert_eq!((ran.code, ran.out.as_str()), (2, ""), "{words:?}: {ran:?}");
    }
    assert!(!desktop.data().exists(), "nothing was made for it");
}

#[tokio::test(flavor = "multi_thread")]
async fn an_environment_that_makes_no_sense_is_told_and_an_empty_one_is_none() {
    let (desktop, fakes) = (keyring::start_desktop().await, Fakes::start(Setup::default()).await);
    let spartan = Spartan::signed_in(&desktop, &fakes);
    let with = |name: &str, value: &[u8]| -> Ran {
        let value = OsStr::from_bytes(value);
        spartan.command(&["token"]).env(name, value).output().expect("it starts").into()
    };
    for name in ["SPARTAN_TRAY_HOME", "SPARTAN_VAULT_KEY_FILE", "SPARTAN_ACCOUNT"] {
        assert!(with(name, b"").done().starts_with("v4="), "{name}");
    }
    let refused = with("SPARTAN_TRAY_HOME", b"here/below").refused(2);
    assert!(refused.contains("SPARTAN_TRAY_HOME") && refused.contains("here/below"), "{refused}");
    assert!(!desktop.path("here").exists());
    with("SPARTAN_ACCOUNT", b"aCurtis X89\xff").refused(5);
    sealed::change(&desktop, |contents| contents.accounts[0].name = Some("aCurtis X89\u{fffd}".into()));
    with("SPARTAN_ACCOUNT", b"aCurtis X89\xff").refused(5);
}
