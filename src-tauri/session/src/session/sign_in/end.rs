//! How a sign-in ended, as reported by the session itself, because statuses can be missed.

use serde::Serialize;

use crate::{error::Error, status::SignedIn};

/// How a sign-in ended.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS), ts(concrete(P = Error)))]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum SignInEnd<P = Error> {
    /// Somebody is signed in, perhaps still without some tokens.
    SignedIn {
        /// Who.
        account: Box<SignedIn<P>>,
    },
    /// It was cancelled; nothing is kept.
    Cancelled,
    /// It failed; nothing is kept.
    Failed {
        /// Why, and what helps.
        problem: Box<P>,
    },
}
