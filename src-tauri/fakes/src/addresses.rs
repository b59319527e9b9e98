use std::path::PathBuf;

use serde::{Deserialize, Serialize};

use crate::{App, doors::Origins, microsoft::Platform, place::Place};

/// The address of every service; the binary prints it as one line.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Addresses {
    /// The temporary certificate authority: a PEM file that is deleted when the mock services stop.
    pub ca_file: PathBuf,
    /// The address through which another process controls the mock services; always plain HTTP on loopback.
    pub control: String,
    /// `login.microsoftonline.com`, consumers, v2.
    pub consumers: SignInAddresses,
    /// `login.live.com`.
    pub live: SignInAddresses,
    /// Instance discovery: the hosts that belong to Microsoft.
    pub instances: String,
    /// The `OpenID` configuration.
    pub configuration: String,
    /// The device authorization endpoint.
    pub device_code: String,
    /// The page on which a person enters a device's short code.
    pub link: String,
    /// The endpoint for Xbox user tokens.
    pub user: String,
    /// XSTS.
    pub xsts: String,
    /// The endpoint for Spartan tokens.
    pub spartan: String,
    /// The endpoint for clearances.
    pub clearance: String,
    /// The Halo profile of the signed-in person.
    pub profile: String,
    /// The registered apps.
    pub apps: Vec<App>,
}

/// The addresses of one of Microsoft's two hosts.
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
