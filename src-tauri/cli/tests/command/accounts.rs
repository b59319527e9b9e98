//! Choosing an account.

use spartan_fakes::{Fakes, Setup};

use crate::{
    keyring, sealed,
    spartan::{POUNDER, Ran, Spartan},
};

#[tokio::test(flavor = "multi_thread")]
async fn an_account_is_meant_by_name_gamertag_or_xuid_else_by_the_environment_else_the_first() {
    let (desktop, fakes) = (keyring::start_desktop().await, Fakes::start(Setup::default()).await);
    let spartan = Spartan::signed_in(&desktop, &fakes);
    assert_eq!(spartan.sign_in(POUNDER).code, 0);
    sealed::change(&desktop, |contents| contents.accounts[1].name = Some("Bot".into()));
    let xuid = |words: &[&str]| spartan.run(&[&["token", "--format", "xuid"], words].concat()).done();
    let (curtis, pounder) = ("2533274855333605\n", "2535405290989773\n");
    assert_eq!(xuid(&[]), curtis);
    for name in ["bot", "BOT", "six pounder 07", "2535405290989773"] {
        assert_eq!(xuid(&["--account", name]), pounder, "{name}");
    }
    let with_variable = |words: &[&str]| -> Ran {
        spartan.command(words).env("SPARTAN_ACCOUNT", "Bot").output().expect("it starts").into()
    };
    assert_eq!(with_variable(&["token", "--format", "xuid"]).done(), pounder);
    assert_eq!(with_variable(&["--account", "aCurtis X89", "token", "--format", "xuid"]).done(), curtis);
}

#[tokio::test(flavor = "multi_thread")]
async fn who_is_unknown_or_one_of_several_is_told_with_the_candidates() {
    let (desktop, fakes) = (keyring::start_desktop().await, Fakes::start(Setup::default()).await);
    let spartan = Spartan::signed_in(&desktop, &fakes);
    assert_eq!(spartan.sign_in(POUNDER).code, 0);
    sealed::change(&desktop, |contents| contents.accounts[1].name = Some("aCURTIS x89".into()));
    assert_eq!(spartan.run(&["accounts", "--account", "Six Pounder 07"]).done().lines().count(), 2);
    let status: serde_json::Value =
        serde_json::from_str(&spartan.run(&["--account", "six pounder 07", "status", "--json"]).done()).unwrap();
    assert_eq!((status["accounts"].as_array().unwrap().len(), &status["accounts"][0]["default"]), (1, &false.into()));
    for line in [&["accounts", "--account", "nobody"][..], &["status", "--account", "nobody"]] {
        spartan.run(line).refused(5);
    }
    let refused = spartan.run(&["token", "--account", "nobody"]).refused(5);
    assert!(refused.contains("2533274855333605") && refused.contains("Six Pounder 07"), "{refused}");
    let refused = spartan.run(&["token", "--account", "acurtis x89"]).refused(5);
    assert!(refused.contains("2533274855333605") && refused.contains("2535405290989773"), "{refused}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_program_that_asks_names_its_account_where_there_are_several() {
    let (desktop, fakes) = (keyring::start_desktop().await, Fakes::start(Setup::default()).await);
    let spartan = Spartan::signed_in(&desktop, &fakes);
    let program = |format: &str| spartan.run(&["token", "--format", format]).done();
    assert!(!program("curl").contains("--account"));
    assert_eq!(spartan.sign_in(POUNDER).code, 0);
    for format in ["curl", "python"] {
        let text = program(format);
        assert!(text.contains("--account=") && text.contains("aCurtis X89"), "{text}");
    }
    sealed::change(&desktop, |contents| contents.accounts[1].name = Some("acurtis x89".into()));
    assert!(program("curl").contains("--account=2533274855333605"), "a name that two have is none");
    assert!(!program("curl-with-token").contains("--account"));
}

#[tokio::test(flavor = "multi_thread")]
async fn an_account_is_never_named_in_vain() {
    let (desktop, fakes) = (keyring::start_desktop().await, Fakes::start(Setup::default()).await);
    let spartan = Spartan::signed_in(&desktop, &fakes);
    assert_eq!(spartan.sign_in(POUNDER).code, 0);
    let before = std::fs::read(desktop.vault()).unwrap();
    for command in ["purge --yes", "purge --dry-run", "vault init", "doctor", "completions bash", "man"] {
        let words: Vec<&str> = command.split(' ').collect();
        for words in [[&["--account", "nobody"], &words[..]].concat(), [&words[..], &["--account", "nobody"]].concat()]
        {
            let ran = spartan.run(&words);
            assert_eq!((ran.code, ran.out.as_str()), (2, ""), "{words:?}: {ran:?}");
        }
    }
    for words in [
        &["sign-out", "six pounder 07", "--account", "acurtis x89"][..],
        &["--account", "six pounder 07", "sign-out", "acurtis x89"],
        &["--account", "six pounder 07", "sign-out", "--all"],
        &["sign-out", "--all", "--account", "six pounder 07"],
        &["keep", "--account", "six pounder 07"],
        &["--account", "six pounder 07", "token", "--account", "acurtis x89"],
    ] {
        spartan.run(words).refused(2);
    }
    assert_eq!(std::fs::read(desktop.vault()).unwrap(), before);
    let by_default = spartan.command(&["purge", "--dry-run"]).env("SPARTAN_ACCOUNT", "nobody").output().unwrap();
    assert_eq!(by_default.status.code(), Some(0), "a default is refused nowhere");
    spartan.run(&["sign-out", "--account", "six pounder 07"]).done();
    assert_eq!(spartan.run(&["accounts"]).done().lines().count(), 2);
}
