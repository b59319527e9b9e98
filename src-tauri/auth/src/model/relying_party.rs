//! The relying party of an XSTS token.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::model::leg::Leg;

/// The recipient of an XSTS token, identified by an address that's compared as text.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(from = "String", into = "String")]
pub enum RelyingParty {
    /// Xbox Live: for the gamertag, the XUID and the `XBL3.0` header.
    XboxLive,
    /// Halo Waypoint: for the Spartan token.
    Halo,
    /// Any other, by its address: `http://gssv.xboxlive.com/`, `rp://api.minecraftservices.com/`…
    Other(String),
}

const XBOX_LIVE: &str = "http://xboxlive.com";
/// Includes the trailing slash.
const HALO: &str = "https://prod.xsts.halowaypoint.com/";

impl RelyingParty {
    /// Returns the leg that requests its token.
    #[must_use]
    pub const fn leg(&self) -> Leg {
        match self {
            RelyingParty::XboxLive => Leg::XstsXbox,
            RelyingParty::Halo => Leg::XstsHalo,
            RelyingParty::Other(_) => Leg::XstsOther,
        }
    }

    /// Returns its address.
    #[must_use]
    pub fn address(&self) -> &str {
        match self {
            RelyingParty::XboxLive => XBOX_LIVE,
            RelyingParty::Halo => HALO,
            RelyingParty::Other(address) => address,
        }
    }
}

impl From<String> for RelyingParty {
    fn from(address: String) -> RelyingParty {
        match address.as_str() {
            XBOX_LIVE => RelyingParty::XboxLive,
            HALO => RelyingParty::Halo,
            _ => RelyingParty::Other(address),
        }
    }
}

impl From<&str> for RelyingParty {
    fn from(address: &str) -> RelyingParty {
        RelyingParty::from(address.to_owned())
    }
}

impl From<RelyingParty> for String {
    fn from(party: RelyingParty) -> String {
        match party {
            RelyingParty::XboxLive | RelyingParty::Halo => party.address().to_owned(),
            RelyingParty::Other(address) => address,
        }
    }
}

impl fmt::Display for RelyingParty {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.address())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_names_its_party_and_a_slash_makes_another() {
        for party in [RelyingParty::XboxLive, RelyingParty::Halo, "http://gssv.xboxlive.com/".into()] {
            assert_eq!(RelyingParty::from(party.address()), party);
        }
        assert!(matches!(RelyingParty::from("https://prod.xsts.halowaypoint.com"), RelyingParty::Other(_)));
    }
}
