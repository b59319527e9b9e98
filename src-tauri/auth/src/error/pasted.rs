//! Why pasted text is no sign-in.

use std::fmt;

use uuid::Uuid;

/// Why pasted text is no sign-in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PastedCause {
    /// It's empty.
    Nothing,
    /// Every line is commented out.
    Comments,
    /// It has a token of another kind where a refresh token belongs.
    NotARefreshToken(OtherToken),
    /// It has several sign-ins, or several apps that may belong to one; the person has to choose.
    Several {
        /// What there is to choose from.
        groups: Vec<PastedGroup>,
    },
}

/// A token that people take for a refresh token.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OtherToken {
    /// A Spartan token.
    Spartan,
    /// An Xbox token.
    Xbox,
    /// An OAuth access token.
    Access,
    /// One of another service.
    Foreign,
}

/// Values of pasted text that belong together, such as all with the prefix `SPNKR_`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PastedGroup {
    /// The words that their names share; never a value.
    pub name: String,
    /// Their client id, which is no secret.
    pub client_id: Option<Uuid>,
}

impl PastedCause {
    /// The value of a name in this cause's sentences.
    pub(crate) fn value(&self, name: &str) -> Option<String> {
        match (name, self) {
            ("groups", PastedCause::Several { groups }) => {
                Some(groups.iter().map(ToString::to_string).collect::<Vec<_>>().join(", "))
            }
            _ => None,
        }
    }
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
