//! The real hosts.

use crate::Endpoint;

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

    /// Returns the real name.
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

    /// Returns the hosts of an endpoint: both of Microsoft's, or one.
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
