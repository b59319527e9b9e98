//! Whose files these are: a program that runs as another user, by `sudo` say, neither reads nor makes any of them.

use std::path::Path;

use crate::{error::Error, places::Places};

/// Sees that everything of the program's belongs to the user who runs it; on Windows it does.
pub fn check(places: &Places) -> Result<(), Error> {
    let own = [places.data().to_owned(), places.vault(), places.settings(), places.log()];
    own.iter().try_for_each(|place| check_path(place))
}

/// Sees that a file belongs to the user who runs this, or that a new one would lie among files of theirs.
#[cfg(unix)]
pub(crate) fn check_path(path: &Path) -> Result<(), Error> {
    use std::os::unix::fs::MetadataExt;

    use crate::error::{Cause, Step};
    let nearest = path.ancestors().find_map(|place| Some((place, std::fs::metadata(place).ok()?.uid())));
    match nearest {
        Some((place, owner)) if !may_work_in(owner, me(), place == path) => {
            Err(Error::new(Step::Vault, Cause::OtherOwner { path: place.to_owned() }))
        }
        _ => Ok(()),
    }
}

#[cfg(not(unix))]
pub(crate) const fn check_path(_: &Path) -> Result<(), Error> {
    Ok(())
}

/// The user whose rights this process has.
#[cfg(unix)]
pub(crate) fn me() -> u32 {
    rustix::process::geteuid().as_raw()
}

/// Root's are the system's own folders, in which anybody's may lie; but a file of root's is nobody else's.
#[cfg(unix)]
const fn may_work_in(owner: u32, me: u32, is_the_place_itself: bool) -> bool {
    owner == me || (owner == 0 && !is_the_place_itself)
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;

    const ROOT: u32 = 0;
    const CURTIS: u32 = 1000;
    const SAMUEL: u32 = 1001;

    #[test]
    fn what_is_there_is_for_its_owner_alone() {
        assert!(may_work_in(CURTIS, CURTIS, true));
        for (owner, me) in [(CURTIS, ROOT), (CURTIS, SAMUEL), (ROOT, CURTIS)] {
            assert!(!may_work_in(owner, me, true), "{owner} {me}");
        }
    }

    #[test]
    fn something_new_is_made_in_ones_own_folders_and_the_systems() {
        assert!(
            may_work_in(CURTIS, CURTIS, false) && may_work_in(ROOT, CURTIS, false) && may_work_in(ROOT, ROOT, false)
        );
        for (owner, me) in [(CURTIS, ROOT), (CURTIS, SAMUEL)] {
            assert!(!may_work_in(owner, me, false), "{owner} {me}");
        }
    }
}
