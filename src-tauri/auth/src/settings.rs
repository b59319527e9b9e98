//! The settings file: what a person may see and change, and no secret.

use std::{fmt::Display, io::ErrorKind, path::Path, time::Duration};

use serde::{Deserialize, Serialize};
use toml::Table;
use uuid::Uuid;

use crate::{
    azure_app::{AzureApp, Platform},
    error::{Cause, Error, Step},
    files::{self, Files, RealFiles},
    lock::Lock,
    places::Places,
};

/// What the settings file says.
#[derive(Clone, Debug, Default)]
pub struct Settings {
    /// The app that was last used to sign in, without its secret.
    pub app: Option<AzureApp>,
}

/// `[app]` in the file.
#[derive(Serialize, Deserialize)]
struct SavedApp {
    client_id: Uuid,
    redirect_uri: String,
    #[serde(default)]
    platform: Platform,
}

/// The lock is held for milliseconds, or while a keyring that hangs runs into its own limit.
const LOCK_LIMIT: Duration = Duration::from_secs(30);

impl Settings {
    /// Reads the file; where there is none, nothing is set.
    pub fn read(places: &Places) -> Result<Settings, Error> {
        Settings::from_table(&table(&places.settings())?)
    }

    /// Writes these settings into the file and keeps whatever else stands there; one that cannot be read is left alone.
    pub async fn write(&self, places: &Places) -> Result<(), Error> {
        let lock = Lock::take(places.vault_lock(), LOCK_LIMIT).await?;
        let (settings, path) = (self.clone(), places.settings());
        // The lock goes along: it is free when the write is done, even where the caller is dropped.
        let written = tokio::task::spawn_blocking(move || {
            let _lock = lock;
            settings.merge_into(&path)
        });
        written.await.map_err(unusable)?
    }

    fn from_table(table: &Table) -> Result<Settings, Error> {
        let Some(app) = table.get("app") else { return Ok(Settings::default()) };
        let saved: SavedApp = app.clone().try_into().map_err(|error: toml::de::Error| unusable(error.message()))?;
        let app = AzureApp::parse(&saved.client_id.to_string(), &saved.redirect_uri).map_err(unusable)?;
        Ok(Settings { app: Some(AzureApp { platform: saved.platform, ..app }) })
    }

    fn merge_into(&self, path: &Path) -> Result<(), Error> {
        let mut all = table(path)?;
        // A value that this version does not understand may be a later version's.
        Settings::from_table(&all)?;
        match &self.app {
            Some(app) => {
                let ours = Table::try_from(SavedApp::from(app)).map_err(unusable)?;
                let app = all.entry("app").or_insert_with(|| Table::new().into());
                app.as_table_mut().into_iter().for_each(|app| app.extend(ours.clone()));
            }
            None => drop(all.remove("app")),
        }
        RealFiles
            .make_folder(files::folder_of(path))
            .and_then(|()| files::replace_whole(&RealFiles, path, all.to_string().as_bytes()))
            .map_err(unusable)
    }
}

impl From<&AzureApp> for SavedApp {
    fn from(app: &AzureApp) -> SavedApp {
        SavedApp { client_id: app.client_id, redirect_uri: app.redirect_uri.as_str().into(), platform: app.platform }
    }
}

fn table(path: &Path) -> Result<Table, Error> {
    let bytes = match RealFiles.read(path) {
        Ok((bytes, _)) => bytes,
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(Table::new()),
        Err(error) => return Err(unusable(error)),
    };
    // The parser's full text quotes the file, where a person may have put a secret.
    String::from_utf8(bytes).map_err(unusable)?.parse().map_err(|error: toml::de::Error| unusable(error.message()))
}

fn unusable(why: impl Display) -> Error {
    Error::new(Step::Settings, Cause::Settings(why.to_string()))
}
