//! The file itself: found, read as TOML, replaced whole under the lock.

use std::{
    fmt::Display,
    io::{self, ErrorKind},
    path::{Path, PathBuf},
    time::Duration,
};

use serde_json::{Map, Value};
use toml_edit::DocumentMut;

use crate::{
    error::{Cause, Error, Step},
    files::{self, Files, RealFiles},
    lock::Lock,
    places::Places,
};

/// What lies in the file's place.
pub(super) enum Found {
    /// No file.
    Nothing,
    /// A file that is TOML.
    Document(DocumentMut),
    /// A file that is not, and what the parser says.
    Foreign(String),
}

/// The lock is held for milliseconds, or while a keyring that hangs runs into its own limit.
const LOCK_LIMIT: Duration = Duration::from_secs(30);

pub(super) fn find(path: &Path) -> io::Result<Found> {
    let bytes = match RealFiles.read(path) {
        Ok((bytes, _)) => bytes,
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(Found::Nothing),
        Err(error) => return Err(error),
    };
    let Ok(text) = String::from_utf8(bytes) else { return Ok(Found::Foreign("it is no text".into())) };
    // The parser's full text quotes the file, where a person may have put a secret.
    let foreign = |error: toml_edit::TomlError| Found::Foreign(error.message().to_owned());
    Ok(text.parse().map_or_else(foreign, Found::Document))
}

/// Everything in the document, by key; or why it cannot be had.
pub(super) fn values(document: &DocumentMut) -> Result<Map<String, Value>, String> {
    toml_edit::de::from_document(document.clone())
        .map_err(|error: toml_edit::de::Error| format!("The settings file is not understood: {}.", error.message()))
}

/// Changes the document and keeps whatever else stands in it. A file that is no TOML is put aside first.
pub(super) async fn edit(places: &Places, change: impl FnOnce(&mut DocumentMut) + Send + 'static) -> Result<(), Error> {
    let lock = Lock::take(places.vault_lock(), LOCK_LIMIT).await?;
    let path = places.settings();
    // The lock goes along: it is free when the write is done, even where the caller is dropped.
    let written = tokio::task::spawn_blocking(move || {
        let _lock = lock;
        replace(&path, change)
    });
    written.await.map_err(unusable)?.map_err(unusable)
}

fn replace(path: &Path, change: impl FnOnce(&mut DocumentMut)) -> io::Result<()> {
    let (mut document, before) = match find(path)? {
        Found::Nothing => (DocumentMut::new(), None),
        Found::Document(document) => {
            let before = document.to_string();
            (document, Some(before))
        }
        Found::Foreign(_) => {
            RealFiles.rename(path, &aside(path))?;
            (DocumentMut::new(), None)
        }
    };
    change(&mut document);
    let after = document.to_string();
    if before.is_some_and(|before| before == after) {
        return Ok(());
    }
    RealFiles.make_folder(files::folder_of(path))?;
    files::replace_whole(&RealFiles, path, after.as_bytes())
}

/// `settings.toml.broken`, or with a number behind it where such files are there already.
fn aside(path: &Path) -> PathBuf {
    let named = |number: u32| {
        let mut name = path.as_os_str().to_owned();
        name.push(if number == 1 { ".broken".into() } else { format!(".broken-{number}") });
        PathBuf::from(name)
    };
    (1..1000).map(named).find(|name| !name.exists()).unwrap_or_else(|| named(1000))
}

fn unusable(why: impl Display) -> Error {
    Error::new(Step::Settings, Cause::Settings(why.to_string()))
}
