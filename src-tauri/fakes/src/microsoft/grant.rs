use std::sync::Arc;

use super::identity::Identity;
use crate::Account;

/// What a program has earned.
pub(super) struct Grant {
    pub account: Arc<Account>,
    pub identity: Option<Identity>,
    /// The refresh token that it was earned with.
    pub predecessor: Option<String>,
}
