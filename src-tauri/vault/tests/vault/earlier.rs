//! A vault as an earlier build wrote it, with an error that it kept as sentences.
//!
//! `earlier/vault` holds one account of the mock services, whose last renewal was refused with 503.

use std::{fs, sync::Arc};

use serde_json::{Value, json};
use spartan_vault::{
    account::Contents,
    fs::{files::RealFiles, paths::Paths},
    key::key_file::KeyFile,
    keyring::Interaction,
    vault::Vault,
};

const VAULT: &[u8] = include_bytes!("earlier/vault");
const KEY: &str = include_str!("earlier/key");

async fn opened() -> Contents {
    let folder = tempfile::tempdir().unwrap();
    let home = dunce::canonicalize(folder.path()).unwrap();
    let paths = Paths::of("app.example", Some(home.join("home"))).unwrap();
    fs::create_dir(home.join("home")).unwrap();
    fs::write(paths.vault(), VAULT).unwrap();
    fs::write(home.join("key"), KEY).unwrap();
    #[cfg(unix)]
    fs::set_permissions(home.join("key"), std::os::unix::fs::PermissionsExt::from_mode(0o600)).unwrap();
    let vault = Vault::new(paths, KeyFile::at(home.join("key")), Arc::new(RealFiles));
    vault.read(Interaction::Forbidden).await.unwrap()
}

#[tokio::test]
async fn an_earlier_builds_accounts_are_intact_and_its_last_error_is_forgotten() {
    let contents = opened().await;
    let [account] = &contents.accounts[..] else { panic!("one account: {}", contents.accounts.len()) };
    assert_eq!(account.gamertag(), Some("aCurtis X89"));
    assert!(account.tokens.refresh.is_some() && account.tokens.spartan.is_some() && account.clock_error.is_some());
    assert!(account.wait.is_none() && account.tried.is_some());
    assert_eq!(account.last_error, None);
}

/// Errors as earlier builds wrote them, whole and damaged.
fn troubles() -> Vec<Value> {
    let whole = json!({
        "key": "http.503", "what": "It isn't available.", "todo": "Try again.", "details": "step: Spartan",
        "button": { "act": "renew", "label": "Try now", "link": null },
    });
    let with = |name: &str, value: Value| {
        let mut changed = whole.clone();
        changed[name] = value;
        changed
    };
    let without = |name: &str| {
        let mut changed = whole.clone();
        changed.as_object_mut().unwrap().remove(name);
        changed
    };
    vec![
        whole.clone(),
        without("key"),
        without("what"),
        without("todo"),
        without("button"),
        without("details"),
        with("key", json!(null)),
        with("key", json!("")),
        with("key", json!("oauth.invalid_grant")),
        with("key", json!(503)),
        with("what", json!(["a"])),
        with("button", json!(null)),
        with("button", json!({ "act": "sign_in", "label": "Sign in again", "link": null })),
        with("button", json!({ "act": "open_link", "label": "x", "link": "https://www.xbox.com/" })),
        with("button", json!({ "act": "unheard_of" })),
        with("details", json!({})),
        with("later", json!(true)),
        json!(null),
        json!({}),
        json!("a sentence"),
    ]
}

#[tokio::test]
async fn whatever_an_earlier_build_kept_of_its_last_error_harms_no_account() {
    let contents = serde_json::to_value(opened().await).unwrap();
    assert_eq!(troubles().len(), 20);
    for trouble in troubles() {
        let mut earlier = contents.clone();
        earlier["accounts"][0]["last_trouble"] = trouble.clone();
        let read: Contents = serde_json::from_value(earlier).unwrap_or_else(|error| panic!("{trouble}: {error}"));
        assert_eq!(read.accounts[0].last_error, None, "{trouble}");
        assert_eq!(serde_json::to_value(read).unwrap(), contents, "{trouble}");
    }
}
