//! `[[keep]]`: the files that are kept fresh, as they stand in the settings file.

use std::path::{Path, PathBuf};

use serde::Deserialize;
use serde_json::Value;
use toml_edit::{DocumentMut, Item, Table};
use uuid::Uuid;

use super::{
    KEEP,
    edits::{set, take, write},
};
use crate::{account::AccountId, format::Format, kept::KeptFile};

/// One of `[[keep]]`.
#[derive(Deserialize)]
struct SavedFile {
    file: PathBuf,
    link: Option<PathBuf>,
    format: String,
    account: Uuid,
}

pub(super) fn parse(kept: Value) -> Option<KeptFile> {
    let SavedFile { file, link, format, account } = serde_json::from_value(kept).ok()?;
    let format: Format = format.parse().ok()?;
    let is_whole = file.is_absolute() && link.as_ref().is_none_or(|link| link.is_absolute());
    is_whole.then_some(KeptFile { file, link, format, account: AccountId(account) })
}

pub(super) fn keep(document: &mut DocumentMut, kept: &KeptFile) {
    let mut tables: Vec<Table> = take(document, KEEP).into_iter().collect();
    if !tables.iter().any(|table| is_of(table, &kept.file)) {
        tables.push(Table::new());
    }
    let place = tables.iter().position(|table| is_of(table, &kept.file)).unwrap_or(tables.len() - 1);
    fill(&mut tables[place], kept);
    write(document, KEEP, tables.into_iter());
}

pub(super) fn stop(document: &mut DocumentMut, file: &Path) {
    let others: Vec<Table> = take(document, KEEP).into_iter().filter(|table| !is_of(table, file)).collect();
    write(document, KEEP, others.into_iter());
}

fn is_of(table: &Table, file: &Path) -> bool {
    table.get("file").and_then(Item::as_str).is_some_and(|named| Path::new(named) == file)
}

fn fill(table: &mut Table, kept: &KeptFile) {
    let text = |path: &Path| Value::from(path.to_string_lossy());
    set(table, "file", &text(&kept.file));
    match &kept.link {
        Some(link) => set(table, "link", &text(link)),
        None => drop(table.remove("link")),
    }
    set(table, "format", &kept.format.name().into());
    set(table, "account", &kept.account.0.to_string().into());
}
