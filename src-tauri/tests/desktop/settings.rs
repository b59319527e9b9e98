//! Settings that take effect at once, and the report.

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
    __TAURI__.core.invoke(name, { args: given }).then((value) => done({ value }), (refusal) => done({ refusal }))";

/// Subscribes as the page does when it opens, requests what may name somebody, and returns what arrives.
const SUBSCRIBE: &str = "const [done] = arguments;
    const { Channel, invoke } = __TAURI__.core;
    const heard = [];
    const channels = {};
    for (const name of ['channel', 'requests', 'accounts', 'settings', 'removal', 'ends']) {
        channels[name] = new Channel();
        channels[name].onmessage = (told) => heard.push([name, told]);
    }
    const asks = [['subscribe', channels], ['apps', {}], ['edit_app', { args: { client_id: 'aCurtis X89', redirect_uri: '', platform: 'live' } }]];
    const asked = asks.map(([name, given]) => invoke(name, given).then((told) => heard.push([name, told]), (told) => heard.push([name, told])));
    Promise.all(asked).then(() => setTimeout(() => done(JSON.stringify(heard)), 500));";

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
    assert_eq!(copied["clears_in_ms"], Value::Null, "it stays for good");
    host.choose("Start at login").await;
    desktop.until("no entry for login", async || (!entry.exists()).then_some(())).await;
    host.choose("Copy Spartan token").await;
    host.until_told("Spartan token copied · good for 3 h 59 min").await;
    host.until_told("Account 1 · 3 h 59 min left").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn while_streaming_the_page_gets_no_gamertag_and_no_xuid() {
    let desktop = keyring::start_desktop().await;
    let fakes = Fakes::start(Setup::default()).await;
    let program = Program::signed_in(&desktop, &fakes, Look::Light).await;
    assert!(names_somebody(&program.read().await), "nothing is hidden before");

    program.press("More").await;
    program.press("Settings").await;
    program.choose("Streaming").await;
    program.press("Back").await;
    program.until_shown("Gamertag and XUID are hidden").await;
    program.until_shown("Account 1").await;
    let told = heard(&program).await;
    assert!(told.contains("Account 1") && !names_somebody(&told), "{told}");

    program.quit().await;
    let program = Program::start(&desktop, &fakes, Look::Light).await;
    program.until_shown("Account 1").await;
    for place in program.content().await {
        assert!(!names_somebody(&place.content), "{}: {}", place.name, place.content);
    }
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

/// Returns everything that the page receives when it opens: by itself, on request, and in a refusal.
async fn heard(program: &Program<'_>) -> String {
    let told = program.page.execute_async(SUBSCRIBE, Vec::new()).await.expect("the page answers");
    told.as_str().expect("it's text").to_owned()
}

fn names_somebody(told: &str) -> bool {
    ["aCurtis", "X89", "2533274855333605"].iter().any(|name| told.contains(name))
}

async fn ask(program: &Program<'_>, name: &str, given: Value) -> Value {
    let answer = program.page.execute_async(ASK, vec![json!(name), given]).await.expect("the page answers");
    assert!(answer.get("refusal").is_none(), "{answer}");
    answer["value"].clone()
}
