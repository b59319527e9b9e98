//! Deleting the items: under the vault's lock, first the files, then the vaults' keys, and the locks last.

use std::{
    fs,
    io::{self, ErrorKind},
    path::{Path, PathBuf},
    sync::Arc,
    time::Duration,
};

use spartan_vault::{
    fs::{
        files::{RealFiles, folder_of},
        lock::Lock,
    },
    key::key_place::KeyPlace,
    keyring::{Interaction, Keyring},
    vault::sealed::VaultId,
};

use super::{Left, Purge, Thing, Why, WithoutKeyring, handler, registry};
use crate::{
    error::{Cause, Error, KeyCause, TokenFileCause, VaultCause},
    token_files::{Named, TokenFiles},
};

/// Another process holds the vault's lock for milliseconds.
const LIMIT: Duration = Duration::from_secs(30);
/// The limit for a program that's quitting: a process that holds the lock for longer is creating something new.
const LIMIT_AT_THE_END: Duration = Duration::from_secs(2);

/// How often to check for files left by the webview's processes, which may still write while the program quits.
const LOOKS: u32 = 4;
const PAUSE: Duration = Duration::from_millis(100);

/// Deletes every item that's `wanted`.
pub(super) async fn all(
    purge: &Purge,
    without_keyring: WithoutKeyring,
    wanted: impl Fn(&Thing) -> bool,
) -> Result<Vec<Left>, Error> {
    // Otherwise, what the settings refer to would never be deleted: the key, and tokens in token files.
    purge.keys.known()?;
    let keyring = match &purge.keys {
        KeyPlace::Keyring(keyring) if without_keyring == WithoutKeyring::Stop => Some(keyring),
        _ => None,
    };
    if let Some(keyring) = keyring {
        let things = purge.list().map_err(VaultCause::from)?;
        reach(keyring, &things.iter().filter_map(id_of).collect::<Vec<_>>()).await?;
    }
    // Before taking the lock, under which their entries are removed.
    let kept = TokenFiles::of(purge.paths.clone(), Arc::new(RealFiles)).let_go_of_all().await?;
    // Taking the lock creates its folder, which doesn't exist if there's nothing to delete.
    let is_there = purge.paths.data().exists();
    let lock = if is_there { Some(Lock::take(purge.paths.vault_lock(), LIMIT).await?) } else { None };
    let mut things = purge.list().map_err(VaultCause::from)?;
    let named = stay_named(purge, &mut things, !kept.is_empty());
    things.retain(wanted);
    let (keys, rest): (Vec<Thing>, Vec<Thing>) = things.into_iter().partition(|thing| matches!(thing, Thing::Key(_)));
    let keys: Vec<VaultId> = keys.iter().filter_map(id_of).collect();
    if let Some(keyring) = keyring {
        reach(keyring, &keys).await?;
    }
    let stays = |(entry, error): (Named, Error)| Left { thing: named_by(purge, entry), why: Why::Error(own(error)) };
    let mut left: Vec<Left> = kept.into_iter().map(stays).chain(named).collect();
    // Delete locks last: a process that takes one in the meantime finds the rest deleted.
    let (locks, files): (Vec<Thing>, Vec<Thing>) = rest.into_iter().partition(is_lock);
    left.extend(files.into_iter().filter_map(remove));
    if let KeyPlace::Keyring(keyring) = &purge.keys {
        // A vault that couldn't be deleted may contain the only copy of a sign-in, and needs its key.
        let stays = purge
            .vaults()
            .map_err(VaultCause::from)?
            .iter()
            .filter_map(|vault| purge.key_of(vault))
            .collect::<Vec<_>>();
        let keys: Vec<VaultId> = keys.into_iter().filter(|id| !stays.contains(&Thing::Key(*id))).collect();
        left.extend(take_out(keyring, &keys, without_keyring).await);
    }
    left.extend(locks.into_iter().filter_map(remove));
    drop(lock);
    for folder in folders(purge) {
        leave(&folder);
    }
    Ok(left)
}

/// Deletes what the tray app held, unless there's anything else under the vault's lock, because something new was then
/// created.
pub(super) async fn held(purge: &Purge) -> Result<Vec<Left>, Error> {
    let lock = Lock::take(purge.paths.vault_lock(), LIMIT_AT_THE_END).await?;
    let things = purge.list().map_err(VaultCause::from)?;
    if things.iter().any(|thing| !purge.is_held(thing)) {
        return Ok(Vec::new());
    }
    let (locks, rest): (Vec<Thing>, Vec<Thing>) = things.into_iter().partition(is_lock);
    let mut left: Vec<Left> = rest.into_iter().filter_map(remove).collect();
    for _ in 0..LOOKS {
        tokio::time::sleep(PAUSE).await;
        let late = purge.list().map_err(VaultCause::from)?;
        left = late.into_iter().filter(|thing| !is_lock(thing) && purge.is_held(thing)).filter_map(remove).collect();
    }
    left.extend(locks.into_iter().filter_map(remove));
    drop(lock);
    for folder in folders(purge) {
        leave(&folder);
    }
    Ok(left)
}

