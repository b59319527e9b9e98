//! The key in a file: from a new machine to a token that renews.

use std::{fs, time::Duration};

use spartan_fakes::{Endpoint, Lives};

use crate::machine::{Ended, Machine, all};

#[tokio::test(flavor = "multi_thread")]
async fn after_one_sign_in_the_next_process_prints_a_token_and_another_renews_it() {
    let life = Duration::from_secs(6);
    let machine = Machine::signed_in_for(Lives { xsts_halo: life, ..Lives::default() }).await;
    let first = machine.succeeds(&["token", "--min-ttl", "1s"]);
    assert!(first.starts_with("v4="), "{first}");
    assert_eq!(machine.succeeds(&["token", "--min-ttl", "1s"]), first, "a good token is not renewed");

    tokio::time::sleep(life).await;
    let made = machine.fakes.count(Endpoint::Spartan);
    let renewed = machine.succeeds(&["token", "--min-ttl", "1s"]);
    assert!(renewed.starts_with("v4=") && renewed != first);
    assert_eq!(machine.fakes.count(Endpoint::Spartan), made + 1);
    assert_eq!(machine.succeeds(&["token", "--min-ttl", "1s"]), renewed, "what was renewed is kept");
}

#[tokio::test(flavor = "multi_thread")]
async fn without_a_keyring_and_without_a_file_nothing_is_kept_and_the_way_out_is_told() {
    let machine = Machine::new().await;
    let ended = machine.run(&["sign-in", "--way", "device"]);
    assert_eq!(ended.code, Some(4), "{ended:?}");
    assert!(ended.words.contains("spartan vault init --key-file"), "{ended:?}");
    assert!(!machine.vault().exists());
}

#[tokio::test(flavor = "multi_thread")]
async fn the_file_is_made_once_and_the_settings_name_it() {
    let machine = Machine::new().await;
    let path = machine.key_file();
    let init = ["vault", "init", "--key-file", path.to_str().unwrap()];
    let made = machine.run(&init);
    assert!(made.code == Some(0) && made.out.is_empty() && made.words.contains("can read it"), "{made:?}");
    let key = fs::read(&path).unwrap();
    let settings = fs::read_to_string(machine.settings()).unwrap();
    assert_eq!(settings, format!("key_file = \"{}\"\n", path.display()));
    machine.succeeds(&init);
    assert_eq!(fs::read(&path).unwrap(), key);
}

