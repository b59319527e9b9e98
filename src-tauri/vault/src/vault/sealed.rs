//! The vault file's format: `SPTV | version u8 | vault id 16 | nonce 24 | XChaCha20-Poly1305(JSON)`.
//!
//! Everything before the ciphertext is authenticated with it.

use std::{fmt, mem};

use chacha20poly1305::{
    KeyInit, XChaCha20Poly1305, XNonce,
    aead::{Aead, AeadInOut, Payload},
};
use zeroize::Zeroizing;

use crate::{account::Contents, error::VaultCause, key::Key};

/// A vault's ID, which determines the key that opens it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct VaultId(pub [u8; 16]);

/// A value that makes two files with the same contents differ; never reused with the same key.
pub type Nonce = [u8; 24];

const MAGIC: &[u8; 4] = b"SPTV";
const VERSION: u8 = 1;
const ID_AT: usize = 5;
const NONCE_AT: usize = 21;
const HEADER: usize = 45;
const TAG: usize = 16;
/// The JSON is padded with spaces to a multiple of this size in bytes, so that a truncated file is recognized by its
/// length.
const BLOCK: usize = 256;
/// More bytes than an account takes as JSON, because a buffer that grows leaves copies in memory.
const ACCOUNT: usize = 32 * 1024;

/// Encrypts the contents. `nonce` must never have been used before.
pub fn seal(contents: &Contents, id: VaultId, key: &Key, nonce: Nonce) -> Result<Vec<u8>, VaultCause> {
    // Encrypted in place, so that no plaintext remains that would have to be wiped.
    let mut sealed = Zeroizing::new(Vec::with_capacity(HEADER + TAG + ACCOUNT * (1 + contents.accounts.len())));
    for part in [MAGIC.as_slice(), &[VERSION], &id.0, &nonce] {
        sealed.extend_from_slice(part);
    }
    serde_json::to_writer(&mut *sealed, contents).map_err(|_| VaultCause::Unreadable)?;
    let filled = (sealed.len() - HEADER).next_multiple_of(BLOCK);
    sealed.resize(HEADER + filled, b' ');
    let (aad, text) = sealed.split_at_mut(HEADER);
    let tag = cipher(key).encrypt_inout_detached(&XNonce::from(nonce), aad, text.into());
    sealed.extend_from_slice(&tag.map_err(|_| VaultCause::Unreadable)?);
    Ok(mem::take(&mut sealed))
}

/// Decrypts a vault file. Fails with what's wrong with it.
pub fn open(sealed: &[u8], key: &Key) -> Result<Contents, VaultCause> {
    let header = header(sealed)?;
    let (aad, msg) = sealed.split_at(HEADER);
    let json = cipher(key).decrypt(&XNonce::from(header.nonce), Payload { msg, aad });
    let whole = (msg.len() - TAG).is_multiple_of(BLOCK);
    let json = json.map_err(|_| if whole { VaultCause::OtherKey } else { VaultCause::Truncated })?;
    serde_json::from_slice(&Zeroizing::new(json.into_boxed_slice())).map_err(|_| VaultCause::Unreadable)
}

/// Returns the vault ID in the file's header.
pub fn vault_id(sealed: &[u8]) -> Result<VaultId, VaultCause> {
    header(sealed).map(|header| header.id)
}

struct Header {
    id: VaultId,
    nonce: Nonce,
}

fn header(sealed: &[u8]) -> Result<Header, VaultCause> {
    if !sealed.starts_with(&MAGIC[..MAGIC.len().min(sealed.len())]) {
        return Err(VaultCause::Foreign);
    }
    match sealed.get(MAGIC.len()) {
        None | Some(&VERSION) => {}
        Some(0) => return Err(VaultCause::Foreign),
        // Check this before the length, because a later version may be shorter.
        Some(&version) => return Err(VaultCause::LaterVersion { version }),
    }
    let id = sealed.get(ID_AT..NONCE_AT).and_then(|id| id.try_into().ok());
    let nonce = sealed.get(NONCE_AT..HEADER).and_then(|nonce| nonce.try_into().ok());
    match (id, nonce) {
        (Some(id), Some(nonce)) if sealed.len() >= HEADER + TAG => Ok(Header { id: VaultId(id), nonce }),
        _ => Err(VaultCause::Truncated),
    }
}

