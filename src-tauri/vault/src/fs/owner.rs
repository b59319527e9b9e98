//! File ownership: a program running as another user, such as with `sudo`, neither reads nor creates any of these
//! files.

use std::path::Path;

use crate::{
    error::Error,
    fs::{
        paths::Paths,
        permissions::{self, Owner},
    },
};

/// Fails unless all the program's files belong to the user who runs it.
pub fn check(paths: &Paths) -> Result<(), Error> {
    let own = [paths.data().to_owned(), paths.vault(), paths.settings(), paths.log()];
    own.iter().try_for_each(|place| check_path(place))
}

/// Fails unless the file, or the nearest existing parent of a new file, belongs to the user who runs this program.
pub(crate) fn check_path(path: &Path) -> Result<(), Error> {
    let nearest = path.ancestors().find_map(|place| Some((place, permissions::owner(place).ok()?)));
    match nearest {
        Some((place, owner)) if !may_work_in(owner, place == path) => Err(Error::OtherOwner { path: place.to_owned() }),
        _ => Ok(()),
    }
}

/// The system's folders may contain any user's files, but a file of the system doesn't belong to another user.
const fn may_work_in(owner: Owner, is_the_place_itself: bool) -> bool {
    match owner {
        Owner::Me => true,
        Owner::System => !is_the_place_itself,
        Owner::Another => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_there_is_for_its_owner_alone_and_something_new_may_lie_in_the_systems_folders() {
        assert!(may_work_in(Owner::Me, true) && may_work_in(Owner::Me, false));
        assert!(may_work_in(Owner::System, false) && !may_work_in(Owner::System, true));
        assert!(!may_work_in(Owner::Another, true) && !may_work_in(Owner::Another, false));
    }
}
