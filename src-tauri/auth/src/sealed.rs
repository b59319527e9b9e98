//! The sealed file's format: `SPTV | version u8 | vault id 16 | nonce 24 | XChaCha20-Poly1305(JSON)`.
//!
//! All that stands before the ciphertext is authenticated with it.

use std::fmt;

use chacha20poly1305::{
    KeyInit, XChaCha20Poly1305, XNonce,
    aead::{Aead, Payload},
};
use zeroize::Zeroizing;

use crate::{account::Contents, error::VaultCause, key::Key};

/// Which vault a file is, and so which key opens it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct VaultId(pub [u8; 16]);

/// What makes two sealed files of the same contents differ; never used twice with a key.
pub type Nonce = [u8; 24];

const MAGIC: &[u8; 4] = b"SPTV";
const VERSION: u8 = 1;
const NONCE_AT: usize = 21;
const HEADER: usize = 45;
const TAG: usize = 16;
/// The JSON is filled up with spaces to a multiple of this: a file that was cut has a length of no whole block.
const BLOCK: usize = 256;

/// Seals the contents with a nonce that was never used before.
pub fn seal(contents: &Contents, id: VaultId, key: &Key, nonce: Nonce) -> Result<Vec<u8>, VaultCause> {
    let mut json = Zeroizing::new(serde_json::to_vec(contents).map_err(|_| VaultCause::Unreadable)?);
    let filled = json.len().next_multiple_of(BLOCK);
    json.resize(filled, b' ');
    let mut sealed = [MAGIC.as_slice(), &[VERSION], &id.0, &nonce].concat();
    let payload = Payload { msg: &json, aad: &sealed };
    let text = cipher(key).encrypt(&XNonce::from(nonce), payload).map_err(|_| VaultCause::Unreadable)?;
    sealed.extend_from_slice(&text);
    Ok(sealed)
}

/// Opens a sealed file, or says what is wrong with it.
pub fn open(sealed: &[u8], key: &Key) -> Result<Contents, VaultCause> {
    let header = header(sealed)?;
    let text = &sealed[HEADER..];
    let json = cipher(key)
        .decrypt(&XNonce::from(header.nonce), Payload { msg: text, aad: &sealed[..HEADER] })
        .map(Zeroizing::new)
        .map_err(
            |_| if (text.len() - TAG).is_multiple_of(BLOCK) { VaultCause::OtherKey } else { VaultCause::Truncated },
        )?;
    serde_json::from_slice(&json).map_err(|_| VaultCause::Unreadable)
}

/// Which vault a sealed file says that it is.
pub fn vault_id(sealed: &[u8]) -> Result<VaultId, VaultCause> {
    header(sealed).map(|header| header.id)
}

struct Header {
    id: VaultId,
    nonce: Nonce,
}

fn header(sealed: &[u8]) -> Result<Header, VaultCause> {
    let begun = &MAGIC[..MAGIC.len().min(sealed.len())];
    if !sealed.starts_with(begun) {
        return Err(VaultCause::Foreign);
    }
    // A later version may be of another length.
    if let Some(&version) = sealed.get(MAGIC.len()).filter(|version| **version > VERSION) {
        return Err(VaultCause::LaterVersion { version });
    }
    if sealed.get(MAGIC.len()).is_some_and(|version| *version < VERSION) {
        return Err(VaultCause::Foreign);
    }
    let id = sealed.get(MAGIC.len() + 1..NONCE_AT).and_then(|id| id.try_into().ok());
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
