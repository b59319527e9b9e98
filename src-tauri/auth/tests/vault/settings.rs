//! The settings file keeps what it is not asked to change.

use std::fs;

use spartan_auth::{
    azure_app::{AzureApp, Platform},
    error::{Cause, Step},
    settings::Settings,
};

use crate::bed::Bed;

fn app() -> AzureApp {
    let app = AzureApp::parse("12345678-1234-1234-1234-123456789abc", "http://localhost:8400/x").unwrap();
    AzureApp { secret: Some("hush".into()), platform: Platform::Live, ..app }
}

fn set(bed: &Bed, text: &str) {
    fs::create_dir_all(bed.places().data()).unwrap();
    fs::write(bed.places().settings(), text).unwrap();
}

#[tokio::test]
async fn the_last_app_comes_back_without_its_secret() {
    let bed = Bed::new();
    assert!(Settings::read(&bed.places()).unwrap().app.is_none());
    Settings { app: Some(app()) }.write(&bed.places()).await.unwrap();
    let read = Settings::read(&bed.places()).unwrap().app.unwrap();
    assert_eq!(
        (read.client_id, read.redirect_uri, read.platform),
        (app().client_id, app().redirect_uri, Platform::Live)
    );
    assert!(read.secret.is_none());
    assert!(!fs::read_to_string(bed.places().settings()).unwrap().contains("hush"));
}

#[tokio::test]
async fn what_this_version_does_not_know_is_kept() {
    let bed = Bed::new();
    set(
        &bed,
        "later = 1\n[app]\nclient_id = \"12345678-1234-1234-1234-123456789abd\"\nredirect_uri = \"http://localhost\"\nnote = \"mine\"\n[window]\nwidth = 440\n",
    );
    assert_eq!(Settings::read(&bed.places()).unwrap().app.unwrap().platform, Platform::Consumers);
    Settings { app: Some(app()) }.write(&bed.places()).await.unwrap();
    let table: toml::Table = fs::read_to_string(bed.places().settings()).unwrap().parse().unwrap();
    assert_eq!(table["later"].as_integer(), Some(1));
    assert_eq!(table["window"]["width"].as_integer(), Some(440));
    assert_eq!(table["app"]["note"].as_str(), Some("mine"));
    assert_eq!(table["app"]["client_id"].as_str(), Some("12345678-1234-1234-1234-123456789abc"));
}

#[tokio::test]
async fn a_file_that_cannot_be_understood_is_said_and_left_alone() {
    for text in [
        "[app\nsecret = \"hush\"",
        "app = \"hush\"",
        "[app]\nclient_id = \"hush\"\nredirect_uri = \"http://localhost\"",
        "[app]\nclient_id = \"12345678-1234-1234-1234-123456789abc\"\nredirect_uri = \"https://hush.example\"",
        "[app]\nclient_id = \"12345678-1234-1234-1234-123456789abc\"\nredirect_uri = \"http://localhost\"\nplatform = 3",
    ] {
        let bed = Bed::new();
        set(&bed, text);
        let read = Settings::read(&bed.places()).unwrap_err();
        let write = Settings { app: Some(app()) }.write(&bed.places()).await.unwrap_err();
        for error in [read, write] {
            assert_eq!(error.step, Step::Settings);
            assert!(matches!(error.cause, Cause::Settings(_)), "{error:?}");
        }
        assert_eq!(fs::read_to_string(bed.places().settings()).unwrap(), text);
    }
}

#[tokio::test]
async fn a_parsers_complaint_does_not_quote_the_file() {
    let bed = Bed::new();
    set(&bed, "[app]\nsecret = hush\n");
    let error = Settings::read(&bed.places()).unwrap_err();
    assert!(!format!("{error:?}").contains("hush"), "{error:?}");
}

#[cfg(unix)]
#[tokio::test]
async fn the_settings_are_the_persons_own() {
    use std::os::unix::fs::PermissionsExt;
    let bed = Bed::new();
    Settings { app: Some(app()) }.write(&bed.places()).await.unwrap();
    let mode = fs::metadata(bed.places().settings()).unwrap().permissions().mode();
    assert_eq!(mode & 0o777, 0o600);
}
