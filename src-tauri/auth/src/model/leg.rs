//! The legs of the chain, by name.

use serde::{Deserialize, Serialize};

/// A request of the chain, in dependency order; the two XSTS legs need only the user token.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
#[serde(rename_all = "snake_case")]
pub enum Leg {
    /// OAuth: exchanges a code or a refresh token for an access token.
    Microsoft,
    /// Exchanges an access token for an Xbox user token.
    XboxUser,
    /// Exchanges a user token for an XSTS token for `http://xboxlive.com`, which has the gamertag and XUID.
    XstsXbox,
    /// Exchanges a user token for an XSTS token for Halo Waypoint.
    XstsHalo,
    /// Exchanges a user token for an XSTS token for any other relying party; not part of the chain.
    XstsOther,
    /// Exchanges Halo's XSTS token for a Spartan token.
    Spartan,
    /// Requests the current clearance (flight configuration) with a Spartan token.
    Clearance,
}

impl Leg {
    /// Every leg of the chain, in order.
    pub const ALL: [Leg; 6] =
        [Leg::Microsoft, Leg::XboxUser, Leg::XstsXbox, Leg::XstsHalo, Leg::Spartan, Leg::Clearance];

    /// Returns the display name.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Leg::Microsoft => "Microsoft",
            Leg::XboxUser => "Xbox user",
            Leg::XstsXbox => "XSTS Xbox Live",
            Leg::XstsHalo => "XSTS Halo",
            Leg::XstsOther => "XSTS",
            Leg::Spartan => "Spartan",
            Leg::Clearance => "Clearance",
        }
    }
}
