//! Who besides the owner has access to a file or folder.

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
