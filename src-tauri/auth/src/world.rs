//! Which services a program talks to: the real ones, or, with the feature `demo` alone, the stand-ins.

use rustls::pki_types::CertificateDer;

use crate::{
    azure_app::AzureApp,
    endpoints::Endpoints,
    error::Error,
    http::{Http, Timeouts},
    services::Services,
};

/// The services, and what belongs to them.
#[derive(Clone, Debug)]
pub struct World {
    /// Names folders, bus and keyring entries.
    pub identifier: &'static str,
    /// Where the services are.
    pub endpoints: Endpoints,
    /// Whom to trust beside those whom the system trusts.
    pub authorities: Vec<CertificateDer<'static>>,
    /// The app that this build carries, where it carries one.
    pub built_in: Option<AzureApp>,
}

/// The client id that whoever built this release registered.
const CLIENT_ID: Option<&str> = option_env!("SPARTAN_TRAY_CLIENT_ID");

impl World {
    /// Microsoft, Xbox and Halo.
    pub fn real() -> Result<World, Error> {
        let built_in = CLIENT_ID.filter(|id| !id.is_empty()).map(|id| AzureApp::parse(id, "http://localhost"));
        Ok(World {
            identifier: "app.spartantray",
            endpoints: Endpoints::services(),
            authorities: Vec::new(),
            built_in: built_in.transpose()?,
        })
    }

    /// Who issues tokens, with connections of its own.
    #[must_use]
    pub fn services(&self) -> Services {
        Services::new(self.endpoints.clone(), Http::new(Timeouts::default(), self.authorities.clone()))
    }
}

#[cfg(feature = "demo")]
mod demo {
    use std::path::PathBuf;

    use rustls::pki_types::{CertificateDer, pem::PemObject};
    use serde::Deserialize;

    use super::World;
    use crate::{azure_app::AzureApp, endpoints::Endpoints};

    /// What `spartan-fakes` prints.
    #[derive(Deserialize)]
    struct StandIns {
        #[serde(flatten)]
        endpoints: Endpoints,
        /// Left out where the system trusts the stand-ins.
        ca_file: Option<PathBuf>,
        apps: Vec<App>,
    }

    #[derive(Deserialize)]
    struct App {
        client_id: String,
    }

    impl World {
        /// The stand-ins whose line a program was given; they never touch a real sign-in, so everything of theirs has
        /// another name.
        pub fn of_stand_ins(line: Option<&str>) -> Result<World, Box<dyn std::error::Error + Send + Sync>> {
            let line = line.ok_or("this is the demo build, which `cargo xtask demo` starts")?;
            let stand_ins: StandIns = serde_json::from_str(line)?;
            let authority = stand_ins.ca_file.map(CertificateDer::from_pem_file).transpose()?;
            let app = stand_ins.apps.first().map(|app| AzureApp::parse(&app.client_id, "http://localhost"));
            Ok(World {
                identifier: "app.spartantray.demo",
                endpoints: stand_ins.endpoints,
                authorities: authority.into_iter().collect(),
                built_in: app.transpose()?,
            })
        }
    }
}
