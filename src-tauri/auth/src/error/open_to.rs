//! Who besides its owner can open a file or folder.

use std::fmt;

use serde::{Deserialize, Serialize};

/// Who besides its owner can open a file or folder, in the system's terms.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum OpenTo {
    /// The mode that gives them access.
    Mode(u32),
    /// The SIDs that the Windows access list names.
    Listed(Vec<String>),
    /// Another user, who owns it.
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
