//! This crate's rounds.

use std::{
    fs,
    sync::Mutex,
    time::{Duration, Instant},
};

use jiff::Timestamp;
use rustls::pki_types::{CertificateDer, pem::PemObject};
use spartan_auth::{
    azure_app::AzureApp,
    chain::{Chain, Progress, Start},
    endpoints::Endpoints,
    http::{Http, Timeouts},
    issuer::Issuer,
    leg::Leg,
    oauth::AuthorizationRequest,
    redirect::{self, Redirect},
    services::Services,
    token::Tokens,
};
use spartan_fakes::{Addresses, PUBLIC_CLIENT_ID};
use tokio::{runtime::Runtime, time::sleep};

use crate::{
    control::Control,
    keep::{Disk, Kept},
    round::{Round, milliseconds},
    runs::{ACCOUNT, ROUNDS},
};

/// How long a person takes at Microsoft's page, at the least.
const AT_PAGE: Duration = Duration::from_millis(400);
/// Longer than a client needs to see that its connections have ended.
const QUIET: Duration = Duration::from_millis(100);
/// The hosts of the chain, each once.
const HOSTS: [Leg; 4] = [Leg::Microsoft, Leg::XboxUser, Leg::XstsHalo, Leg::Spartan];

/// Prints the rounds of one way into the chain.
pub fn run(method: &str, addresses: &str) {
    let rounds = Runtime::new().unwrap().block_on(rounds(method, serde_json::from_str(addresses).unwrap()));
    println!("{}", serde_json::to_string(&rounds).unwrap());
}

async fn rounds(method: &str, addresses: Addresses) -> Vec<Round> {
    let chains = Chains::new(addresses);
    // The clients and an account are there from now on, as in a program that has been running for a while.
    chains.sign_in().await;
    let mut rounds = Vec::new();
    for _ in 0..ROUNDS {
        rounds.push(match method {
            "code" => chains.sign_in().await,
            "renewal" => chains.renew().await,
            "nothing due" => chains.renew_what_is_due().await,
            other => panic!("{other} is no way into the chain"),
        });
    }
    rounds
}

struct Chains {
    services: Services,
    control: Control,
    app: AzureApp,
    disk: Disk,
}

impl Chains {
    fn new(addresses: Addresses) -> Chains {
        let endpoints: Endpoints = serde_json::from_value(serde_json::to_value(&addresses).unwrap()).unwrap();
        let authority = CertificateDer::from_pem_slice(&fs::read(&addresses.ca_file).unwrap()).unwrap();
        let app = AzureApp::parse(PUBLIC_CLIENT_ID, "http://localhost").unwrap();
        Chains {
            services: Services::new(endpoints, Http::new("test/1.0", Timeouts::default(), vec![authority])),
            control: Control::new(addresses.control),
            disk: Disk::new(app.clone()),
            app,
        }
    }

    /// From a code, over connections that were opened while the person was at Microsoft's page.
    async fn sign_in(&self) -> Round {
        self.without_connections().await;
        for leg in HOSTS {
            self.services.open_ahead(self.app.platform, leg).await.unwrap();
        }
        self.disk.prepare().await;
        sleep(AT_PAGE).await;
        let mut random = [0; 64];
        getrandom::fill(&mut random).unwrap();
        let pending = AuthorizationRequest::new(random);
        let back = self.control.sign_in(&self.services.authorize_url(&self.app, &pending), ACCOUNT).await;
        let Redirect::Code(code) = redirect::read(&back, &self.app.redirect_uri, &pending.state) else {
            panic!("{back} brings no code")
        };
        let meter = self.begin().await;
        self.run(meter, Start::Code { code, verifier: pending.verifier }, Tokens::default()).await
    }

    /// A new Spartan token with a user token that is still good, over connections that are yet to be opened.
    async fn renew(&self) -> Round {
        self.without_connections().await;
        let meter = self.begin().await;
        self.run(meter, Start::Renew, self.disk.read().await).await
    }

    /// What a program does that finds everything fresh.
    async fn renew_what_is_due(&self) -> Round {
        let meter = self.begin().await;
        self.run(meter, Start::Due, self.disk.read().await).await
    }

    async fn without_connections(&self) {
        self.control.hang_up().await;
        sleep(QUIET).await;
    }

    async fn begin(&self) -> Meter {
        Meter { asked: self.control.requests().await, began: Instant::now() }
    }

    async fn run(&self, meter: Meter, start: Start, mut tokens: Tokens) -> Round {
        let legs = Mutex::new(Vec::new());
        let watch = |progress| {
            if let Progress::Ended(leg, time) = progress {
                legs.lock().unwrap().push((leg.name().to_owned(), milliseconds(time)));
            }
        };
        let keep = self.disk.keep(meter.began, &tokens);
        let chain = Chain {
            issuer: &self.services,
            save: &keep,
            watch: &watch,
            app: &self.app,
            now: Timestamp::now(),
            is_in_doubt: false,
        };
        Box::pin(chain.run(start, &mut tokens)).await.unwrap();
        let all = milliseconds(meter.began.elapsed());
        assert!(tokens.spartan.is_some() && tokens.clearance.is_some());

        let Kept { spartan, writes } = keep.kept();
        let mut steps = legs.into_inner().unwrap();
        steps.extend((1..).zip(writes).map(|(nth, time)| (format!("write {nth}"), milliseconds(time))));
        let requests = self.control.requests().await - meter.asked;
        Round { spartan: spartan.map(milliseconds), all, requests, steps }
    }
}

/// How things stood when a run began.
struct Meter {
    asked: u32,
    began: Instant,
}
