//! Why pasted text isn't a sign-in.

use std::fmt;

use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// Why pasted text isn't a sign-in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum PastedCause {
    /// It's empty.
    Nothing,
    /// Every line is commented out.
    Comments,
    /// It has another kind of token in place of a refresh token.
    NotARefreshToken(OtherToken),
    /// It has several sign-ins, or several apps that may belong to one sign-in; the user must choose.
    Several {
        /// The choices.
        groups: Vec<PastedGroup>,
    },
}

/// A token that's commonly mistaken for a refresh token.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum OtherToken {
    /// A Spartan token.
    Spartan,
    /// An Xbox token.
    Xbox,
    /// An OAuth access token.
    Access,
    /// Another service's token.
    Foreign,
}

/// Values in pasted text that belong together, such as all with the prefix `SPNKR_`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PastedGroup {
    /// What a person finds them by in the text: a heading, the words that their names have in common, a whole name or a line.
    /// Never a value.
    pub name: String,
    /// Their client ID, which isn't secret.
    pub client_id: Option<Uuid>,
}

impl fmt::Display for PastedGroup {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.client_id {
            Some(id) => write!(f, "{} ({id})", self.name),
            None => f.write_str(&self.name),
        }
    }
}

impl From<PastedCause> for super::Error {
    fn from(cause: PastedCause) -> super::Error {
        super::Error::new(super::Step::App, super::Cause::Pasted(cause))
    }
}
