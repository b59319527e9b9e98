use std::path::PathBuf;

use serde::{Deserialize, Serialize};

use crate::{
    App,
    microsoft::Platform,
    place::{Place, Site},
};

/// Where everything is: the line that the binary prints.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Addresses {
    /// The throw-away certificate authority, a PEM file that goes when the stand-ins stop.
    pub ca_file: PathBuf,
    /// Where a test steers the stand-ins from another process; always plain http on loopback.
    pub control: String,
    /// `login.microsoftonline.com`, consumers, v2.
    pub consumers: SignInAddresses,
    /// `login.live.com`.
    pub live: SignInAddresses,
    /// The Xbox user token.
    pub user: String,
    /// XSTS.
    pub xsts: String,
    /// The Spartan token.
    pub spartan: String,
    /// The clearance.
    pub clearance: String,
    /// Halo's profile of the signed-in person.
    pub profile: String,
    /// The apps that Microsoft knows.
    pub apps: Vec<App>,
}

/// One of Microsoft's two hosts.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct SignInAddresses {
    /// The sign-in page.
    pub authorize: String,
    /// The token endpoint.
    pub token: String,
}

/// Where each host can be reached.
pub(crate) struct Origins<'a> {
    /// The sign-in pages' origin.
    pub pages: &'a dyn Fn(Site) -> String,
    /// Everything else's origin.
    pub services: &'a dyn Fn(Site) -> String,
}

impl Addresses {
    pub(crate) fn new(ca_file: PathBuf, control: String, origins: &Origins<'_>, apps: Vec<App>) -> Self {
        let page = |place: Place| (origins.pages)(place.site()) + place.path();
        let service = |place: Place| (origins.services)(place.site()) + place.path();
        let sign_in = |platform| SignInAddresses {
            authorize: page(Place::Authorize(platform)),
            token: service(Place::Token(platform)),
        };
        Self {
            ca_file,
            control,
            consumers: sign_in(Platform::Consumers),
            live: sign_in(Platform::Live),
            user: service(Place::User),
            xsts: service(Place::Xsts),
            spartan: service(Place::Spartan),
            clearance: service(Place::Clearance),
            profile: service(Place::Profile),
            apps,
        }
    }
}
