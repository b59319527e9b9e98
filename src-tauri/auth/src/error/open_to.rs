//! To whom a file or a folder is open besides its owner.

use std::fmt;

/// To whom a file or a folder is open besides its owner, as its system says it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum OpenTo {
    /// The mode that lets them in.
    Mode(u32),
    /// Those whom Windows' access list names, by their SIDs.
    Listed(Vec<String>),
    /// Another user, because it is theirs.
    Owner,
}

impl fmt::Display for OpenTo {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            OpenTo::Mode(mode) => write!(f, "mode {mode:o}"),
            OpenTo::Listed(sids) => f.write_str(&sids.join(", ")),
            OpenTo::Owner => f.write_str("its owner"),
        }
    }
}
