//! The settings file, which the user can view and edit; it contains no secret.

mod choices;
mod edits;
mod keep;
mod problem;
pub(crate) mod spelling;
pub mod token_file;
mod unclear;

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use spartan_auth::azure_app::{AzureApp, Platform};
use spartan_vault::{
    fs::paths::Paths,
    settings_file::{self, Found},
    vault::finished,
};
use uuid::Uuid;

pub use self::{
    choices::{Choices, ClipboardSeconds, LogLevel, Theme},
    problem::{Setting, SettingsProblem},
};
use crate::{
    environment::LINK_SCHEME,
    error::{Error, TokenFileCause},
    settings::token_file::{TokenFile, UnclearEntry},
};

/// The contents of the settings file.
#[derive(Clone, Debug, Default)]
pub struct Settings {
    /// The user's choices, or the defaults.
    pub choices: Choices,
    /// The Azure apps used to sign in, most recently used first, without those that have a secret.
    pub apps: Vec<AzureApp>,
    /// The token files.
    pub token_files: Vec<TokenFile>,
    /// What isn't understood.
    pub problems: Vec<SettingsProblem>,
}

/// The key for the apps.
const APPS: &str = "apps";
/// The key for the token files.
const KEEP: &str = "keep";

/// An entry of `[[apps]]`.
#[derive(Serialize, Deserialize)]
struct SavedApp {
    client_id: Uuid,
    redirect_uri: String,
    #[serde(default)]
    platform: Platform,
}

impl Settings {
    /// Reads the file. Settings that are missing or not understood have their defaults.
    #[must_use]
    pub fn read(paths: &Paths) -> Settings {
        let usual = |flaw| Settings { problems: vec![SettingsProblem::File(flaw)], ..Settings::default() };
        settings_file::read(&paths.settings()).map_or_else(usual, Settings::of)
    }

    /// Reads the file without blocking the caller's thread: a disk may be slow.
    pub(crate) async fn read_beside(paths: &Paths) -> Settings {
        let paths = paths.clone();
        let read: Result<Settings, Error> = finished(tokio::task::spawn_blocking(move || Settings::read(&paths)).await);
        // It fails only if the program ends.
        read.unwrap_or_default()
    }

    /// Returns the token files. Fails if they're unknown.
    pub(crate) fn token_files(paths: &Paths) -> Result<Vec<TokenFile>, TokenFileCause> {
        let values = settings_file::read(&paths.settings()).map_err(|why| TokenFileCause::Unlisted { why })?;
        Ok(Settings::of(values).token_files)
    }

    /// Returns the entries for token files that aren't understood. If the file isn't valid TOML, returns whatever looks
    /// like one.
    pub(crate) fn unclear(paths: &Paths) -> Vec<UnclearEntry> {
        let file = paths.settings();
        settings_file::read(&file)
            .map_or_else(|_| unclear::scan(&settings_file::text(&file)), |values| Settings::of(values).into_unclear())
    }

    /// Whether a token file can be added without losing what the user wrote under `keep`.
    pub(crate) fn takes_kept(paths: &Paths) -> bool {
        !matches!(settings_file::find(&paths.settings()), Ok(Found::Document(document)) if !keep::is_list(&document))
    }

    /// The app that was last used to sign in.
    #[must_use]
    pub fn last_app(&self) -> Option<&AzureApp> {
        self.apps.first()
    }

    /// Writes the user's changes. Everything else in the file is kept, including comments.
    pub async fn choose(paths: &Paths, choices: Choices) -> Result<(), Error> {
        Ok(settings_file::edit(paths, move |document| edits::choose(document, &choices)).await?)
    }

    /// Moves a just-used app to the front. The file stores no secrets, so an app with a secret is removed instead,
    /// because it couldn't be used without it.
    pub async fn remember(paths: &Paths, app: &AzureApp) -> Result<(), Error> {
        let app = app.clone();
        Ok(settings_file::edit(paths, move |document| edits::remember(document, &app)).await?)
    }

    /// Changes an app in place, if it's in the file.
    pub async fn amend(paths: &Paths, app: &AzureApp) -> Result<(), Error> {
        let app = app.clone();
        Ok(settings_file::edit(paths, move |document| edits::amend(document, &app)).await?)
    }

    /// Removes an app.
    pub async fn forget(paths: &Paths, client_id: Uuid) -> Result<(), Error> {
        Ok(settings_file::edit(paths, move |document| edits::forget(document, client_id)).await?)
    }

    /// Adds a token file, or replaces its entry.
    pub(crate) async fn keep(paths: &Paths, token_file: &TokenFile) -> Result<(), Error> {
        let token_file = token_file.clone();
        Ok(settings_file::edit(paths, move |document| keep::keep(document, &token_file)).await?)
    }