fn cipher(key: &Key) -> XChaCha20Poly1305 {
    XChaCha20Poly1305::new(key.expose().into())
}

impl fmt::Display for VaultId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const ID: VaultId = VaultId([0xab; 16]);

    fn key() -> Key {
        Key::new([7; 32])
    }

    fn sealed() -> Vec<u8> {
        seal(&Contents::default(), ID, &key(), [9; 24]).unwrap()
    }

    fn sealed_text(text: &[u8]) -> Vec<u8> {
        let header = [MAGIC.as_slice(), &[VERSION], &ID.0, &[9; 24]].concat();
        let payload = Payload { msg: text, aad: &header };
        let text = cipher(&key()).encrypt(&XNonce::from([9; 24]), payload).unwrap();
        [header, text].concat()
    }

    #[test]
    fn what_was_sealed_opens_with_its_key_and_names_its_vault() {
        assert!(open(&sealed(), &key()).unwrap().is_empty());
        assert_eq!(vault_id(&sealed()).unwrap(), ID);
        assert_eq!(ID.to_string(), "ab".repeat(16));
    }

    #[test]
    fn the_layout_is_fixed() {
        let sealed = sealed();
        assert_eq!(&sealed[..5], b"SPTV\x01");
        assert_eq!((&sealed[5..21], &sealed[21..45]), ([0xab; 16].as_slice(), [9; 24].as_slice()));
        assert_eq!((sealed.len() - 61) % 256, 0);
    }

    #[test]
    fn each_thing_that_can_be_wrong_has_its_own_cause() {
        let whole = sealed();
        let later = [b"SPTV\x02".as_slice(), &whole[5..]].concat();
        let cases = [
            (&b""[..], VaultCause::Truncated),
            (&whole[..3], VaultCause::Truncated),
            (&whole[..60], VaultCause::Truncated),
            (&whole[..whole.len() / 2], VaultCause::Truncated),
            (&whole[..whole.len() - 1], VaultCause::Truncated),
            (b"PK\x03\x04 something else entirely", VaultCause::Foreign),
            (b"SPTV\x00", VaultCause::Foreign),
            (&later, VaultCause::LaterVersion { version: 2 }),
            (b"SPTV\xff", VaultCause::LaterVersion { version: 255 }),
        ];
        for (bytes, cause) in cases {
            assert_eq!(open(bytes, &key()).unwrap_err(), cause, "{} bytes", bytes.len());
        }
        assert_eq!(open(&whole, &Key::new([8; 32])).unwrap_err(), VaultCause::OtherKey);
        assert_eq!(open(&sealed_text(b"[1, 2"), &key()).unwrap_err(), VaultCause::Unreadable);
        assert_eq!(open(&sealed_text(b"{\"accounts\": 5}"), &key()).unwrap_err(), VaultCause::Unreadable);
    }

    proptest! {
        #[test]
        fn a_changed_byte_anywhere_is_refused(at in 0..sealed().len(), flip in 1u8..) {
            let mut bytes = sealed();
            bytes[at] ^= flip;
            prop_assert!(open(&bytes, &key()).is_err());
        }

        #[test]
        fn a_file_that_was_cut_or_grew_is_refused(cut in 0..sealed().len(), more in prop::collection::vec(any::<u8>(), 1..600)) {
            prop_assert!(open(&sealed()[..cut], &key()).is_err());
            prop_assert!(open(&[sealed(), more].concat(), &key()).is_err());
        }

        #[test]
        fn any_bytes_at_all_are_refused_without_a_panic(bytes in prop::collection::vec(any::<u8>(), 0..600)) {
            prop_assert!(open(&bytes, &key()).is_err());
            prop_assert!(open(&[b"SPTV\x01".as_slice(), &bytes].concat(), &key()).is_err());
        }
    }
}
