//! The settings file: what a person may see and change, and no secret.

mod choices;
mod edits;
mod file;
mod keep;
mod unclear;

use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use uuid::Uuid;

pub use self::choices::{Choices, ClipboardSeconds, LogLevel, Theme};
use self::file::Found;
use crate::{
    azure_app::{AzureApp, Platform},
    error::{self, Error, KeptCause, SettingsCause},
    places::Places,
    token_file::{KeptFile, UnclearEntry},
};

/// What the settings file says. As JSON it is the choices and the problems, as a page shows them.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Settings {
    /// What the person chose, or what is usual.
    #[serde(flatten)]
    pub choices: Choices,
    /// The Azure apps that were signed in through, the last used first, without those that have a secret.
    #[serde(skip)]
    pub apps: Vec<AzureApp>,
    /// The files that are kept fresh.
    #[serde(skip)]
    pub kept: Vec<KeptFile>,
    /// Entries that should name such a file but aren't understood.
    #[serde(skip)]
    pub unclear: Vec<UnclearEntry>,
    /// What of the file is not understood, and what holds in its place; each a sentence or two.
    pub problems: Vec<String>,
}

/// What each key takes, in words.
const TAKES: [(&str, &str); 6] = [
    ("start_at_login", "true or false"),
    ("clipboard_seconds", "a number from 10 to 600, or 0 for never"),
    ("notifications", "true or false"),
    ("theme", "\"system\", \"light\" or \"dark\""),
    ("streaming", "true or false"),
    ("log", "\"error\", \"warn\", \"info\" or \"debug\""),
];

/// The key of the key file.
const KEY_FILE: &str = "key_file";

/// The key of the apps.
const APPS: &str = "apps";
/// The key of the kept files.
const KEEP: &str = "keep";

/// One of `[[apps]]`.
#[derive(Serialize, Deserialize)]
struct SavedApp {
    client_id: Uuid,
    redirect_uri: String,
    #[serde(default)]
    platform: Platform,
}

impl Settings {
    /// Reads the file; what it does not say, or says in a way that is not understood, is as usual.
    #[must_use]
    pub fn read(places: &Places) -> Settings {
        let usual = |why| {
            let problem = format!(
                "The settings file is not understood ({why}), so every setting is as usual, and none can be changed before \
                 it is mended."
            );
            Settings { problems: vec![problem], ..Settings::default() }
        };
        in_file_at(&places.settings()).map_or_else(usual, Settings::of)
    }

    /// The file that the person chose for the vault's key, `None` where they chose none; an error where that is not known.
    pub fn key_file(places: &Places) -> Result<Option<PathBuf>, SettingsCause> {
        let file = places.settings();
        let named = in_file_at(&file).and_then(|values| values.get(KEY_FILE).map(key_file).transpose());
        named.map_err(|why| SettingsCause::NotUnderstood { file, why })
    }

    /// The files that are kept fresh; an error where that is not known.
    pub(crate) fn kept(places: &Places) -> Result<Vec<KeptFile>, KeptCause> {
        let values = in_file_at(&places.settings()).map_err(|why| KeptCause::Unlisted { why })?;
        Ok(Settings::of(values).kept)
    }

    /// Returns the entries that should name kept files but aren't understood; without valid TOML, whatever seems to.
    pub(crate) fn unclear(places: &Places) -> Vec<UnclearEntry> {
        let file = places.settings();
        in_file_at(&file).map_or_else(|_| unclear::scan(&file::text(&file)), |values| Settings::of(values).unclear)
    }

    /// Whether a kept file can be added without losing what a person wrote under `keep`.
    pub(crate) fn takes_kept(places: &Places) -> bool {
        !matches!(file::find(&places.settings()), Ok(Found::Document(document)) if !keep::is_list(&document))
    }

    /// The app that was last used to sign in.
    #[must_use]
    pub fn last_app(&self) -> Option<&AzureApp> {
        self.apps.first()
    }

    /// Writes what the person changed; whatever else stands in the file stays, comments included.
    pub async fn choose(places: &Places, choices: Choices) -> Result<(), Error> {
        file::edit(places, move |document| edits::choose(document, &choices)).await
    }

    /// Puts an app that was just used before the others. One with a secret is not kept, because the file holds none and
    /// the app could not be used without: such an app is taken out.
    pub async fn remember(places: &Places, app: &AzureApp) -> Result<(), Error> {
        let app = app.clone();
        file::edit(places, move |document| edits::remember(document, &app)).await
    }

    /// Changes an app in its place; one that is not there is left out.
    pub async fn amend(places: &Places, app: &AzureApp) -> Result<(), Error> {
        let app = app.clone();
        file::edit(places, move |document| edits::amend(document, &app)).await
    }

    /// Has the vault's key be in that file from now on.
    pub async fn keep_key_in(places: &Places, file: &Path) -> Result<(), Error> {
        let Some(path) = file.to_str().map(String::from) else {
            return Err(SettingsCause::Unnameable.into());
        };
        file::edit(places, move |document| edits::keep_key_in(document, &path)).await
    }

    /// Takes an app out.
    pub async fn forget(places: &Places, client_id: Uuid) -> Result<(), Error> {
        file::edit(places, move |document| edits::forget(document, client_id)).await
    }

    /// Names a file that is kept fresh, in the place of its entry where it has one.
    pub(crate) async fn keep(places: &Places, kept: &KeptFile) -> Result<(), Error> {
        let kept = kept.clone();
        file::edit(places, move |document| keep::keep(document, &kept)).await
    }

    /// Takes the entry of a kept file out.
    pub(crate) async fn stop_keeping(places: &Places, kept: &KeptFile) -> Result<(), Error> {
        let kept = kept.clone();
        file::edit(places, move |document| keep::stop(document, &kept)).await
    }

    fn of(values: Map<String, Value>) -> Settings {
        let mut settings = Settings::default();
        for (key, value) in values {
            let understood = match TAKES.iter().find(|(known, _)| *known == key) {
                Some((known, takes)) => settings.set(known, takes, &value),
                None if key == APPS => settings.add_apps(value),
                None if key == KEY_FILE => {
                    key_file(&value).map(drop).map_err(|why| format!("In the settings file {why}."))
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
            return Err(format!("The settings file has \"{}\", which is no setting.", error::plain(key)));
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

/// Everything in a settings file, by key: nothing where there is no file, and why where it is not understood.
fn in_file_at(path: &Path) -> Result<Map<String, Value>, String> {
    match file::find(path) {
        Ok(Found::Nothing) => Ok(Map::new()),
        Ok(Found::Document(document)) => file::values(&document),
        Ok(Found::Foreign(why)) => Err(why),
        Err(error) => Err(format!("it cannot be read, {}", error.kind())),
    }
}

/// A name that is not whole is one all the same: what reads the key says so, and puts none anywhere else.
fn key_file(value: &Value) -> Result<PathBuf, String> {
    let named = value.as_str().filter(|named| !named.is_empty());
    named.map(PathBuf::from).ok_or_else(|| "the setting \"key_file\" takes the whole path of a file".into())
}

fn parse(app: Value) -> Option<AzureApp> {
    let saved: SavedApp = serde_json::from_value(app).ok()?;
    let app = AzureApp::parse(&saved.client_id.to_string(), &saved.redirect_uri).ok()?;
    Some(AzureApp { platform: saved.platform, ..app })
}

/// The choices by key, as JSON has them.
fn choices(choices: &Choices) -> Map<String, Value> {
    match serde_json::to_value(choices) {
        Ok(Value::Object(all)) => all,
        _ => Map::new(),
    }
}

/// TOML knows no `null`, so that the file says 0 for never.
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
