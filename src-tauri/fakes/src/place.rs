//! Which stand-in lives where: the real hosts and the paths on them.

use hyper::Method;

use crate::{
    Endpoint,
    answer::Answer,
    call::Call,
    halo::{clearance, profile, spartan},
    microsoft::{Platform, authorize, device, discovery, link, token},
    world::World,
    xbox::{user, xsts},
};

/// A real host.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Site {
    Microsoft,
    MicrosoftOnline,
    Live,
    UserAuth,
    Xsts,
    Settings,
    Profile,
}

impl Site {
    pub const ALL: [Self; 7] =
        [Self::Microsoft, Self::MicrosoftOnline, Self::Live, Self::UserAuth, Self::Xsts, Self::Settings, Self::Profile];

    /// Its real name.
    pub fn name(self) -> &'static str {
        match self {
            Self::Microsoft => "www.microsoft.com",
            Self::MicrosoftOnline => "login.microsoftonline.com",
            Self::Live => "login.live.com",
            Self::UserAuth => "user.auth.xboxlive.com",
            Self::Xsts => "xsts.auth.xboxlive.com",
            Self::Settings => "settings.svc.halowaypoint.com",
            Self::Profile => "profile.svc.halowaypoint.com",
        }
    }

    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|site| site.name() == name)
    }

    /// Where an endpoint is: on both of Microsoft's hosts, or on one host.
    pub fn of(endpoint: Endpoint) -> &'static [Self] {
        match endpoint {
            Endpoint::InstanceDiscovery | Endpoint::OpenidConfiguration | Endpoint::DeviceCode => {
                &[Self::MicrosoftOnline]
            }
            Endpoint::Authorize | Endpoint::Token => &[Self::MicrosoftOnline, Self::Live],
            Endpoint::Link => &[Self::Microsoft],
            Endpoint::User => &[Self::UserAuth],
            Endpoint::XstsXbox | Endpoint::XstsHalo | Endpoint::XstsOther => &[Self::Xsts],
            Endpoint::Spartan | Endpoint::Clearance => &[Self::Settings],
            Endpoint::Profile => &[Self::Profile],
        }
    }
}

/// One path on one host.
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

    /// What answers to this method and path on that host.
    pub fn find(site: Site, method: &Method, path: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|place| place.site() == site && place.path() == path && place.takes(method))
    }

    /// Whether a person sees it.
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

    /// What a request counts as; a sign-in page's own form counts as nothing.
    pub fn endpoint(self, call: &Call) -> Option<Endpoint> {
        match self {
            Self::Instances => Some(Endpoint::InstanceDiscovery),
            Self::Configuration => Some(Endpoint::OpenidConfiguration),
            Self::Authorize(_) => (call.method() == Method::GET).then_some(Endpoint::Authorize),
            Self::DeviceCode => Some(Endpoint::DeviceCode),
            Self::Link => (call.method() == Method::GET).then_some(Endpoint::Link),
            Self::Token(_) => Some(Endpoint::Token),
            Self::User => Some(Endpoint::User),
            Self::Xsts => Some(xsts::endpoint(call)),
            Self::Spartan => Some(Endpoint::Spartan),
            Self::Clearance => Some(Endpoint::Clearance),
            Self::Profile => Some(Endpoint::Profile),
        }
    }

    pub fn answer(self, world: &World, call: &Call) -> Answer {
        match self {
            Self::Instances => discovery::instances(world, call),
            Self::Configuration => discovery::configuration(world),
            Self::DeviceCode => device::answer(world, call),
            Self::Link => link::answer(world, call),
            Self::Authorize(platform) => authorize::answer(world, platform, call),
            Self::Token(platform) => token::answer(world, platform, call),
            Self::User => user::answer(world, call),
            Self::Xsts => xsts::answer(world, call),
            Self::Spartan => spartan::answer(world, call),
            Self::Clearance => clearance::answer(world, call),
            Self::Profile => profile::answer(world, call),
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
