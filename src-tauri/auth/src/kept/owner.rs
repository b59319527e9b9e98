//! Who else on this computer may change a file or a folder.

use std::{
    fs::Metadata,
    io,
    path::{Path, PathBuf},
};

/// The first folder, from this one up to the root, whose contents somebody else may change.
#[cfg(unix)]
pub(super) fn first_folder_of_others(folder: &Path) -> io::Result<Option<PathBuf>> {
    for folder in folder.ancestors() {
        if may_be_changed_by_others(&std::fs::metadata(folder)?) {
            return Ok(Some(folder.into()));
        }
    }
    Ok(None)
}

/// Whether a file or a folder is the person's own.
#[cfg(unix)]
pub(super) fn is_ours(metadata: &Metadata) -> bool {
    std::os::unix::fs::MetadataExt::uid(metadata) == us()
}

/// A file's mode where others may do anything with it.
#[cfg(unix)]
pub(super) fn mode_for_others(metadata: &Metadata) -> Option<u32> {
    let mode = std::os::unix::fs::MetadataExt::mode(metadata) & 0o7777;
    (mode & 0o077 != 0).then_some(mode)
}

#[cfg(unix)]
fn may_be_changed_by_others(folder: &Metadata) -> bool {
    use std::os::unix::fs::MetadataExt;
    const STICKY: u32 = 0o1000;
    const ROOT: u32 = 0;
    let (mode, owner) = (folder.mode(), folder.uid());
    if owner != us() && owner != ROOT {
        return true;
    }
    let by_anybody = mode & 0o002 != 0;
    let by_group = mode & 0o020 != 0 && !is_ours_alone(folder.gid());
    // In a sticky folder everybody adds files, and nobody takes those of others away.
    mode & STICKY == 0 && (by_anybody || by_group)
}

#[cfg(unix)]
fn us() -> u32 {
    rustix::process::geteuid().as_raw()
}

/// Many systems give each person a group of their own, and let it write in every folder of theirs.
#[cfg(unix)]
fn is_ours_alone(group: u32) -> bool {
    let read = |file| std::fs::read_to_string(file).unwrap_or_default();
    has_one_member(&read("/etc/group"), &read("/etc/passwd"), group, us())
}

/// Whether a group is known to have nobody in it but that user, by the lines of `/etc/group` and `/etc/passwd`.
#[cfg(unix)]
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

/// Windows has lists of rights in the place of modes: a folder of the person's is theirs unless they chose otherwise.
#[cfg(not(unix))]
pub(super) fn first_folder_of_others(_: &Path) -> io::Result<Option<PathBuf>> {
    Ok(None)
}

#[cfg(not(unix))]
pub(super) fn is_ours(_: &Metadata) -> bool {
    true
}

#[cfg(not(unix))]
pub(super) fn mode_for_others(_: &Metadata) -> Option<u32> {
    None
}

#[cfg(all(test, unix))]
mod tests {
    use std::{fs, os::unix::fs::PermissionsExt};

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
    fn the_first_folder_that_others_may_write_in_is_found() {
        let home = tempfile::tempdir().unwrap();
        let home = dunce::canonicalize(home.path()).unwrap();
        let inner = home.join("shared/own");
        fs::create_dir_all(&inner).unwrap();
        let set = |folder: &Path, mode| fs::set_permissions(folder, fs::Permissions::from_mode(mode)).unwrap();
        for (mode, is_told) in [(0o755, false), (0o700, false), (0o777, true), (0o757, true), (0o1777, false)] {
            set(&home.join("shared"), mode);
            let told = first_folder_of_others(&inner).unwrap();
            assert_eq!(told, is_told.then(|| home.join("shared")), "{mode:o}");
        }
        set(&inner, 0o777);
        assert_eq!(first_folder_of_others(&inner).unwrap(), Some(inner));
    }
}
