//! The settings file: reading it as TOML, and replacing it as a whole under the lock.

use std::{
    io::{self, ErrorKind},
    path::Path,
    time::Duration,
};

use serde_json::{Map, Value};
use toml_edit::DocumentMut;

use crate::{
    error::{Error, SettingsCause},
    files::{self, Files, RealFiles},
    lock::Lock,
    paths::Paths,
};

/// What's at the file's path.
pub(super) enum Found {
    /// No file.
    Nothing,
    /// A valid TOML document.
    Document(DocumentMut),
    /// A file that isn't valid TOML, with the parser's message.
    Foreign(String),
}

/// The lock is held for milliseconds, or until a keyring that hangs reaches its own timeout.
const LOCK_LIMIT: Duration = Duration::from_secs(30);

pub(super) fn find(path: &Path) -> io::Result<Found> {
    let bytes = match RealFiles.read(path) {
        Ok((bytes, _)) => bytes,
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(Found::Nothing),
        Err(error) => return Err(error),
    };
    let Ok(text) = String::from_utf8(bytes) else { return Ok(Found::Foreign("it is no text".into())) };
    let foreign = |error: toml_edit::TomlError| Found::Foreign(said(&text, &error));
    Ok(text.parse().map_or_else(foreign, Found::Document))
}

/// Returns the file as text, whatever its content; empty if it can't be read.
pub(super) fn text(path: &Path) -> String {
    let bytes = RealFiles.read(path).map(|(bytes, _)| bytes).unwrap_or_default();
    if !bytes.starts_with(b"\xFF\xFE") {
        return String::from_utf8_lossy(&bytes).into_owned();
    }
    // A Windows editor may have saved it as UTF-16.
    let letters: Vec<u16> = bytes.chunks_exact(2).map(|pair| u16::from_le_bytes([pair[0], pair[1]])).collect();
    String::from_utf16_lossy(&letters)
}

/// Returns all values in the document by key. Fails with a description.
pub(super) fn values(document: &DocumentMut) -> Result<Map<String, Value>, String> {
    toml_edit::de::from_document(document.clone()).map_err(|error: toml_edit::de::Error| error.message().to_owned())
}

/// Returns the parser's message with the line number. The full text isn't used because it quotes the file, which may
/// contain a secret.
fn said(text: &str, error: &toml_edit::TomlError) -> String {
    let before = error.span().and_then(|span| text.get(..span.start));
    let line = before.map(|before| format!("line {}: ", before.matches('\n').count() + 1));
    line.unwrap_or_default() + &error.message().replace('\n', ", ")
}

/// Edits the document and keeps everything else in it. A file that isn't understood isn't changed, so that its key file
/// and token files aren't lost.
pub(super) async fn edit(places: &Paths, change: impl FnOnce(&mut DocumentMut) + Send + 'static) -> Result<(), Error> {
    let lock = Lock::take(places.vault_lock(), LOCK_LIMIT).await?;
    let path = places.settings();
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
    RealFiles.make_folder(files::folder_of(path))?;
    Ok(files::replace_whole(&RealFiles, path, after.as_bytes())?)
}
