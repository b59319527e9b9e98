//! The settings file, which the user can view and edit; it contains no secret.

mod choices;
mod edits;
mod keep;
pub(crate) mod spelling;
pub mod token_file;
mod unclear;

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use spartan_auth::{
    azure_app::{AzureApp, Platform},
    plain,
};
use spartan_vault::{
    fs::paths::Paths,
    settings_file::{self, Found},
    vault::finished,
};
use uuid::Uuid;

pub use self::choices::{Choices, ClipboardSeconds, LogLevel, Theme};
use crate::{
    environment::LINK_SCHEME,
    error::{Error, TokenFileCause},
    settings::token_file::{TokenFile, UnclearEntry},
};

/// The contents of the settings file. Serialized as the choices and the problems for display on a page.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Settings {
    /// The user's choices, or the defaults.
    #[serde(flatten)]
    pub choices: Choices,
    /// The Azure apps used to sign in, most recently used first, without those that have a secret.
    #[serde(skip)]
    pub apps: Vec<AzureApp>,
    /// The token files.
    #[serde(skip)]
    pub kept: Vec<TokenFile>,
    /// Entries for token files that aren't understood.
    #[serde(skip)]
    pub unclear: Vec<UnclearEntry>,
    /// Which parts of the file aren't understood, and what applies instead; each is one or two sentences.
    pub problems: Vec<String>,
}

