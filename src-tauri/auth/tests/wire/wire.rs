//! The mock services, and the program's side of them: apps, addresses, codes.

use std::{collections::BTreeMap, time::Duration};

use rustls::pki_types::{CertificateDer, pem::PemObject};
use secrecy::SecretString;
use spartan_auth::{
    azure_app::{AzureApp, Platform},
    chain::Start,
    endpoints::Endpoints,
    http::{Http, Timeouts},
    oauth::{self, AuthorizationRequest},
    redirect::{self, Redirect},
    services::Services,
    token::Tokens,
};
use spartan_fakes::{
    CONFIDENTIAL_CLIENT_ID, CONFIDENTIAL_SECRET, Endpoint, Fakes, Fault, PUBLIC_CLIENT_ID, Pick, Setup, Times,
};
use url::Url;

pub const CURTIS: &str = "curtis@example.com";

pub struct Wire {
    pub fakes: Fakes,
}

impl Wire {
    pub async fn new() -> Wire {
        Wire::with(Setup::default()).await
    }

    pub async fn with(setup: Setup) -> Wire {
        Wire { fakes: Fakes::start(setup).await }
    }

    pub fn endpoints(&self) -> Endpoints {
        serde_json::from_value(serde_json::to_value(self.fakes.addresses()).unwrap()).unwrap()
    }

    pub fn authority(&self) -> CertificateDer<'static> {
        CertificateDer::from_pem_slice(self.fakes.ca_pem().as_bytes()).unwrap()
    }

    /// Returns the services with a timeout that is long enough for a busy machine.
    pub fn services(&self) -> Services {
        self.services_at(self.endpoints())
    }

    pub fn services_at(&self, endpoints: Endpoints) -> Services {
        Services::new(endpoints, Http::new("test/1.0", Timeouts::default(), vec![self.authority()]))
    }

    /// Returns the services with the timeout of a test in which one of them never answers.
    pub fn hasty_services(&self) -> Services {
        let timeouts = Timeouts { connect: Duration::from_secs(5), total: Duration::from_millis(700) };
        Services::new(self.endpoints(), Http::new("test/1.0", timeouts, vec![self.authority()]))
    }

    /// Returns the start of a sign-in after that person has been at the page.
    pub fn code(&self, app: &AzureApp, email: &str) -> Start {
        let pending = AuthorizationRequest::new([7; 64]);
        let page = oauth::authorize_url(&self.endpoints(), app, &pending);
        let back = self.fakes.sign_in(page.as_str(), &Pick::Account(email.into())).expect("the page redirects");
        match redirect::read(&Url::parse(&back).unwrap(), &app.redirect_uri, &pending.state) {
            Redirect::Code(code) => Start::Code { code, verifier: pending.verifier },
            other => panic!("{other:?}"),
        }
    }

    /// Returns tokens that contain only a refresh token from elsewhere.
    pub fn brought(&self, app: &AzureApp) -> Tokens {
        let refresh = self.fakes.seed_refresh_token(&app.client_id.to_string(), CURTIS).expect("the app is known");
        Tokens { refresh: Some(SecretString::from(refresh)), ..Tokens::default() }
    }

    pub fn once(&self, endpoint: Endpoint, fault: Fault) {
        self.fakes.fail(endpoint, fault, Times::Once);
    }

    /// Returns the numbers of requests to token, user, XSTS Halo, XSTS Xbox, Spartan and clearance.
    pub fn counts(&self) -> [u32; 6] {
        use Endpoint::{Clearance, Spartan, Token, User, XstsHalo, XstsXbox};
        [Token, User, XstsHalo, XstsXbox, Spartan, Clearance].map(|endpoint| self.fakes.count(endpoint))
    }
}

pub fn public(platform: Platform) -> AzureApp {
    AzureApp { platform, ..AzureApp::parse(PUBLIC_CLIENT_ID, "http://localhost").unwrap() }
}

pub fn confidential(platform: Platform) -> AzureApp {
    let app = AzureApp::parse(CONFIDENTIAL_CLIENT_ID, "https://localhost").unwrap();
    AzureApp { platform, secret: Some(CONFIDENTIAL_SECRET.into()), ..app }
}

pub fn status(status: u16, body: &str) -> Fault {
    Fault::Status { status, headers: BTreeMap::new(), body: body.into() }
}

pub fn status_with(status: u16, header: (&str, &str)) -> Fault {
    let headers = BTreeMap::from([(header.0.into(), header.1.into())]);
    Fault::Status { status, headers, body: String::new() }
}
