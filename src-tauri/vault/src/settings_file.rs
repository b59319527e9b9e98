//! The settings file: reading it as TOML, and replacing it as a whole under the lock.

use std::{
    io::{self, ErrorKind},
    path::{Path, PathBuf},
    time::Duration,
};

use serde_json::{Map, Value};
use toml_edit::{DocumentMut, Table, value};

use crate::{
    error::{Error, SettingsCause, SettingsFlaw},
    fs::{
        files::{self, Files, RealFiles},
        lock::Lock,
        paths::Paths,
    },
};

/// What's at the file's path.
#[derive(Debug)]
pub enum Found {
    /// No file.
    Nothing,
    /// A valid TOML document.
    Document(DocumentMut),
    /// A file that isn't valid TOML.
    Foreign(SettingsFlaw),
}

/// The key of the setting for the key file.
pub const KEY_FILE: &str = "key_file";

/// The lock is held for milliseconds, or until a keyring that hangs reaches its own timeout.
const LOCK_LIMIT: Duration = Duration::from_secs(30);

/// Reads the file.
pub fn find(path: &Path) -> io::Result<Found> {
    let bytes = match RealFiles.read(path) {
        Ok((bytes, _)) => bytes,
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(Found::Nothing),
        Err(error) => return Err(error),
    };
    let Ok(text) = String::from_utf8(bytes) else { return Ok(Found::Foreign(SettingsFlaw::NotText)) };
    let foreign = |error: toml_edit::TomlError| Found::Foreign(flaw(&text, &error));
    Ok(text.parse().map_or_else(foreign, Found::Document))
}

/// Returns all values in a settings file by key; none if there's no file. Fails if the file isn't understood.
pub fn read(path: &Path) -> Result<Map<String, Value>, SettingsFlaw> {
    match find(path) {
        Ok(Found::Nothing) => Ok(Map::new()),
        Ok(Found::Document(document)) => values(&document),
        Ok(Found::Foreign(why)) => Err(why),
        Err(error) => Err(SettingsFlaw::Io { kind: error.kind() }),
    }
}

/// Returns the file as text, whatever its content; empty if it can't be read.
#[must_use]
pub fn text(path: &Path) -> String {
    let bytes = RealFiles.read(path).map(|(bytes, _)| bytes).unwrap_or_default();
    if !bytes.starts_with(b"\xFF\xFE") {
        return String::from_utf8_lossy(&bytes).into_owned();
    }
    // A Windows editor may have saved it as UTF-16.
    let letters: Vec<u16> = bytes.chunks_exact(2).map(|pair| u16::from_le_bytes([pair[0], pair[1]])).collect();
    String::from_utf16_lossy(&letters)
}

/// Returns all values in the document by key. Fails if the document isn't understood.
pub fn values(document: &DocumentMut) -> Result<Map<String, Value>, SettingsFlaw> {
    let flaw = |error: toml_edit::de::Error| SettingsFlaw::Syntax { line: None, parser: error.message().to_owned() };
    toml_edit::de::from_document(document.clone()).map_err(flaw)
}

/// Returns the parser's message and the line number. The full text isn't used because it quotes the file, which may
/// contain a secret.
fn flaw(text: &str, error: &toml_edit::TomlError) -> SettingsFlaw {
    let before = error.span().and_then(|span| text.get(..span.start));
    let line = before.map(|before| before.matches('\n').count() + 1);
    SettingsFlaw::Syntax { line, parser: error.message().replace('\n', ", ") }
}

/// Edits the document and keeps everything else in it. A file that isn't understood isn't changed, so that its key file
/// and token files aren't lost.
pub async fn edit(paths: &Paths, change: impl FnOnce(&mut DocumentMut) + Send + 'static) -> Result<(), Error> {
    let lock = Lock::take(paths.vault_lock(), LOCK_LIMIT).await?;
    let path = paths.settings();
    // The write owns the lock, which is held until it's done even if the caller is dropped.
    let written = tokio::task::spawn_blocking(move || {
        let _lock = lock;
        replace(&path, change)
    });
    Ok(written.await.map_err(|error| SettingsCause::from(io::Error::other(error)))??)
}

fn replace(path: &Path, change: impl FnOnce(&mut DocumentMut)) -> Result<(), SettingsCause> {
    let (mut document, before) = match find(path)? {
        Found::Nothing => (DocumentMut::new(), None),
        Found::Document(document) => {
            let before = document.to_string();
            (document, Some(before))
        }
        Found::Foreign(why) => return Err(SettingsCause::NotUnderstood { file: path.into(), why }),
    };
    change(&mut document);
    let after = document.to_string();
    if before.is_some_and(|before| before == after) {
        return Ok(());
    }
    // A link stays: programs that manage dotfiles make them.
    let path = files::behind_link(path)?;
    RealFiles.make_folder(files::folder_of(&path))?;
    Ok(files::replace_whole(&RealFiles, &path, after.as_bytes())?)
}

/// Sets a key and keeps the comment beside it.
pub fn set(table: &mut Table, key: &str, new: &Value) {
    let mut item = match new {
        Value::Bool(yes) => value(*yes),
        Value::Number(number) => value(number.as_i64().unwrap_or_default()),
        text => value(text.as_str().unwrap_or_default()),
    };
    let Some(old) = table.get_mut(key) else {
        table.insert(key, item);
        return;
    };
    if let (Some(old), Some(new)) = (old.as_value(), item.as_value_mut()) {
        *new.decor_mut() = old.decor().clone();
    }
    *old = item;
}

/// Returns the key file that the user chose, `None` if they chose none. Fails if this is unknown.
pub fn key_file(paths: &Paths) -> Result<Option<PathBuf>, SettingsCause> {
    let file = paths.settings();
    let named = read(&file).and_then(|values| values.get(KEY_FILE).map(key_file_in).transpose());
    named.map_err(|why| SettingsCause::NotUnderstood { file, why })
}

/// Saves the path of the vault's key file.
pub async fn keep_key_in(paths: &Paths, file: &Path) -> Result<(), Error> {
    let Some(path) = file.to_str().map(String::from) else {
        return Err(SettingsCause::Unnameable.into());
    };
    edit(paths, move |document| set(document.as_table_mut(), KEY_FILE, &path.into())).await
}

/// Parses the path of the key file. A path that isn't absolute is returned too: reading the key reports it, and no key
/// is created anywhere else.
pub fn key_file_in(value: &Value) -> Result<PathBuf, SettingsFlaw> {
    let named = value.as_str().filter(|named| !named.is_empty());
    named.map(PathBuf::from).ok_or(SettingsFlaw::KeyFile)
}
