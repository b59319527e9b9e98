//! `[[keep]]`: the token files in the settings file.

use std::path::{Path, PathBuf};

use serde_json::Value;
use spartan_vault::{account::AccountId, settings_file};
use toml_edit::{DocumentMut, Item, Table};
use uuid::Uuid;

use super::{
    KEEP,
    edits::{take, write},
};
use crate::{
    error::EntryFlaw,
    format::Format,
    settings::{
        spelling,
        token_file::{FORMATS, TokenFile},
    },
};

/// Parses one entry.
pub(super) fn parse(entry: &Value) -> Result<TokenFile, EntryFlaw> {
    if !entry.is_object() {
        return Err(EntryFlaw::NoEntry);
    }
    let file = entry.get("file").map_or(Err(EntryFlaw::File), |file| whole_path(file, EntryFlaw::File))?;
    let link = entry.get("link").map(|link| whole_path(link, EntryFlaw::Link)).transpose()?;
    let format = format(entry).ok_or(EntryFlaw::Format)?;
    let account = account(entry).ok_or(EntryFlaw::Account)?;
    Ok(TokenFile { file, link, format, account })
}

/// Returns an entry's format, if it's one for token files.
pub(super) fn format(entry: &Value) -> Option<Format> {
    let format: Format = entry.get("format")?.as_str()?.parse().ok()?;
    FORMATS.contains(&format).then_some(format)
}

/// Returns an entry's account, if it's an ID.
pub(super) fn account(entry: &Value) -> Option<AccountId> {
    Uuid::try_parse(entry.get("account")?.as_str()?).ok().map(AccountId)
}

fn whole_path(value: &Value, flaw: EntryFlaw) -> Result<PathBuf, EntryFlaw> {
    let path = value.as_str().filter(|path| Path::new(path).is_absolute()).ok_or(flaw)?;
    if spelling::is_literal(path) { Ok(path.into()) } else { Err(EntryFlaw::Spelling) }
}

/// Whether the array can be written without losing what the user wrote under its key.
pub(super) fn is_list(document: &DocumentMut) -> bool {
    match document.get(KEEP) {
        None => true,
        Some(item) => item.clone().into_array_of_tables().is_ok(),
    }
}

pub(super) fn keep(document: &mut DocumentMut, token_file: &TokenFile) {
    if !is_list(document) {
        return;
    }
    let mut tables: Vec<Table> = take(document, KEEP).into_iter().collect();
    if !tables.iter().any(|table| is_of(table, &token_file.file)) {
        tables.push(Table::new());
    }
    let place = tables.iter().position(|table| is_of(table, &token_file.file)).unwrap_or(tables.len() - 1);
    fill(&mut tables[place], token_file);
    write(document, KEEP, tables.into_iter());
}

/// Removes the entries that are identical to `token_file`. A different entry for the same file is kept, to be reported.
pub(super) fn stop(document: &mut DocumentMut, token_file: &TokenFile) {
    if !is_list(document) {
        return;
    }
    let is_it = |table: &Table| read(table).is_ok_and(|known| known == *token_file);
    let others: Vec<Table> = take(document, KEEP).into_iter().filter(|table| !is_it(table)).collect();
    write(document, KEEP, others.into_iter());
}

fn read(table: &Table) -> Result<TokenFile, EntryFlaw> {
    let mut entry = serde_json::Map::new();
    for (key, item) in table {
        let text = item.as_str().map_or(Value::Null, Value::from);
        entry.insert(key.to_owned(), text);
    }
    parse(&entry.into())
}

fn is_of(table: &Table, file: &Path) -> bool {
    table.get("file").and_then(Item::as_str).is_some_and(|named| Path::new(named) == file)
}

fn fill(table: &mut Table, token_file: &TokenFile) {
    let text = |path: &Path| Value::from(path.to_string_lossy());
    settings_file::set(table, "file", &text(&token_file.file));
    match &token_file.link {
        Some(link) => settings_file::set(table, "link", &text(link)),
        None => drop(table.remove("link")),
    }
    settings_file::set(table, "format", &token_file.format.name().into());
    settings_file::set(table, "account", &token_file.account.0.to_string().into());
}