    /// Removes a token file's entry.
    pub(crate) async fn stop_keeping(paths: &Paths, token_file: &TokenFile) -> Result<(), Error> {
        let token_file = token_file.clone();
        Ok(settings_file::edit(paths, move |document| keep::stop(document, &token_file)).await?)
    }

    fn of(values: Map<String, Value>) -> Settings {
        let (mut settings, mut entries) = (Settings::default(), Vec::new());
        for (key, value) in values {
            let understood = match Setting::ALL.into_iter().find(|setting| setting.key() == key) {
                Some(setting) => settings.set(setting, &value),
                None if key == APPS => settings.add_apps(value),
                None if key == settings_file::KEY_FILE => {
                    settings_file::key_file_in(&value).map(drop).map_err(|_| SettingsProblem::KeyFile)
                }
                None if key == KEEP => {
                    let (token_files, unclear) = unclear::list(&value);
                    settings.token_files = token_files;
                    entries.extend(unclear);
                    Ok(())
                }
                None => match unclear::misnamed(&key, &value) {
                    unclear if unclear.is_empty() => Err(SettingsProblem::Unknown { key }),
                    unclear => {
                        entries.extend(unclear);
                        Ok(())
                    }
                },
            };
            settings.problems.extend(understood.err());
        }
        settings.problems.extend(entries.into_iter().map(SettingsProblem::Entry));
        settings
    }

    /// Returns the entries for token files that aren't understood.
    fn into_unclear(self) -> Vec<UnclearEntry> {
        let entry = |problem| if let SettingsProblem::Entry(entry) = problem { Some(entry) } else { None };
        self.problems.into_iter().filter_map(entry).collect()
    }

    fn set(&mut self, setting: Setting, value: &Value) -> Result<(), SettingsProblem> {
        let usual = choices(&Choices::default()).remove(setting.key()).unwrap_or_default();
        let mut all = choices(&self.choices);
        all.insert(setting.key().to_owned(), from_file(value));
        let not_understood = |_| SettingsProblem::Value { setting, usual: in_file(&usual) };
        self.choices = serde_json::from_value(all.into()).map_err(not_understood)?;
        Ok(())
    }

    fn add_apps(&mut self, value: Value) -> Result<(), SettingsProblem> {
        let Value::Array(apps) = value else { return Err(SettingsProblem::NoApps) };
        let mut left_out = 0;
        for app in apps {
            match parse(app) {
                Some(app) if self.apps.iter().any(|known| known.client_id == app.client_id) => {}
                Some(app) => self.apps.push(app),
                None => left_out += 1,
            }
        }
        if left_out == 0 { Ok(()) } else { Err(SettingsProblem::Apps { left_out }) }
    }
}

impl From<&AzureApp> for SavedApp {
    fn from(app: &AzureApp) -> SavedApp {
        SavedApp { client_id: app.client_id, redirect_uri: app.redirect_uri.as_str().into(), platform: app.platform }
    }
}

fn parse(app: Value) -> Option<AzureApp> {
    let saved: SavedApp = serde_json::from_value(app).ok()?;
    let app = AzureApp::parse_with(&saved.client_id.to_string(), &saved.redirect_uri, Some(LINK_SCHEME)).ok()?;
    Some(AzureApp { platform: saved.platform, ..app })
}

/// Returns the choices by key, in JSON form.
fn choices(choices: &Choices) -> Map<String, Value> {
    match serde_json::to_value(choices) {
        Ok(Value::Object(all)) => all,
        _ => Map::new(),
    }
}

/// Converts 0, which means never in the file, to `null`, which TOML doesn't have.
fn from_file(value: &Value) -> Value {
    if value.as_i64() == Some(0) { Value::Null } else { value.clone() }
}

fn in_file(value: &Value) -> Value {
    if value.is_null() { 0.into() } else { value.clone() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_choice_is_a_setting() {
        let mut keys: Vec<_> = choices(&Choices::default()).into_iter().map(|(key, _)| key).collect();
        let mut known = Setting::ALL.map(Setting::key);
        keys.sort();
        known.sort_unstable();
        assert_eq!(keys, known);
    }

    #[test]
    fn a_page_can_choose_no_delay_outside_of_ten_seconds_to_ten_minutes() {
        let chosen = |seconds: Value| {
            let mut all = choices(&Choices::default());
            all.insert("clipboard_seconds".into(), seconds);
            serde_json::from_value::<Choices>(all.into()).map(|choices| choices.clipboard_seconds.map(u16::from))
        };
        assert_eq!(chosen(10.into()).unwrap(), Some(10));
        assert_eq!(chosen(600.into()).unwrap(), Some(600));
        assert_eq!(chosen(Value::Null).unwrap(), None);
        for outside in [0, 9, 601, -1, 70_000] {
            assert!(chosen(outside.into()).is_err(), "{outside}");
        }
    }
}
