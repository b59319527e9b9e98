//! Why the key can't be used.

use super::Remedy;

/// Why the key is unavailable.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
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

impl KeyCause {
    /// Returns the remedy.
    #[must_use]
    pub const fn remedy(self) -> Remedy {
        match self {
            KeyCause::Locked | KeyCause::Dismissed => Remedy::Unlock,
            KeyCause::NoKeyring | KeyCause::Silent | KeyCause::Failed => Remedy::TryAgain,
            KeyCause::Missing | KeyCause::Garbled => Remedy::StartAfresh,
        }
    }

    /// Returns the code of this cause: an area and a name.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            KeyCause::Locked => "keyring.locked",
            KeyCause::Dismissed => "keyring.dismissed",
            KeyCause::NoKeyring => "keyring.none",
            KeyCause::Silent => "keyring.silent",
            KeyCause::Missing => "keyring.key_missing",
            KeyCause::Garbled => "keyring.key_garbled",
            KeyCause::Failed => "keyring.failed",
        }
    }
}

impl From<KeyCause> for super::Error {
    fn from(cause: KeyCause) -> super::Error {
        super::Error::Key(cause)
    }
}
