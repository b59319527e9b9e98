//! Settings that hold at once, and the report.

use std::fs;

use serde_json::{Value, json};
use spartan_fakes::{Fakes, Setup};

use crate::{
    keyring,
    page::FIRST_ACCOUNT,
    program::{Look, Program},
    tray::Host,
};

/// Asks as the page does, and waits for the answer.
const ASK: &str = "const [name, given, done] = arguments;
    __TAURI__.core.invoke(name, given).then((value) => done({ value }), (refusal) => done({ refusal }))";

#[tokio::test(flavor = "multi_thread")]
async fn what_is_chosen_holds_at_once_in_the_tray_the_file_and_the_system() {
    let desktop = keyring::start_desktop().await;
    let fakes = Fakes::start(Setup::default()).await;
    let host = Host::start(&desktop).await;
    let program = Program::start(&desktop, &fakes, Look::Light).await;
    program.sign_in(FIRST_ACCOUNT).await;
    host.until_told("aCurtis X89 · 3 h 59 min left").await;

    let chosen = json!({ "start_at_login": true, "clipboard_seconds": null, "notifications": false, "theme": "dark",
        "streaming": true, "log": "debug" });
    assert_eq!(ask(&program, "change_settings", json!({ "settings": chosen })).await, Value::Null);
    host.until_told("Account 1 · 3 h 59 min left").await;
    let entry = desktop.path("home/.config/autostart/app.spartantray.demo.desktop");
    assert!(entry.exists(), "the system starts it at login");
    let file = fs::read_to_string(desktop.path("home/.config/app.spartantray.demo/settings.toml"));
    let file = file.expect("there is a settings file");
    for line in ["start_at_login = true", "clipboard_seconds = 0", "theme = \"dark\"", "streaming = true"] {
        assert!(file.contains(line), "{file}");
    }

    let copied = ask(&program, "copy_as", json!({ "format": "token" })).await;
    assert_eq!(copied["clears_at"], Value::Null, "it stays for good");
    host.choose("Start at login").await;
    desktop.until("no entry for login", async || (!entry.exists()).then_some(())).await;
    host.choose("Copy Spartan token").await;
    host.until_told("Spartan token copied · good for 3 h 59 min").await;
    host.until_told("Account 1 · 3 h 59 min left").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_report_tells_how_things_are_and_nothing_private() {
    let desktop = keyring::start_desktop().await;
    let fakes = Fakes::start(Setup::default()).await;
    let program = Program::start(&desktop, &fakes, Look::Light).await;
    program.sign_in(FIRST_ACCOUNT).await;
    program.until_shown("aCurtis X89").await;
    let before = keyring::secrets(&desktop);

    let report = ask(&program, "diagnose", json!({})).await["text"].as_str().expect("a text").to_owned();
    for words in [
        "an entry was written, read and deleted",
        "there is one, up to 16 KB\nopens",
        "answers, and the clock here is right",
        "nothing shows its icon",
        "started version=",
    ] {
        assert!(report.contains(words), "{report}");
    }
    let home = desktop.path("home").display().to_string();
    for private in ["aCurtis", "v4=", "eyJ", home.as_str()] {
        assert!(!report.contains(private), "{private}: {report}");
    }
    assert_eq!(keyring::secrets(&desktop), before, "nothing stays in the keyring");

    let saved = ask(&program, "save_diagnostics", json!({ "text": report })).await;
    let path = saved["path"].as_str().expect("a path");
    assert_eq!(fs::read_to_string(path).expect("it was saved"), report);
}

async fn ask(program: &Program<'_>, name: &str, given: Value) -> Value {
    let answer = program.page.execute_async(ASK, vec![json!(name), given]).await.expect("the page answers");
    assert!(answer.get("refusal").is_none(), "{answer}");
    answer["value"].clone()
}
