use std::path::PathBuf;

use serde::{Deserialize, Serialize};

use crate::{App, doors::Origins, microsoft::Platform, place::Place};

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
    /// Which hosts are Microsoft's.
    pub instances: String,
    /// The `OpenID` configuration.
    pub configuration: String,
    /// Where a device gets its code.
    pub device_code: String,
    /// The page at which a person types in a device's code.
    pub link: String,
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

impl Addresses {
    pub(crate) fn new(origins: &Origins, ca_file: PathBuf, apps: Vec<App>) -> Self {
        let service = |place: Place| format!("{}{}", origins.services[&place.site()], place.path());
        let page = |place: Place| match &origins.pages {
            Some(origin) => format!("{origin}{}", place.path()),
            None => service(place),
        };
        let sign_in = |platform| SignInAddresses {
            authorize: page(Place::Authorize(platform)),
            token: service(Place::Token(platform)),
        };
        Self {
            ca_file,
            control: origins.control.clone(),
            consumers: sign_in(Platform::Consumers),
            live: sign_in(Platform::Live),
            instances: service(Place::Instances),
            configuration: service(Place::Configuration),
            device_code: service(Place::DeviceCode),
            link: page(Place::Link),
            user: service(Place::User),
            xsts: service(Place::Xsts),
            spartan: service(Place::Spartan),
            clearance: service(Place::Clearance),
            profile: service(Place::Profile),
            apps,
        }
    }
}
