//! Who besides the owner has access to a file or folder.

use std::fmt;

/// Who besides the owner has access to a file or folder, in the system's terms.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum OpenTo {
    /// The mode that grants access.
    Mode(u32),
    /// The SIDs in the Windows access list.
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
