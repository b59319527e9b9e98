//! (De)serializes an I/O error's kind as text, so that an error can be saved. An unlisted kind is read back as `Other`.

use std::io::ErrorKind;

use serde::{Deserialize, Deserializer, Serializer};

const KINDS: [ErrorKind; 12] = [
    ErrorKind::NotFound,
    ErrorKind::PermissionDenied,
    ErrorKind::AlreadyExists,
    ErrorKind::TimedOut,
    ErrorKind::Interrupted,
    ErrorKind::StorageFull,
    ErrorKind::QuotaExceeded,
    ErrorKind::ReadOnlyFilesystem,
    ErrorKind::FileTooLarge,
    ErrorKind::IsADirectory,
    ErrorKind::NotADirectory,
    ErrorKind::InvalidData,
];

#[allow(clippy::trivially_copy_pass_by_ref, reason = "serde passes it so")]
pub(super) fn serialize<S: Serializer>(kind: &ErrorKind, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_str(&format_args!("{kind:?}"))
}

pub(super) fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<ErrorKind, D::Error> {
    let text = String::deserialize(deserializer)?;
    Ok(KINDS.into_iter().find(|kind| format!("{kind:?}") == text).unwrap_or(ErrorKind::Other))
}
