use serde::{Deserialize, Serialize};

/// A service's request as the program sees it: counted, and able to fail, by itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Endpoint {
    /// Which hosts are Microsoft's, as its own libraries ask.
    InstanceDiscovery,
    /// The `OpenID` configuration for personal accounts.
    OpenidConfiguration,
    /// Microsoft's sign-in page, on either host; the page's own form is not counted.
    Authorize,
    /// Where a device gets its code.
    DeviceCode,
    /// The page at which a person types in a device's code; the page's own form is not counted.
    Link,
    /// The OAuth token endpoint, on either host; each poll for a device counts.
    Token,
    /// The Xbox user token.
    User,
    /// XSTS for the relying party `http://xboxlive.com`.
    XstsXbox,
    /// XSTS for the relying party `https://prod.xsts.halowaypoint.com/`.
    XstsHalo,
    /// XSTS for any other relying party, or for a body that cannot be read.
    XstsOther,
    /// The Spartan token.
    Spartan,
    /// The clearance.
    Clearance,
    /// Halo's profile of the signed-in person.
    Profile,
}

impl Endpoint {
    /// All of them, in the order of the chain.
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
