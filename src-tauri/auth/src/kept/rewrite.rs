//! Replacing a file of somebody who may be writing it, too.

use std::{
    io::ErrorKind,
    path::{Path, PathBuf},
};

use crate::{
    error::{KeptCause, OpenTo},
    files::{self, Files, Stamp},
    permissions,
};

/// How often somebody else may write the file between our reading and our writing.
const ROUNDS: u32 = 5;

/// Replaces a file by what `change` makes of it, `None` being no file; gives whether it was another before.
///
/// At any moment, its name leads to either all the old bytes or all the new ones, in a file that only the person can open.
/// Only for the holder of the lock: the file in between has one fixed name, so that a crash leaves at most one behind,
/// which the next call clears away.
pub(super) fn rewrite(
    files: &dyn Files,
    file: &Path,
    change: impl Fn(&[u8]) -> Result<Option<Vec<u8>>, KeptCause>,
) -> Result<bool, KeptCause> {
    let (between, refused) = (between(file), |error| KeptCause::of_io(file, &error));
    files::remove_if_there(files, &between).map_err(refused)?;
    for _ in 0..ROUNDS {
        let (before, seen) = read(files, file)?;
        let after = change(before.as_deref().unwrap_or_default())?;
        if before == after && open_to(file).is_none() {
            return Ok(false);
        }
        let replaced = replace(files, file, after.as_deref(), seen, &between);
        if replaced.as_ref().is_ok_and(|replaced| *replaced) {
            return Ok(true);
        }
        // The first error is the one to tell; what stays behind is cleared next time.
        let _ = files.remove(&between);
        replaced.map_err(refused)?;
    }
    Err(KeptCause::Busy)
}

/// What a file holds, where there is one.
pub(super) fn read(files: &dyn Files, file: &Path) -> Result<(Option<Vec<u8>>, Option<Stamp>), KeptCause> {
    match files.read(file) {
        Ok((bytes, stamp)) => Ok((Some(bytes), Some(stamp))),
        Err(error) if error.kind() == ErrorKind::NotFound => Ok((None, None)),
        Err(error) => Err(KeptCause::of_io(file, &error)),
    }
}

/// Who else can open a file, if it exists.
pub(super) fn open_to(file: &Path) -> Option<OpenTo> {
    permissions::of_file_at(file).ok()?.open_to
}

/// Whether it was done: not where somebody else has written the file since it was seen.
fn replace(
    files: &dyn Files,
    file: &Path,
    after: Option<&[u8]>,
    seen: Option<Stamp>,
    between: &Path,
) -> std::io::Result<bool> {
    if let Some(after) = after {
        files.write_new(between, after)?;
        files.sync(between)?;
    }
    // As late as can be: an editor that saves in between would lose what it saved.
    if files.stamp(file).ok() != seen {
        return Ok(false);
    }
    match after {
        Some(_) => files.rename(between, file)?,
        None => files.remove(file)?,
    }
    files.sync_folder(files::folder_of(file))?;
    Ok(true)
}

/// A name that nobody else uses; what matches `.env*` matches it, too.
fn between(file: &Path) -> PathBuf {
    let mut name = file.as_os_str().to_owned();
    name.push(".spartan-tray-new");
    name.into()
}
