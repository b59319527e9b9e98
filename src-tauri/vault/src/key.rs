//! The key that opens the vault.

pub mod key_file;
pub mod key_place;

use std::fmt;

use base64::{Engine, prelude::BASE64_URL_SAFE_NO_PAD};
use zeroize::{Zeroize, ZeroizeOnDrop, Zeroizing};

use crate::error::KeyCause;

/// 32 random bytes, wiped from memory when dropped.
#[derive(Clone, PartialEq, Eq, Zeroize, ZeroizeOnDrop)]
pub struct Key([u8; 32]);

impl Key {
    /// Returns a key from 32 random bytes.
    #[must_use]
    pub const fn new(bytes: [u8; 32]) -> Key {
        Key(bytes)
    }

    /// Parses the keyring's text form.
    pub fn from_text(text: &str) -> Result<Key, KeyCause> {
        let bytes = Zeroizing::new(BASE64_URL_SAFE_NO_PAD.decode(text).map_err(|_| KeyCause::Garbled)?);
        bytes.as_slice().try_into().map(Key).map_err(|_| KeyCause::Garbled)
    }

    /// Returns the keyring's text form; not every keyring stores bytes.
    #[must_use]
    pub fn to_text(&self) -> Zeroizing<String> {
        Zeroizing::new(BASE64_URL_SAFE_NO_PAD.encode(self.0))
    }

    /// The raw bytes.
    pub(crate) const fn expose(&self) -> &[u8; 32] {
        &self.0
    }
}

impl fmt::Debug for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Key(..)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_text_form_gives_the_same_key_back() {
        let key = Key::new([7; 32]);
        assert_eq!(Key::from_text(&key.to_text()).unwrap(), key);
    }

    #[test]
    fn text_that_is_no_key_is_garbled() {
        for text in ["", "hello", "AAAA", &"A".repeat(44), &"=".repeat(43)] {
            assert_eq!(Key::from_text(text).unwrap_err(), KeyCause::Garbled, "{text}");
        }
    }

    #[test]
    fn debug_output_shows_no_byte() {
        assert_eq!(format!("{:?}", Key::new([7; 32])), "Key(..)");
    }
}
