//! Run as another user, for example with `sudo`, it reads and creates nothing.

use std::{fs, os::unix::fs::chown};

use crate::machine::{Machine, all};

const COMMANDS: [&[&str]; 9] = [
    &["token"],
    &["accounts"],
    &["status"],
    &["doctor"],
    &["sign-in", "--way", "device"],
    &["sign-out", "--all"],
    &["vault", "init", "--key-file", "/nowhere/key"],
    &["purge", "--dry-run"],
    &["purge", "--yes"],
];

/// Only root can change a file's owner; elsewhere the rule itself is tested.
#[tokio::test(flavor = "multi_thread")]
async fn a_vault_of_somebody_else_is_left_alone_by_every_command() {
    let machine = Machine::signed_in().await;
    if chown(machine.data(), Some(12_345), None).is_err() {
        return;
    }
    let before = all(&machine.home());
    for command in COMMANDS {
        let ended = machine.run(command);
        assert_eq!((ended.code, ended.out.as_str()), (Some(4), ""), "{command:?}: {ended:?}");
        assert!(ended.words.contains("belongs to another user"), "{command:?}: {ended:?}");
        assert_eq!(all(&machine.home()), before, "{command:?}");
    }
    let ended = machine.run(&["status", "--json"]);
    let status: serde_json::Value = serde_json::from_str(&ended.out).unwrap();
    assert_eq!(
        (ended.code, status["vault"]["error"]["key"].as_str()),
        (Some(4), Some("vault.other_owner")),
        "{ended:?}"
    );
    assert_eq!(all(&machine.home()), before);
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_is_made_in_the_home_of_somebody_else() {
    let machine = Machine::new().await;
    if chown(machine.home(), Some(12_345), None).is_err() {
        return;
    }
    for command in COMMANDS {
        let ended = machine.run(command);
        assert_eq!(ended.code, Some(4), "{command:?}: {ended:?}");
        assert_eq!(fs::read_dir(machine.home()).unwrap().count(), 0, "{command:?}");
    }
}
