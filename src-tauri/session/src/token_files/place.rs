//! A token file's actual location, and whether a token may be written there.

use std::{
    fs,
    io::{self, ErrorKind},
    path::{Path, PathBuf},
};

use spartan_vault::fs::{
    paths::Paths,
    permissions::{self, Owner},
};

use crate::{error::TokenFileCause, settings::token_file::TokenFile};

/// The maximum number of links, the same as operating systems follow.
const LINKS: u32 = 40;

/// Returns a file's path with every link resolved. The file itself doesn't have to exist.
pub(super) fn find(named: &Path) -> Result<PathBuf, TokenFileCause> {
    let mut file = named.to_path_buf();
    for _ in 0..LINKS {
        let not_a_file = || TokenFileCause::NotAFile { file: file.clone() };
        let (folder, name) = file.parent().zip(file.file_name()).ok_or_else(not_a_file)?;
        let whole = dunce::canonicalize(folder).map_err(|error| no_folder(folder, &error))?.join(name);
        // A process's open file, such as `/dev/stdout`: after a replacement, its writer would keep writing to the old
        // file.
        if whole.starts_with("/proc") {
            return Err(TokenFileCause::NotAFile { file: named.into() });
        }
        match fs::symlink_metadata(&whole) {
            Ok(metadata) if metadata.is_symlink() => {
                let leads_to = fs::read_link(&whole).map_err(|error| TokenFileCause::of_io(&whole, &error))?;
                file = whole.parent().unwrap_or(folder).join(leads_to);
            }
            Ok(_) => return Ok(whole),
            Err(error) if error.kind() == ErrorKind::NotFound => return Ok(whole),
            Err(error) => return Err(TokenFileCause::of_io(&whole, &error)),
        }
    }
    Err(TokenFileCause::NotAFile { file: named.into() })
}

/// Fails if a token may not be written to the file at the moment.
pub(super) fn check(token_file: &TokenFile, paths: &Paths) -> Result<(), TokenFileCause> {
    let file = &token_file.file;
    if let Some(link) = &token_file.link {
        check_way(link, file)?;
    }
    check_at(file, paths)
}

/// Does the same for a path without links.
pub(super) fn check_at(file: &Path, paths: &Paths) -> Result<(), TokenFileCause> {
    check_file(file)?;
    let folder = file.parent().unwrap_or(Path::new("/"));
    if let Some(ours) = paths.folders().into_iter().find(|ours| is_within(folder, ours)) {
        return Err(TokenFileCause::OurFolder { folder: ours.into() });
    }
    folder.ancestors().try_for_each(check_folder)
}

/// Fails if another user can replace a file in this folder.
fn check_folder(folder: &Path) -> Result<(), TokenFileCause> {
    let refused = |to| TokenFileCause::OthersCanWrite { folder: folder.into(), to };
    let rights = permissions::of_folder(folder).map_err(|error| TokenFileCause::of_io(folder, &error))?;
    rights.replaceable_by().map_or(Ok(()), |by| Err(refused(by)))
}

/// Fails if the path leads through a link now, or if there's a file that isn't a regular one of the user's. The links
/// through which the user specified it don't matter.
pub(super) fn check_file(file: &Path) -> Result<(), TokenFileCause> {
    check_way(file, file)?;
    match fs::symlink_metadata(file) {
        Ok(metadata) if !metadata.is_file() => Err(TokenFileCause::NotAFile { file: file.into() }),
        Ok(_) => check_owner(file),
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(()),
        Err(error) => Err(TokenFileCause::of_io(file, &error)),
    }
}

fn check_owner(file: &Path) -> Result<(), TokenFileCause> {
    match permissions::of_file_at(file).map_err(|error| TokenFileCause::of_io(file, &error))?.owner {
        Owner::Me => Ok(()),
        Owner::System | Owner::Another => Err(TokenFileCause::OfAnotherUser { file: file.into() }),
    }
}

/// Fails if the path no longer leads to the same file as at setup.
fn check_way(named: &Path, file: &Path) -> Result<(), TokenFileCause> {
    if find(named)? == *file { Ok(()) } else { Err(TokenFileCause::LinkChanged { file: named.into() }) }
}

fn is_within(folder: &Path, ours: &Path) -> bool {
    // The program's folder may not exist yet; if so, nothing is in it.
    folder.starts_with(dunce::canonicalize(ours).unwrap_or_else(|_| ours.into()))
}

fn no_folder(folder: &Path, error: &io::Error) -> TokenFileCause {
    match error.kind() {
        ErrorKind::NotFound | ErrorKind::NotADirectory => TokenFileCause::NoFolder { folder: folder.into() },
        _ => TokenFileCause::of_io(folder, error),
    }
}
