//! The paths on the real hosts.

use hyper::Method;

use crate::{microsoft::Platform, site::Site};

/// A path on a host.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Place {
    Instances,
    Configuration,
    Authorize(Platform),
    DeviceCode,
    Link,
    Token(Platform),
    User,
    Xsts,
    Spartan,
    Clearance,
    Profile,
}

impl Place {
    const ALL: [Self; 13] = [
        Self::Instances,
        Self::Configuration,
        Self::Authorize(Platform::Consumers),
        Self::Authorize(Platform::Live),
        Self::DeviceCode,
        Self::Link,
        Self::Token(Platform::Consumers),
        Self::Token(Platform::Live),
        Self::User,
        Self::Xsts,
        Self::Spartan,
        Self::Clearance,
        Self::Profile,
    ];

    /// Returns what a method and a path identify on that host.
    pub fn find(site: Site, method: &Method, path: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|place| place.site() == site && place.path() == path && place.takes(method))
    }

    /// Returns whether it's a page that a person sees.
    pub fn is_page(self) -> bool {
        matches!(self, Self::Authorize(_) | Self::Link)
    }

    pub fn site(self) -> Site {
        match self {
            Self::Link => Site::Microsoft,
            Self::Instances | Self::Configuration | Self::DeviceCode => Site::MicrosoftOnline,
            Self::Authorize(Platform::Consumers) | Self::Token(Platform::Consumers) => Site::MicrosoftOnline,
            Self::Authorize(Platform::Live) | Self::Token(Platform::Live) => Site::Live,
            Self::User => Site::UserAuth,
            Self::Xsts => Site::Xsts,
            Self::Spartan | Self::Clearance => Site::Settings,
            Self::Profile => Site::Profile,
        }
    }

    pub fn path(self) -> &'static str {
        match self {
            Self::Instances => "/common/discovery/instance",
            Self::Configuration => "/consumers/v2.0/.well-known/openid-configuration",
            Self::DeviceCode => "/consumers/oauth2/v2.0/devicecode",
            Self::Link => "/link",
            Self::Authorize(Platform::Consumers) => "/consumers/oauth2/v2.0/authorize",
            Self::Token(Platform::Consumers) => "/consumers/oauth2/v2.0/token",
            Self::Authorize(Platform::Live) => "/oauth20_authorize.srf",
            Self::Token(Platform::Live) => "/oauth20_token.srf",
            Self::User => "/user/authenticate",
            Self::Xsts => "/xsts/authorize",
            Self::Spartan => "/spartan-token",
            Self::Clearance => "/oban/flight-configurations/titles/hi/audiences/RETAIL/active",
            Self::Profile => "/users/me",
        }
    }

    fn takes(self, method: &Method) -> bool {
        match self {
            Self::Authorize(_) | Self::Link => method == Method::GET || method == Method::POST,
            Self::DeviceCode | Self::Token(_) | Self::User | Self::Xsts | Self::Spartan => method == Method::POST,
            Self::Instances | Self::Configuration | Self::Clearance | Self::Profile => method == Method::GET,
        }
    }
}
