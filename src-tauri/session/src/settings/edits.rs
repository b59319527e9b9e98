//! Edits of the settings document; each changes only what it's about.

use spartan_auth::azure_app::{AzureApp, Platform};
use spartan_vault::settings_file;
use toml_edit::{ArrayOfTables, DocumentMut, Item, Table};
use uuid::Uuid;

use super::{APPS, Choices, SavedApp, Settings, choices, in_file};

/// Writes each key whose value has changed. A value that isn't understood is kept until its key is changed.
pub(super) fn choose(document: &mut DocumentMut, chosen: &Choices) {
    let before = settings_file::values(document).map(Settings::of).unwrap_or_default();
    let before = choices(&before.choices);
    for (key, new) in choices(chosen) {
        if before.get(&key) != Some(&new) {
            settings_file::set(document.as_table_mut(), &key, &in_file(&new));
        }
    }
}

pub(super) fn remember(document: &mut DocumentMut, app: &AzureApp) {
    let (before, others) = part(document, app.client_id);
    let first = app.secret.is_none().then(|| with(before.unwrap_or_default(), app));
    write(document, APPS, first.into_iter().chain(others));
}

pub(super) fn amend(document: &mut DocumentMut, app: &AzureApp) {
    if app.secret.is_some() {
        return forget(document, app.client_id);
    }
    let amended = |table| if is_of(&table, app.client_id) { with(table, app) } else { table };
    let apps: Vec<_> = take(document, APPS).into_iter().map(amended).collect();
    write(document, APPS, apps.into_iter());
}

pub(super) fn forget(document: &mut DocumentMut, client_id: Uuid) {
    let (_, others) = part(document, client_id);
    write(document, APPS, others.into_iter());
}

/// Returns an app's entry, and all others in their order.
fn part(document: &mut DocumentMut, client_id: Uuid) -> (Option<Table>, Vec<Table>) {
    let (own, others): (Vec<_>, _) = take(document, APPS).into_iter().partition(|table| is_of(table, client_id));
    (own.into_iter().next(), others)
}

/// Removes and returns all tables of an array.
pub(super) fn take(document: &mut DocumentMut, key: &str) -> ArrayOfTables {
    let tables = document.remove(key).unwrap_or_default();
    tables.into_array_of_tables().unwrap_or_default()
}

/// Inserts tables as an array.
pub(super) fn write(document: &mut DocumentMut, key: &str, tables: impl Iterator<Item = Table>) {
    let tables: ArrayOfTables = tables.map(anywhere).collect();
    if !tables.is_empty() {
        document.insert(key, Item::ArrayOfTables(tables));
    }
}

/// Clears the table's original position in the file, where it would otherwise be written again.
fn anywhere(mut table: Table) -> Table {
    table.set_position(None);
    table
}

fn is_of(table: &Table, client_id: Uuid) -> bool {
    let named = table.get("client_id").and_then(Item::as_str).and_then(|named| Uuid::try_parse(named).ok());
    named == Some(client_id)
}

fn with(mut table: Table, app: &AzureApp) -> Table {
    let saved = SavedApp::from(app);
    let platform = match saved.platform {
        Platform::Consumers => "consumers",
        Platform::Live => "live",
    };
    for (key, text) in [
        ("client_id", saved.client_id.to_string()),
        ("redirect_uri", saved.redirect_uri),
        ("platform", platform.to_owned()),
    ] {
        settings_file::set(&mut table, key, &text.into());
    }
    table
}
