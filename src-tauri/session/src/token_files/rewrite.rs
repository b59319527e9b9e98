//! Replacing a file that another program may be writing too.

use std::{
    io::ErrorKind,
    path::{Path, PathBuf},
};

use spartan_vault::fs::{
    files::{self, Files, Stamp},
    permissions,
};

use crate::error::{OpenTo, TokenFileCause};

/// How often another program may write the file between being read and being replaced here.
const ROUNDS: u32 = 5;

/// Replaces a file's contents with the result of `change`; `None` means no file. Returns whether anything was changed.
///
/// The replacement is atomic: at any moment, the path refers to all the old bytes or all the new ones, in a file that
/// only the user can open. Only for the holder of the lock: the temporary file has a fixed name, so that a crash leaves
/// at most one, which the next call deletes.
pub(super) fn rewrite(
    files: &dyn Files,
    file: &Path,
    change: impl Fn(&[u8]) -> Result<Option<Vec<u8>>, TokenFileCause>,
) -> Result<bool, TokenFileCause> {
    let (between, refused) = (between(file), |error| TokenFileCause::of_io(file, &error));
    // What's in the way is at the temporary file's path, not the file's own.
    files::remove_if_there(files, &between).map_err(|error| TokenFileCause::of_io(&between, &error))?;
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
        // The first error is the one to report; the next call deletes the temporary file.
        let _ = files.remove(&between);
        replaced.map_err(refused)?;
    }
    Err(TokenFileCause::Busy)
}

/// Returns a file's contents and stamp, if it exists.
pub(super) fn read(files: &dyn Files, file: &Path) -> Result<(Option<Vec<u8>>, Option<Stamp>), TokenFileCause> {
    match files.read(file) {
        Ok((bytes, stamp)) => Ok((Some(bytes), Some(stamp))),
        Err(error) if error.kind() == ErrorKind::NotFound => Ok((None, None)),
        Err(error) => Err(TokenFileCause::of_io(file, &error)),
    }
}

/// Returns who else has access to a file, if it exists.
pub(super) fn open_to(file: &Path) -> Option<OpenTo> {
    permissions::of_file_at(file).ok()?.open_to
}

/// Replaces the file and returns `true`, unless another program has written it since it was read.
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
    // As late as possible, because an editor that saves in between would lose its changes.
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

/// Returns the path of the temporary file. No other program uses this name, and patterns such as `.env*` match it too.
fn between(file: &Path) -> PathBuf {
    let mut name = file.as_os_str().to_owned();
    name.push(".spartan-tray-new");
    name.into()
}
