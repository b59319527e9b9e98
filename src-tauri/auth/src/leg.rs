//! The legs of the chain, by name.

use serde::{Deserialize, Serialize};

/// One request of the chain, in the order in which they depend on each other; the two XSTS legs need only the user token.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Leg {
    /// OAuth: a code or a refresh token for an access token.
    Microsoft,
    /// An access token for an Xbox user token.
    XboxUser,
    /// A user token for an XSTS token of relying party `http://xboxlive.com`: gamertag and XUID.
    XstsXbox,
    /// A user token for an XSTS token of Halo Waypoint's relying party.
    XstsHalo,
    /// A user token for an XSTS token of any other relying party: no part of the chain.
    XstsOther,
    /// Halo's XSTS token for a Spartan token.
    Spartan,
    /// A Spartan token for the present clearance (flight configuration).
    Clearance,
}

impl Leg {
    /// Every leg of the chain, in order.
    pub const ALL: [Leg; 6] =
        [Leg::Microsoft, Leg::XboxUser, Leg::XstsXbox, Leg::XstsHalo, Leg::Spartan, Leg::Clearance];

    /// The name that a person sees.
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
