//! The services that a program uses: the real ones or, only with the feature `demo`, the mock services.

use rustls::pki_types::CertificateDer;
use spartan_auth::{
    azure_app::AzureApp,
    endpoints::Endpoints,
    http::{Http, Timeouts},
    services::Services,
};

use crate::error::Error;

/// The services and their configuration.
#[derive(Clone, Debug)]
pub struct Environment {
    /// The app identifier, which names folders, the bus and keyring entries.
    pub identifier: &'static str,
    /// The services' addresses.
    pub endpoints: Endpoints,
    /// Certificate authorities to trust in addition to the system's.
    pub authorities: Vec<CertificateDer<'static>>,
    /// The app built into this build, if any.
    pub built_in: Option<AzureApp>,
}

/// The name by which the program introduces itself to services.
pub const USER_AGENT: &str = concat!("SpartanTray/", env!("CARGO_PKG_VERSION"));

/// The scheme of links that the desktop program receives: `spartan-tray://auth` can be a redirect URI, for every program
/// that uses the same apps.
pub const LINK_SCHEME: &str = "spartan-tray";

/// The client ID registered for this release.
const CLIENT_ID: Option<&str> = option_env!("SPARTAN_TRAY_CLIENT_ID");

impl Environment {
    /// Returns Microsoft, Xbox and Halo.
    pub fn real() -> Result<Environment, Error> {
        let built_in = CLIENT_ID.filter(|id| !id.is_empty()).map(|id| AzureApp::parse(id, "http://localhost"));
        Ok(Environment {
            identifier: "app.spartantray",
            endpoints: Endpoints::services(),
            authorities: Vec::new(),
            built_in: built_in.transpose()?,
        })
    }

    /// Returns an issuer with its own connections.
    #[must_use]
    pub fn services(&self) -> Services {
        Services::new(self.endpoints.clone(), Http::new(USER_AGENT, Timeouts::default(), self.authorities.clone()))
    }
}

#[cfg(feature = "demo")]
mod demo {
    use std::path::PathBuf;

    use rustls::pki_types::{CertificateDer, pem::PemObject};
    use serde::Deserialize;

    use super::Environment;
    use spartan_auth::{azure_app::AzureApp, endpoints::Endpoints};

    /// The line that `spartan-fakes` prints.
    #[derive(Deserialize)]
    struct StandIns {
        #[serde(flatten)]
        endpoints: Endpoints,
        /// Omitted if the system trusts the mock services.
        ca_file: Option<PathBuf>,
        apps: Vec<App>,
    }

    #[derive(Deserialize)]
    struct App {
        client_id: String,
    }

    impl Environment {
        /// Returns the mock services described by the line that a program was given. They use their own app identifier,
        /// so that they never affect a real sign-in.
        pub fn of_stand_ins(line: Option<&str>) -> Result<Environment, Box<dyn std::error::Error + Send + Sync>> {
            let line = line.ok_or("this is the demo build, which `cargo xtask demo` starts")?;
            let stand_ins: StandIns = serde_json::from_str(line)?;
            let authority = stand_ins.ca_file.map(CertificateDer::from_pem_file).transpose()?;
            let app = stand_ins.apps.first().map(|app| AzureApp::parse(&app.client_id, "http://localhost"));
            Ok(Environment {
                identifier: "app.spartantray.demo",
                endpoints: stand_ins.endpoints,
                authorities: authority.into_iter().collect(),
                built_in: app.transpose()?,
            })
        }
    }
}
