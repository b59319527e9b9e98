//! The services' addresses.

use serde::Deserialize;
use url::Url;

use crate::model::{azure_app::Platform, leg::Leg};

/// Every address to which the chain sends requests. A release uses only [`Endpoints::services`]; tests and the demo
/// pass in others.
#[derive(Clone, Debug, Deserialize)]
pub struct Endpoints {
    /// Microsoft's v2 endpoints for personal accounts.
    pub consumers: Oauth,
    /// Microsoft's older endpoints.
    pub live: Oauth,
    /// The endpoint for device codes; only consumers v2 has one.
    pub device_code: Url,
    /// The endpoint for Xbox user tokens.
    pub user: Url,
    /// The endpoint for XSTS tokens.
    pub xsts: Url,
    /// The endpoint for Spartan tokens.
    pub spartan: Url,
    /// The endpoint for the current clearance.
    pub clearance: Url,
}

/// The sign-in endpoints of one of Microsoft's platforms.
#[derive(Clone, Debug, Deserialize)]
pub struct Oauth {
    /// The sign-in page.
    pub authorize: Url,
    /// The endpoint that exchanges codes and refresh tokens for access tokens.
    pub token: Url,
}

impl Endpoints {
    /// Returns the real services' endpoints.
    #[must_use]
    pub fn services() -> Endpoints {
        Endpoints {
            consumers: Oauth {
                authorize: known("https://login.microsoftonline.com/consumers/oauth2/v2.0/authorize"),
                token: known("https://login.microsoftonline.com/consumers/oauth2/v2.0/token"),
            },
            live: Oauth {
                authorize: known("https://login.live.com/oauth20_authorize.srf"),
                token: known("https://login.live.com/oauth20_token.srf"),
            },
            device_code: known("https://login.microsoftonline.com/consumers/oauth2/v2.0/devicecode"),
            user: known("https://user.auth.xboxlive.com/user/authenticate"),
            xsts: known("https://xsts.auth.xboxlive.com/xsts/authorize"),
            spartan: known("https://settings.svc.halowaypoint.com/spartan-token"),
            clearance: known(
                "https://settings.svc.halowaypoint.com/oban/flight-configurations/titles/hi/audiences/RETAIL/active",
            ),
        }
    }

    /// Returns a platform's endpoints.
    #[must_use]
    pub const fn oauth(&self, platform: Platform) -> &Oauth {
        match platform {
            Platform::Consumers => &self.consumers,
            Platform::Live => &self.live,
        }
    }

    /// Returns the address for a leg's request.
    #[must_use]
    pub const fn of(&self, platform: Platform, leg: Leg) -> &Url {
        match leg {
            Leg::Microsoft => &self.oauth(platform).token,
            Leg::XboxUser => &self.user,
            Leg::XstsXbox | Leg::XstsHalo | Leg::XstsOther => &self.xsts,
            Leg::Spartan => &self.spartan,
            Leg::Clearance => &self.clearance,
        }
    }
}

#[expect(clippy::expect_used, reason = "each text is a literal in this file, and a test parses it")]
fn known(text: &'static str) -> Url {
    Url::parse(text).expect("a literal address parses")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_real_address_is_https() {
        let all = Endpoints::services();
        let addresses =
            [&all.consumers.authorize, &all.consumers.token, &all.live.authorize, &all.live.token, &all.user];
        for address in addresses.into_iter().chain([&all.device_code, &all.xsts, &all.spartan, &all.clearance]) {
            assert_eq!(address.scheme(), "https", "{address}");
        }
    }
}
