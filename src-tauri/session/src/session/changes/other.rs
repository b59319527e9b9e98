//! An account that nobody has decided to keep.

use spartan_vault::account::Account;

use crate::status::Storage;

/// An account that nobody has decided to keep.
#[derive(Clone, Debug)]
pub(crate) struct Other {
    pub(crate) account: Account,
    pub(crate) kept: Storage,
}
