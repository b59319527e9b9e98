use serde::{Deserialize, Serialize};

use crate::Endpoint;

/// The kind of a secret.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// The secret of a confidential app.
    ClientSecret,
    /// An authorization code.
    Code,
    /// A device code; its short code isn't secret.
    DeviceCode,
    /// A PKCE verifier that a program sent.
    Verifier,
    /// An OAuth access token.
    Access,
    /// An OAuth refresh token.
    Refresh,
    /// An Xbox user token.
    User,
    /// An XSTS token for Xbox Live.
    XstsXbox,
    /// An XSTS token for Halo.
    XstsHalo,
    /// An XSTS token for another relying party.
    XstsOther,
    /// A Spartan token.
    Spartan,
}

/// A secret that the mock services issued or received.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Secret {
    /// The kind of the secret.
    pub kind: Kind,
    /// The text of the secret.
    pub value: String,
}

impl Kind {
    /// Returns whether an endpoint issues this kind.
    pub(crate) fn is_issued_by(self, endpoint: Endpoint) -> bool {
        match self {
            Self::ClientSecret | Self::Verifier => false,
            Self::Code => endpoint == Endpoint::Authorize,
            Self::DeviceCode => endpoint == Endpoint::DeviceCode,
            Self::Access | Self::Refresh => endpoint == Endpoint::Token,
            Self::User => endpoint == Endpoint::User,
            Self::XstsXbox => endpoint == Endpoint::XstsXbox,
            Self::XstsHalo => endpoint == Endpoint::XstsHalo,
            Self::XstsOther => endpoint == Endpoint::XstsOther,
            Self::Spartan => endpoint == Endpoint::Spartan,
        }
    }
}
