//! Which services this build talks to: the real ones, or, in a demo build alone, the stand-ins.

use rustls::pki_types::CertificateDer;
use spartan_auth::{
    azure_app::AzureApp,
    endpoints::Endpoints,
    http::{Http, Timeouts},
    services::Services,
};

/// The services, and what belongs to them.
pub(crate) struct World {
    /// Names folders, bus and keyring entries.
    pub(crate) identifier: &'static str,
    /// Where the services are.
    pub(crate) endpoints: Endpoints,
    /// Whom to trust beside those whom the system trusts.
    pub(crate) authorities: Vec<CertificateDer<'static>>,
    /// The app that this build carries, where it carries one.
    pub(crate) built_in: Option<AzureApp>,
}

impl World {
    /// Who issues tokens, with connections of its own.
    pub(crate) fn services(&self) -> Services {
        Services::new(self.endpoints.clone(), Http::new(Timeouts::default(), self.authorities.clone()))
    }
}

#[cfg(not(feature = "demo"))]
mod real {
    use spartan_auth::{azure_app::AzureApp, endpoints::Endpoints};

    use super::World;
    use crate::Launch;

    /// The client id that whoever built this release registered.
    const CLIENT_ID: Option<&str> = option_env!("SPARTAN_TRAY_CLIENT_ID");

    impl World {
        /// Microsoft, Xbox and Halo.
        pub(crate) fn of(_launch: &Launch) -> Result<World, Box<dyn std::error::Error>> {
            let built_in = CLIENT_ID.filter(|id| !id.is_empty()).map(|id| AzureApp::parse(id, "http://localhost"));
            Ok(World {
                identifier: "app.spartantray",
                endpoints: Endpoints::services(),
                authorities: Vec::new(),
                built_in: built_in.transpose()?,
            })
        }
    }
}

#[cfg(feature = "demo")]
mod demo {
    use std::path::PathBuf;

    use rustls::pki_types::{CertificateDer, pem::PemObject};
    use serde::Deserialize;
    use spartan_auth::{azure_app::AzureApp, endpoints::Endpoints};

    use super::World;
    use crate::Launch;

    /// What `spartan-fakes` prints.
    #[derive(Deserialize)]
    struct StandIns {
        #[serde(flatten)]
        endpoints: Endpoints,
        ca_file: PathBuf,
        apps: Vec<App>,
    }

    #[derive(Deserialize)]
    struct App {
        client_id: String,
    }

    impl World {
        /// The stand-ins; they never touch a real sign-in, so everything of theirs has another name.
        pub(crate) fn of(launch: &Launch) -> Result<World, Box<dyn std::error::Error>> {
            let stand_ins = launch.stand_ins.as_deref();
            let stand_ins = stand_ins.ok_or("this is the demo build, which `cargo xtask demo` starts")?;
            let stand_ins: StandIns = serde_json::from_str(stand_ins)?;
            let authority = CertificateDer::from_pem_file(&stand_ins.ca_file)?;
            let app = stand_ins.apps.first().map(|app| AzureApp::parse(&app.client_id, "http://localhost"));
            Ok(World {
                identifier: "app.spartantray.demo",
                endpoints: stand_ins.endpoints,
                authorities: vec![authority],
                built_in: app.transpose()?,
            })
        }
    }
}
