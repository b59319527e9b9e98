//! What's wrong with a response that isn't in the expected format.

use serde::{Deserialize, Serialize};

/// What's wrong with a response that isn't in the expected format.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Unreadable {
    /// It's longer than any response should be.
    Endless,
    /// It's empty.
    Empty,
    /// It doesn't have the expected fields.
    OtherFields,
    /// Its token is missing or can't be one.
    NoToken,
    /// Its token has characters that no header can contain.
    OddToken,
    /// Its token has already expired.
    ExpiredToken,
    /// Its refresh token can't be one.
    NoRefreshToken,
    /// It has no user hash.
    NoUserHash,
    /// It has no XUID.
    NoXuid,
    /// It has no flight configuration.
    NoConfiguration,
    /// It has no code for another device.
    NoCode,
}
