//! `spartan purge`: everything is removed, and nothing else.

use std::{
    fs,
    io::Write,
    process::{Command, Stdio},
};

use crate::machine::{Ended, Machine, all};

#[tokio::test(flavor = "multi_thread")]
async fn everything_goes_but_the_key_file_and_what_is_not_ours() {
    let machine = Machine::signed_in().await;
    machine.succeeds(&["token"]);
    let autostart = machine.home().join(".config/autostart");
    fs::create_dir_all(&autostart).unwrap();
    fs::write(autostart.join("app.spartantray.demo.desktop"), "ours").unwrap();
    fs::write(autostart.join("other.desktop"), "theirs").unwrap();
    fs::write(machine.home().join(".env"), "mine").unwrap();

    let listed = machine.succeeds(&["purge", "--dry-run"]);
    for name in ["/vault\n", "/settings.toml", "/vault.lock", "app.spartantray.demo.desktop"] {
        assert!(listed.contains(name), "{name} in {listed}");
    }
    assert!(machine.vault().exists() && !listed.contains("other.desktop") && !listed.contains("keys/spartan"));

    let stays = format!("key file {} is yours and", machine.key_file().display());
    let dry = machine.run(&["purge", "--dry-run"]);
    assert!(dry.words.contains(&stays) && dry.words.contains("--key-file-too"), "{dry:?}");
    let ended = machine.run(&["purge", "--yes"]);
    assert!(ended.code == Some(0) && ended.words.contains(&stays), "{ended:?}");
    let left: Vec<_> = all(&machine.home()).into_iter().filter(|(_, bytes)| bytes.is_some()).collect();
    let mut names: Vec<_> = left.iter().map(|(path, _)| path.file_name().unwrap().to_str().unwrap()).collect();
    names.sort_unstable();
    assert_eq!(names, [".env", "other.desktop", "spartan"]);
    assert!(!machine.data().exists() && !machine.settings().parent().unwrap().exists());
    assert_eq!(machine.run(&["purge"]).words, "spartan: there is nothing to remove.\n");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_key_file_goes_where_that_is_asked_for() {
    let machine = Machine::signed_in().await;
    let ended = machine.run(&["purge", "--yes", "--key-file-too"]);
    assert!(ended.code == Some(0) && !ended.words.contains("is yours"), "{ended:?}");
    assert!(!machine.key_file().exists());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_script_that_does_not_say_yes_removes_nothing() {
    let machine = Machine::signed_in().await;
    let before = all(&machine.home());
    let ended = machine.run(&["purge"]);
    assert_eq!(ended.code, Some(2), "{ended:?}");
    assert!(ended.words.contains("--yes"), "{ended:?}");
    assert_eq!(all(&machine.home()), before);
}

#[tokio::test(flavor = "multi_thread")]
async fn on_a_terminal_it_asks_and_nothing_but_a_yes_is_one() {
    let machine = Machine::signed_in().await;
    let before = all(&machine.home());
    for answer in ["no", "", "y", "yes please"] {
        let ended = on_a_terminal(&machine, answer);
        assert_eq!(ended.code, Some(1), "{answer:?}: {ended:?}");
        let said = ["/vault", "is yours and is kept; --key-file-too", "Type yes to continue:"];
        let paths = said.map(|words| ended.out.find(words));
        assert!(paths.is_sorted() && paths[0].is_some(), "{answer:?}: {ended:?}");
        assert!(ended.out.contains("Nothing was removed."), "{answer:?}: {ended:?}");
        assert_eq!(all(&machine.home()), before, "{answer:?}");
    }
    let ended = on_a_terminal(&machine, "yes");
    assert_eq!(ended.code, Some(0), "{ended:?}");
    assert!(ended.out.contains("everything was removed") && !machine.data().exists(), "{ended:?}");
}

/// Runs `spartan purge` on a terminal where a person types `answer`.
fn on_a_terminal(machine: &Machine, answer: &str) -> Ended {
    let spartan = machine.spartan(&["purge"]);
    let mut script = Command::new("script");
    script.args(["-qec", "exec \"$SPARTAN\" purge", "/dev/null"]).env_clear();
    script.envs(spartan.get_envs().filter_map(|(name, value)| Some((name, value?))));
    script.env("SPARTAN", spartan.get_program()).stdin(Stdio::piped()).stdout(Stdio::piped());
    let mut child = script.spawn().unwrap();
    writeln!(child.stdin.as_mut().unwrap(), "{answer}").unwrap();
    Ended::of(&child.wait_with_output().unwrap())
}

#[tokio::test(flavor = "multi_thread")]
async fn while_the_window_runs_nothing_is_removed() {
    let machine = Machine::signed_in().await;
    let lock = fs::File::create(machine.data().join("program.lock")).unwrap();
    lock.lock().unwrap();
    let before = all(&machine.home());
    let ended = machine.run(&["purge", "--yes"]);
    assert_eq!(ended.code, Some(1), "{ended:?}");
    assert!(ended.words.contains("is running"), "{ended:?}");
    assert_eq!(all(&machine.home()), before);
    drop(lock);
    machine.succeeds(&["purge", "--yes"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn without_the_keyring_that_has_the_key_the_rest_goes_and_the_key_is_told() {
    let machine = Machine::new().await;
    fs::create_dir_all(machine.data()).unwrap();
    fs::write(machine.vault(), [b"SPTV\x01".as_slice(), &[7; 200]].concat()).unwrap();
    let ended = machine.run(&["purge", "--yes"]);
    assert_eq!(ended.code, Some(4), "{ended:?}");
    assert!(ended.words.contains(&format!("vault-{}", "07".repeat(16))), "{ended:?}");
    assert!(!machine.data().exists());
}