/// The valid values of each key, in words.
const TAKES: [(&str, &str); 6] = [
    ("start_at_login", "true or false"),
    ("clipboard_seconds", "a number from 10 to 600, or 0 for never"),
    ("notifications", "true or false"),
    ("theme", "\"system\", \"light\" or \"dark\""),
    ("streaming", "true or false"),
    ("log", "\"error\", \"warn\", \"info\" or \"debug\""),
];

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
    pub fn read(places: &Paths) -> Settings {
        let usual = |why| {
            let problem = format!(
                "The settings file is not understood ({why}), so every setting is as usual, and none can be changed before \
                 it is mended."
            );
            Settings { problems: vec![problem], ..Settings::default() }
        };
        settings_file::read(&places.settings()).map_or_else(usual, Settings::of)
    }

    /// Reads the file without blocking the caller's thread: a disk may be slow.
    pub(crate) async fn read_beside(places: &Paths) -> Settings {
        let places = places.clone();
        let read: Result<Settings, Error> =
            finished(tokio::task::spawn_blocking(move || Settings::read(&places)).await);
        // It fails only if the program ends.
        read.unwrap_or_default()
    }

    /// Returns the token files. Fails if they're unknown.
    pub(crate) fn kept(places: &Paths) -> Result<Vec<TokenFile>, TokenFileCause> {
        let values = settings_file::read(&places.settings()).map_err(|why| TokenFileCause::Unlisted { why })?;
        Ok(Settings::of(values).kept)
    }

    /// Returns the entries for token files that aren't understood. If the file isn't valid TOML, returns whatever looks
    /// like one.
    pub(crate) fn unclear(places: &Paths) -> Vec<UnclearEntry> {
        let file = places.settings();
        settings_file::read(&file)
            .map_or_else(|_| unclear::scan(&settings_file::text(&file)), |values| Settings::of(values).unclear)
    }

    /// Whether a token file can be added without losing what the user wrote under `keep`.
    pub(crate) fn takes_kept(places: &Paths) -> bool {
        !matches!(settings_file::find(&places.settings()), Ok(Found::Document(document)) if !keep::is_list(&document))
    }

    /// The app that was last used to sign in.
    #[must_use]
    pub fn last_app(&self) -> Option<&AzureApp> {
        self.apps.first()
    }

    /// Writes the user's changes. Everything else in the file is kept, including comments.
    pub async fn choose(places: &Paths, choices: Choices) -> Result<(), Error> {
        Ok(settings_file::edit(places, move |document| edits::choose(document, &choices)).await?)
    }

    /// Moves a just-used app to the front. The file stores no secrets, so an app with a secret is removed instead,
    /// because it couldn't be used without it.
    pub async fn remember(places: &Paths, app: &AzureApp) -> Result<(), Error> {
        let app = app.clone();
        Ok(settings_file::edit(places, move |document| edits::remember(document, &app)).await?)
    }

    /// Changes an app in place, if it's in the file.
    pub async fn amend(places: &Paths, app: &AzureApp) -> Result<(), Error> {
        let app = app.clone();
        Ok(settings_file::edit(places, move |document| edits::amend(document, &app)).await?)
    }

    /// Removes an app.
    pub async fn forget(places: &Paths, client_id: Uuid) -> Result<(), Error> {
        Ok(settings_file::edit(places, move |document| edits::forget(document, client_id)).await?)
    }

    /// Adds a token file, or replaces its entry.
    pub(crate) async fn keep(places: &Paths, kept: &TokenFile) -> Result<(), Error> {
        let kept = kept.clone();
        Ok(settings_file::edit(places, move |document| keep::keep(document, &kept)).await?)
    }

    /// Removes a token file's entry.
    pub(crate) async fn stop_keeping(places: &Paths, kept: &TokenFile) -> Result<(), Error> {
        let kept = kept.clone();
        Ok(settings_file::edit(places, move |document| keep::stop(document, &kept)).await?)
    }

    fn of(values: Map<String, Value>) -> Settings {
        let mut settings = Settings::default();
        for (key, value) in values {
            let understood = match TAKES.iter().find(|(known, _)| *known == key) {
                Some((known, takes)) => settings.set(known, takes, &value),
                None if key == APPS => settings.add_apps(value),
                None if key == settings_file::KEY_FILE => {
                    settings_file::key_file_in(&value).map(drop).map_err(|why| format!("In the settings file {why}."))
                }
                None if key == KEEP => {
                    let (kept, unclear) = unclear::list(&value);
                    settings.kept = kept;
                    settings.unclear.extend(unclear);
                    Ok(())
                }
                None => settings.add_misnamed(&key, &value),
            };
            settings.problems.extend(understood.err());
        }
        settings.problems.extend(settings.unclear.iter().map(|entry| entry.to_string().replace(char::is_control, " ")));
        settings
    }

    fn set(&mut self, key: &str, takes: &str, value: &Value) -> Result<(), String> {
        let usual = choices(&Choices::default()).remove(key).unwrap_or_default();
        let mut all = choices(&self.choices);
        all.insert(key.to_owned(), from_file(value));
        self.choices = serde_json::from_value(all.into()).map_err(|_| {
            format!("The setting \"{key}\" is not understood, so {} holds. It takes {takes}.", in_file(&usual))
        })?;
        Ok(())
    }

    fn add_apps(&mut self, value: Value) -> Result<(), String> {
        let Value::Array(apps) = value else {
            return Err("\"apps\" in the settings file is no list of apps, so none is known.".into());
        };
        let mut left_out = 0;
        for app in apps {
            match parse(app) {
                Some(app) if self.apps.iter().any(|known| known.client_id == app.client_id) => {}
                Some(app) => self.apps.push(app),
                None => left_out += 1,
            }
        }
        if left_out == 0 {
            return Ok(());
        }
        Err(format!(
            "{left_out} of the apps in the settings file cannot be used: each needs a client_id and a redirect_uri that \
             this program can receive, and its platform is \"consumers\" or \"live\"."
        ))
    }

    fn add_misnamed(&mut self, key: &str, value: &Value) -> Result<(), String> {
        let unclear = unclear::misnamed(key, value);
        if unclear.is_empty() {
            return Err(format!("The settings file has \"{}\", which is no setting.", plain::code(key)));
        }
        self.unclear.extend(unclear);
        Ok(())
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
    fn every_choice_says_what_it_takes() {
        let mut keys: Vec<_> = choices(&Choices::default()).into_iter().map(|(key, _)| key).collect();
        let mut known = TAKES.map(|(key, _)| key);
        keys.sort();
        known.sort_unstable();
        assert_eq!(keys, known);
    }

    #[test]
    fn as_json_it_is_the_choices_and_the_problems() {
        let settings = Settings { problems: vec!["It is odd.".into()], ..Settings::default() };
        let expected = serde_json::json!({
            "start_at_login": false,
            "clipboard_seconds": 60,
            "notifications": true,
            "theme": "system",
            "streaming": false,
            "log": "info",
            "problems": ["It is odd."],
        });
        assert_eq!(serde_json::to_value(settings).unwrap(), expected);
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