/// Keeps the settings while tokens may be in a token file, because they list it for the next attempt.
fn stay_named(purge: &Purge, things: &mut Vec<Thing>, is_left: bool) -> Option<Left> {
    let settings = Thing::File(purge.paths.settings());
    let names_one = is_left || things.iter().any(|thing| matches!(thing, Thing::TokenFile(_)));
    if !names_one || !things.contains(&settings) {
        return None;
    }
    things.retain(|thing| *thing != settings);
    Some(Left { thing: settings, why: Why::NamesFiles })
}

/// Returns why a file's tokens couldn't be deleted, without the file, which is named beside it.
fn own(error: Error) -> Error {
    match error.cause {
        Cause::TokenFile(TokenFileCause::Left { why, .. }) => (*why).into(),
        cause => Error { cause, ..error },
    }
}

fn named_by(purge: &Purge, named: Named) -> Thing {
    match named {
        Named::File(kept) => Thing::TokenFile(kept.file),
        Named::Entry(entry) => Thing::Unclear(entry),
        Named::Settings => Thing::File(purge.paths.settings()),
    }
}

/// Verifies that the keyring allows each key to be deleted. Unlocks it on behalf of the user.
async fn reach(keyring: &Keyring, keys: &[VaultId]) -> Result<(), KeyCause> {
    for id in keys {
        keyring.ready(*id, Interaction::Allowed).await?;
    }
    Ok(())
}

async fn take_out(keyring: &Keyring, keys: &[VaultId], without_keyring: WithoutKeyring) -> Vec<Left> {
    let asked = match without_keyring {
        WithoutKeyring::Stop => Interaction::Allowed,
        WithoutKeyring::GoOn => Interaction::Forbidden,
    };
    let mut left = Vec::new();
    for id in keys {
        if let Err(cause) = keyring.remove(*id, asked).await {
            left.push(Left { thing: Thing::Key(*id), why: Why::Error(cause.into()) });
        }
    }
    left
}

fn remove(thing: Thing) -> Option<Left> {
    let removed = match &thing {
        Thing::File(path) => fs::remove_file(path),
        Thing::Folder(path) => fs::remove_dir_all(path),
        Thing::Lines { list, about } => shorten(list, about),
        Thing::Registered { key, value } => registry::remove(key, value.as_deref()),
        // These have been deleted by now, or are reported.
        Thing::Key(_) | Thing::TokenFile(_) | Thing::Unclear(_) => Ok(()),
    };
    match removed {
        Err(error) if error.kind() != ErrorKind::NotFound => Some(Left { thing, why: Why::Io(error) }),
        _ => None,
    }
}

/// Edits the list in place, so that a link to it is kept, as are its permissions.
fn shorten(list: &Path, about: &str) -> io::Result<()> {
    handler::without(&fs::read_to_string(list)?, about).map_or(Ok(()), |shorter| fs::write(list, shorter))
}

/// Returns the folders that the program created. A folder that the user set for everything belongs to them.
fn folders(purge: &Purge) -> Vec<PathBuf> {
    let log = purge.paths.log();
    let own =
        [purge.paths.data().to_owned(), folder_of(&purge.paths.settings()).to_owned(), folder_of(&log).to_owned()];
    let own = own.into_iter().filter(|folder| folder.ends_with(purge.paths.identifier()));
    std::iter::once(log.clone()).chain(own).collect()
}

/// Deletes a folder if it's empty. Anything in it belongs to another program.
fn leave(folder: &Path) {
    match fs::remove_dir(folder) {
        Ok(()) => {}
        Err(error) if error.kind() == ErrorKind::NotFound => {}
        Err(error) => tracing::info!(%error, "a folder stays"),
    }
}

fn is_lock(thing: &Thing) -> bool {
    matches!(thing, Thing::File(path) if path.extension().is_some_and(|extension| extension == "lock"))
}

const fn id_of(thing: &Thing) -> Option<VaultId> {
    match thing {
        Thing::Key(id) => Some(*id),
        Thing::File(_) | Thing::Folder(_) | Thing::Lines { .. } | Thing::Registered { .. } => None,
        Thing::TokenFile(_) | Thing::Unclear(_) => None,
    }
}
