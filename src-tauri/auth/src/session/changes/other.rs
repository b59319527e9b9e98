//! An account that nobody has decided to keep.

use crate::{account::Account, status::Storage};

/// An account that nobody has decided to keep.
#[derive(Clone, Debug)]
pub(crate) struct Other {
    pub(crate) account: Account,
    pub(crate) kept: Storage,
}
