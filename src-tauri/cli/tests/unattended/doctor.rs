//! `spartan doctor`: what is wrong, and how serious it is.

use std::fs;

use spartan_fakes::Endpoint;

use crate::machine::{Machine, all};

#[tokio::test(flavor = "multi_thread")]
async fn where_all_is_well_it_says_so_and_changes_nothing() {
    let machine = Machine::signed_in().await;
    let before = all(&machine.home());
    let report = machine.succeeds(&["doctor"]);
    for words in ["Key file", "by its owner alone", "opens", "the clock here is right"] {
        assert!(report.contains(words), "{words} in {report}");
    }
    assert!(!report.contains(machine.home().to_str().unwrap()), "{report}");
    assert!(!report.contains("aCurtis") && !report.contains("2533274"), "{report}");
    assert_eq!(all(&machine.home()), before);
    assert_eq!(machine.fakes.count(Endpoint::Token), 1, "no token is asked for");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_program_reads_it_as_json() {
    let machine = Machine::signed_in().await;
    let report: serde_json::Value = serde_json::from_str(&machine.succeeds(&["doctor", "--json"])).unwrap();
    assert_eq!((&report["schema"], &report["ok"]), (&1.into(), &true.into()));
    let titles: Vec<_> =
        report["sections"].as_array().unwrap().iter().map(|section| section["title"].clone()).collect();
    assert_eq!(titles, ["Program and system", "Key file", "Vault", "Services"]);

    fs::write(machine.vault(), "something else").unwrap();
    let ended = machine.run(&["doctor", "--json"]);
    let report: serde_json::Value = serde_json::from_str(&ended.out).unwrap();
    assert_eq!((ended.code, &report["ok"]), (Some(4), &false.into()), "{ended:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_keyring_that_is_not_there_is_worse_than_services_that_do_not_answer() {
    let machine = Machine::new().await;
    machine.fakes.close();
    let ended = machine.run(&["doctor"]);
    assert_eq!(ended.code, Some(4), "{ended:?}");
    assert!(ended.out.contains("no keyring") && ended.out.contains("No connection"), "{ended:?}");
    machine.succeeds(&["vault", "init", "--key-file", machine.key_file().to_str().unwrap()]);
    assert_eq!(machine.run(&["doctor"]).code, Some(1));
    machine.fakes.reopen();
    machine.succeeds(&["doctor"]);
}
