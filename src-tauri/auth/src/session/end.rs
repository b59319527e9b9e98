//! How a sign-in ended, as reported by the session itself, because statuses can be missed.

use serde::Serialize;

use crate::{status::SignedIn, trouble::Trouble};

/// How a sign-in ended.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum SignInEnd {
    /// Somebody is signed in, perhaps still without some tokens.
    SignedIn {
        /// Who.
        account: Box<SignedIn>,
    },
    /// It was cancelled; nothing is kept.
    Cancelled,
    /// It failed; nothing is kept.
    Failed {
        /// Why, and what helps.
        trouble: Box<Trouble>,
    },
}
