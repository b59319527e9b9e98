//! Permissions on Unix: modes, owners and groups.

use std::{
    fs::{self, DirBuilder, File, Metadata, OpenOptions},
    io,
    os::unix::fs::{DirBuilderExt, MetadataExt, OpenOptionsExt},
    path::Path,
};

use super::{FileRights, FolderRights, Others, Owner};
use crate::error::OpenTo;

const ROOT: u32 = 0;
const STICKY: u32 = 0o1000;

/// Creates a file that only the user can read, and opens it for writing. Fails if it exists.
pub fn create_new(path: &Path) -> io::Result<File> {
    OpenOptions::new().write(true).create_new(true).mode(0o600).open(path)
}

/// Opens a file; creates one that only the user can read if there is none.
pub fn open_or_create(options: &OpenOptions, path: &Path) -> io::Result<File> {
    options.clone().create(true).truncate(false).mode(0o600).open(path)
}

/// Creates a folder that only the user can access.
pub fn create_folder(path: &Path) -> io::Result<()> {
    DirBuilder::new().mode(0o700).create(path)
}

/// Returns the owner of the file or folder at this path, following links.
pub fn owner(path: &Path) -> io::Result<Owner> {
    Ok(owner_of(&fs::metadata(path)?, me()))
}

/// Returns other users' access to an open file.
pub fn of_file(file: &File) -> io::Result<FileRights> {
    Ok(file_rights(&file.metadata()?))
}

/// Returns other users' access to the file at this path, without following a link.
pub fn of_file_at(path: &Path) -> io::Result<FileRights> {
    Ok(file_rights(&fs::symlink_metadata(path)?))
}

/// Returns other users' access to a folder.
pub fn of_folder(path: &Path) -> io::Result<FolderRights> {
    let folder = fs::metadata(path)?;
    let is_mine_alone = |group| has_one_member(&read("/etc/group"), &read("/etc/passwd"), group, me());
    let others = others_in(folder.mode(), folder.gid(), is_mine_alone);
    Ok(FolderRights::of(owner_of(&folder, me()), others))
}

fn file_rights(file: &Metadata) -> FileRights {
    let mode = file.mode() & 0o7777;
    let open_to = (mode & 0o077 != 0).then_some(OpenTo::Mode(mode));
    FileRights { owner: owner_of(file, me()), open_to }
}

fn owner_of(metadata: &Metadata, me: u32) -> Owner {
    match metadata.uid() {
        owner if owner == me => Owner::Me,
        ROOT => Owner::System,
        _ => Owner::Another,
    }
}

fn others_in(mode: u32, group: u32, is_mine_alone: impl FnOnce(u32) -> bool) -> Others {
    let by_anybody = mode & 0o002 != 0;
    // Many systems give each user their own group with write access to all their folders.
    let by_group = mode & 0o020 != 0 && !is_mine_alone(group);
    match (by_anybody || by_group, mode & STICKY != 0) {
        (false, _) => Others::Nothing,
        (true, true) => Others::Add,
        (true, false) => Others::Replace(OpenTo::Mode(mode & 0o7777)),
    }
}

/// Returns the process's effective user ID.
fn me() -> u32 {
    rustix::process::geteuid().as_raw()
}

fn read(list: &str) -> String {
    fs::read_to_string(list).unwrap_or_default()
}

/// Whether the user is a group's only member, according to the lines of `/etc/group` and `/etc/passwd`.
fn has_one_member(groups: &str, users: &str, group: u32, user: u32) -> bool {
    let is = |field: Option<&&str>, id: u32| field.is_some_and(|field| field.parse() == Ok(id));
    let fields = |line| str::split(line, ':').collect::<Vec<_>>();
    let users: Vec<_> = users.lines().map(fields).collect();
    let Some(name) = users.iter().find(|fields| is(fields.get(2), user)).and_then(|fields| fields.first()) else {
        return false;
    };
    let mut named = groups.lines().map(fields).filter(|fields| is(fields.get(2), group)).peekable();
    let members_are_ours = |fields: Vec<&str>| {
        fields.get(3).is_some_and(|members| members.split(',').all(|member| member.is_empty() || member == *name))
    };
    named.peek().is_some()
        && named.all(members_are_ours)
        && users.iter().filter(|fields| is(fields.get(3), group)).all(|fields| is(fields.get(2), user))
}

#[cfg(test)]
mod tests {
    use super::*;

    const GROUPS: &str = "root:x:0:\nanna:x:1000:\nbert:x:1001:bert,anna\nstaff:x:50:\ncarl:x:1002:carl\n";
    const USERS: &str = "root:x:0:0::/root:/bin/sh\nanna:x:1000:1000::/:\ndora:x:1003:50::/:\ncarl:x:1002:1002::/:\n";

    #[test]
    fn a_group_is_ones_own_only_where_nobody_else_is_in_it() {
        for (group, user, alone) in [
            (1000, 1000, true),
            (1002, 1002, true),
            (1001, 1000, false),
            (50, 1003, true),
            (50, 1000, false),
            (1000, 1003, false),
            (7, 1000, false),
            (1000, 7, false),
        ] {
            assert_eq!(has_one_member(GROUPS, USERS, group, user), alone, "{group} {user}");
        }
        let shared = format!("{USERS}eve:x:1004:1000::/:\n");
        assert!(!has_one_member(GROUPS, &shared, 1000, 1000));
        assert!(!has_one_member("", USERS, 1000, 1000) && !has_one_member(GROUPS, "", 1000, 1000));
    }

    #[test]
    fn others_replace_what_lies_in_a_folder_that_they_can_write_in_unless_it_is_sticky() {
        const OWN: u32 = 1000;
        let judged = |mode, group| others_in(mode, group, |group| group == OWN);
        for (mode, group) in [(0o700, 50), (0o755, 50), (0o775, OWN), (0o2775, OWN)] {
            assert_eq!(judged(mode, group), Others::Nothing, "{mode:o} {group}");
        }
        for (mode, group) in [(0o775, 50), (0o757, OWN), (0o777, 50), (0o702, OWN)] {
            assert_eq!(judged(mode, group), Others::Replace(OpenTo::Mode(mode)), "{mode:o} {group}");
        }
        for (mode, group) in [(0o1777, 50), (0o1775, 50), (0o1757, OWN)] {
            assert_eq!(judged(mode, group), Others::Add, "{mode:o} {group}");
        }
    }
}