#[tokio::test(flavor = "multi_thread")]
async fn one_in_the_folder_of_the_vault_is_taken_and_that_is_said() {
    let said = "whoever copies that folder has both";
    for (name, is_beside) in [(".local/share/app.spartantray.demo/keys/spartan", true), ("keys/spartan", false)] {
        let machine = Machine::new().await;
        let path = machine.home().join(name);
        let ended = machine.run(&["vault", "init", "--key-file", path.to_str().unwrap()]);
        assert_eq!((ended.code, ended.words.contains(said)), (Some(0), is_beside), "{ended:?}");
        assert!(path.exists());
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_name_from_the_folder_on_is_kept_whole() {
    let machine = Machine::new().await;
    let home = fs::canonicalize(machine.home()).unwrap();
    let init = machine.spartan(&["vault", "init", "--key-file", "keys/spartan"]).current_dir(&home).output().unwrap();
    assert_eq!(Ended::of(&init).code, Some(0), "{init:?}");
    let settings = fs::read_to_string(machine.settings()).unwrap();
    assert!(settings.contains(&home.join("keys/spartan").display().to_string()), "{settings}");
    machine.sign_in();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_file_that_the_environment_names_is_for_whoever_names_it() {
    let machine = Machine::new().await;
    let path = machine.key_file();
    let named = |arguments: &[&str]| {
        let output = machine.spartan(arguments).env("SPARTAN_VAULT_KEY_FILE", &path).output().unwrap();
        Ended::of(&output)
    };
    assert_eq!(named(&["accounts"]).code, Some(0), "nothing is there, and nothing is needed");
    assert_eq!(named(&["vault", "init"]).code, Some(0));
    assert!(!machine.settings().exists());
    assert_eq!(named(&["doctor"]).code, Some(0));
    assert_eq!(machine.run(&["vault", "init"]).code, Some(2), "no file is named");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_file_that_is_not_safe_or_not_right_is_told_and_the_vault_stays_as_it_is() {
    let machine = Machine::signed_in().await;
    let vault = fs::read(machine.vault()).unwrap();
    let good = fs::read(machine.key_file()).unwrap();
    let tells = |words: &str| {
        for command in [&["token"][..], &["status"], &["accounts"], &["sign-out", "--all"], &["doctor"]] {
            let ended = machine.run(command);
            assert_eq!(ended.code, Some(4), "{command:?}: {ended:?}");
            let told = ended.words.clone() + &ended.out;
            assert!(told.contains(words), "{command:?}: {words} in {told}");
            assert_eq!(fs::read(machine.vault()).unwrap(), vault, "{command:?}");
        }
    };
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        let mode = |mode| fs::set_permissions(machine.key_file(), PermissionsExt::from_mode(mode)).unwrap();
        mode(0o644);
        tells("can read the key file");
        mode(0o600);
    }
    fs::write(machine.key_file(), "hello").unwrap();
    tells("is not a key");
    fs::remove_file(machine.key_file()).unwrap();
    tells("is not there");
    let status: serde_json::Value = serde_json::from_str(&machine.run(&["status", "--json"]).out).unwrap();
    assert_eq!(
        (&status["vault"]["state"], &status["vault"]["error"]["key"]),
        (&"shut".into(), &"key_file.missing".into())
    );
    fs::write(machine.key_file(), &good).unwrap();
    #[cfg(unix)]
    fs::set_permissions(machine.key_file(), std::os::unix::fs::PermissionsExt::from_mode(0o600)).unwrap();
    machine.succeeds(&["token"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn another_file_takes_over_only_when_that_is_asked_for() {
    let machine = Machine::signed_in().await;
    let before = all(&machine.home());
    let other = machine.home().join("keys/other");
    let init = ["vault", "init", "--key-file", other.to_str().unwrap()];
    let ended = machine.run(&init);
    assert_eq!(ended.code, Some(4), "{ended:?}");
    assert!(ended.words.contains("--move"), "{ended:?}");
    assert_eq!(all(&machine.home()), before);

    machine.succeeds(&[&init[..], &["--move"]].concat());
    machine.succeeds(&["token"]);
    fs::remove_file(machine.key_file()).unwrap();
    machine.succeeds(&["token"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_typo_in_the_settings_forgets_no_key_file_and_no_kept_file() {
    let machine = Machine::signed_in().await;
    let file = machine.home().canonicalize().unwrap().join(".env");
    machine.succeeds(&["keep", file.to_str().unwrap()]);
    let (good, kept) = (fs::read(machine.settings()).unwrap(), fs::read(&file).unwrap());
    let other = machine.home().join("other.env");
    for broken in ["{{{{", "key_file = 5\n"] {
        fs::write(machine.settings(), broken).unwrap();
        let before = all(&machine.home());
        let commands = [
            &["token"][..],
            &["status"],
            &["sign-out", "--all"],
            &["keep", other.to_str().unwrap()],
            &["doctor"],
            &["purge", "--yes"],
            &["vault", "init", "--key-file", other.to_str().unwrap()],
        ];
        for command in commands {
            let ended = machine.run(command);
            assert_eq!(ended.code, Some(4), "{command:?}: {ended:?}");
            let told = ended.words + &ended.out;
            assert!(told.contains("settings.toml is not understood"), "{command:?}: {told}");
            assert_eq!(all(&machine.home()), before, "{command:?}");
        }
    }

    // The key file is known, but the token files aren't.
    fs::write(machine.settings(), "{{{{").unwrap();
    let named = |arguments: &[&str]| {
        let key_file = machine.key_file();
        Ended::of(&machine.spartan(arguments).env("SPARTAN_VAULT_KEY_FILE", key_file).output().unwrap())
    };
    assert_eq!(named(&["token"]).code, Some(0));
    assert_eq!(named(&["doctor"]).code, Some(4));
    let signed_out = named(&["sign-out", "--all"]);
    assert_eq!(signed_out.code, Some(1), "{signed_out:?}");
    assert!(signed_out.words.contains("Kept files could not be looked at"), "{signed_out:?}");
    assert_eq!(fs::read(&file).unwrap(), kept);
    fs::write(machine.settings(), good).unwrap();
    machine.succeeds(&["keep", "--stop", file.to_str().unwrap()]);
    assert!(!file.exists());
}
