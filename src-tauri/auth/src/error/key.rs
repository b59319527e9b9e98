//! Why the key can't be used.

use serde::{Deserialize, Serialize};

/// Why the key is unavailable.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum KeyCause {
    /// The keyring is locked, and the user wasn't asked to unlock it.
    Locked,
    /// The user dismissed the keyring's prompt.
    Dismissed,
    /// This system has no keyring, or none is running.
    NoKeyring,
    /// The keyring didn't respond in time.
    Silent,
    /// The keyring works, but doesn't contain the key.
    Missing,
    /// The keyring's entry isn't a valid key.
    Garbled,
    /// The keyring returned an error.
    Failed,
}

impl From<KeyCause> for super::Error {
    fn from(cause: KeyCause) -> super::Error {
        super::Error::new(super::Step::Key, super::Cause::Key(cause))
    }
}
