use std::sync::Arc;

use super::identity::Identity;
use crate::Account;

/// What a program is granted.
pub(super) struct Grant {
    pub account: Arc<Account>,
    pub identity: Option<Identity>,
    /// The refresh token that was exchanged for it.
    pub predecessor: Option<String>,
}
