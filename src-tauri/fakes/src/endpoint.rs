use serde::{Deserialize, Serialize};

/// A kind of request that is counted, and can fail, separately.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Endpoint {
    /// Instance discovery, as used by Microsoft's own libraries.
    InstanceDiscovery,
    /// The `OpenID` configuration for personal accounts.
    OpenidConfiguration,
    /// Microsoft's sign-in page, on either host; submissions of the page's form aren't counted.
    Authorize,
    /// The device authorization endpoint.
    DeviceCode,
    /// The page on which a person enters a device's short code; submissions of the page's form aren't counted.
    Link,
    /// The OAuth token endpoint, on either host; each device code poll is counted.
    Token,
    /// The endpoint for Xbox user tokens.
    User,
    /// XSTS for the relying party `http://xboxlive.com`.
    XstsXbox,
    /// XSTS for the relying party `https://prod.xsts.halowaypoint.com/`.
    XstsHalo,
    /// XSTS for any other relying party, or for a body that can't be parsed.
    XstsOther,
    /// The endpoint for Spartan tokens.
    Spartan,
    /// The endpoint for clearances.
    Clearance,
    /// The Halo profile of the signed-in person.
    Profile,
}

impl Endpoint {
    /// All endpoints, in the order of the chain.
    pub const ALL: [Self; 13] = [
        Self::InstanceDiscovery,
        Self::OpenidConfiguration,
        Self::Authorize,
        Self::DeviceCode,
        Self::Link,
        Self::Token,
        Self::User,
        Self::XstsXbox,
        Self::XstsHalo,
        Self::XstsOther,
        Self::Spartan,
        Self::Clearance,
        Self::Profile,
    ];
}
