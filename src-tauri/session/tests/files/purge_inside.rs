//! Everything is removed while the tray program runs; what it has open is removed when it quits, unless something new
//! was started meanwhile.

use std::{collections::BTreeSet, fs, path::Path, time::Duration};

use spartan_auth::azure_app::AzureApp;
use spartan_session::{
    format::Format,
    operations::purge::{Thing, WithoutKeyring, program_runs},
    settings::{Choices, Settings, Theme},
};
use spartan_vault::{fs::lock::Lock, keyring::Interaction};

use crate::{
    bed::{Bed, ids, put},
    purge::{all, purge, used},
    token_files::Project,
};

/// Returns a program on the bed's files that has removed everything except what it has open.
async fn removed(bed: &Bed) -> Lock {
    let running = Lock::take(bed.paths().program_lock(), Duration::ZERO).await.unwrap();
    let left = purge(bed, bed.in_keyring()).run_inside(WithoutKeyring::Stop).await.unwrap();
    assert!(left.is_empty(), "{left:?}");
    running
}

async fn swept(bed: &Bed) {
    let left = purge(bed, bed.in_keyring()).sweep().await.unwrap();
    assert!(left.is_empty(), "{left:?}");
}

fn names(bed: &Bed) -> BTreeSet<String> {
    let name = |(path, _): (String, _)| {
        let path = Path::new(&path).strip_prefix(bed.home()).unwrap();
        path.components().next().unwrap().as_os_str().to_string_lossy().into_owned()
    };
    all(bed.home()).into_iter().map(name).collect()
}

#[tokio::test]
async fn what_the_program_holds_stays_until_its_end_and_then_goes() {
    let bed = used().await;
    let running = removed(&bed).await;
    let locks = ["keep.lock", "program.lock", "vault.lock"];
    let held: BTreeSet<_> = names(&bed).into_iter().filter(|name| !name.starts_with("renew-")).collect();
    let expected = locks.into_iter().chain(["log", "shell.json", "sign-in", "webview"]).map(String::from);
    assert!(held.is_subset(&expected.collect()) && held.contains("log") && held.contains("webview"), "{held:?}");
    assert!(program_runs(&bed.paths()).unwrap() && bed.keyring.keys() == 0);
    swept(&bed).await;
    // Some versions of Windows list an open file until the program that has it open exits.
    drop(running);
    assert_eq!(all(bed.home()), Vec::new());
}

#[tokio::test]
async fn a_sign_in_that_came_meanwhile_keeps_everything() {
    let bed = used().await;
    let _running = removed(&bed).await;
    put(&bed.vault(), 2).await.unwrap();
    let before = all(bed.home());
    swept(&bed).await;
    assert_eq!(all(bed.home()), before);
    assert_eq!(ids(&bed.vault().read(Interaction::Forbidden).await.unwrap()), [2]);
}

#[tokio::test]
async fn a_sign_in_that_is_under_way_in_another_program_keeps_everything() {
    let bed = used().await;
    let _running = removed(&bed).await;
    bed.vault().prepare(Interaction::Allowed).await.unwrap();
    let before = all(bed.home());
    swept(&bed).await;
    assert_eq!((all(bed.home()), bed.keyring.keys()), (before, 1));
}

#[tokio::test]
async fn a_setting_an_app_and_a_note_that_came_meanwhile_keep_everything() {
    let app = AzureApp::parse("12345678-1234-1234-1234-123456789abc", "http://localhost").unwrap();
    for begun in ["a setting", "an app"] {
        let bed = used().await;
        let _running = removed(&bed).await;
        match begun {
            "a setting" => {
                Settings::choose(&bed.paths(), Choices { theme: Theme::Dark, ..Choices::default() }).await.unwrap();
            }
            _ => Settings::remember(&bed.paths(), &app).await.unwrap(),
        }
        let before = all(bed.home());
        swept(&bed).await;
        assert_eq!(all(bed.home()), before, "{begun}");
    }
}

#[tokio::test]
async fn while_somebody_writes_the_vault_nothing_goes() {
    let bed = used().await;
    let _running = removed(&bed).await;
    let _writing = Lock::take(bed.paths().vault_lock(), Duration::ZERO).await.unwrap();
    let before = all(bed.home());
    purge(&bed, bed.in_keyring()).sweep().await.unwrap_err();
    assert_eq!(all(bed.home()), before);
}

#[tokio::test]
async fn tokens_that_could_not_be_taken_out_of_a_kept_file_are_not_forgotten() {
    let project = Project::new().await;
    project.keep("a.env", Format::Dotenv).await.unwrap();
    let bed = &project.bed;
    // The temporary file's path is taken by something that can't be removed.
    let obstacle = project.path("a.env.spartan-tray-new");
    fs::create_dir(&obstacle).unwrap();
    let purge = purge(bed, bed.in_keyring());
    let left: Vec<Thing> =
        purge.run_inside(WithoutKeyring::Stop).await.unwrap().into_iter().map(|left| left.thing).collect();
    assert_eq!(left, [Thing::TokenFile(project.path("a.env")), Thing::File(bed.paths().settings())]);
    assert!(!bed.paths().vault().exists() && bed.keyring.keys() == 0);

    put(&bed.vault(), 2).await.unwrap();
    swept(bed).await;
    assert_eq!(ids(&bed.vault().read(Interaction::Forbidden).await.unwrap()), [2]);

    fs::remove_dir(&obstacle).unwrap();
    assert!(purge.run_inside(WithoutKeyring::Stop).await.unwrap().is_empty());
    swept(bed).await;
    assert_eq!((all(bed.home()), bed.keyring.keys(), project.names()), (Vec::new(), 0, vec![]));
}
