//! How a sign-in ended: told by the session itself, because whoever looks at statuses may have missed some.

use serde::Serialize;

use crate::{status::SignedIn, trouble::Trouble};

/// How a sign-in ended.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum SignInEnd {
    /// Somebody is signed in, with all tokens or not all of them yet.
    SignedIn {
        /// Who.
        account: Box<SignedIn>,
    },
    /// It was cancelled; nothing of it is kept.
    Cancelled,
    /// It failed; nothing of it is kept.
    Failed {
        /// Why, and what helps.
        trouble: Box<Trouble>,
    },
}
