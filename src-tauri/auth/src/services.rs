//! The real issuer, which sends the chain's requests over HTTP.

pub mod answers;
mod app_misconfiguration;
pub mod device;
pub mod endpoints;
pub mod halo;
pub mod issuer;
pub mod link;
pub mod oauth;
pub mod xbox;

use std::sync::{Mutex, PoisonError};

use jiff::Timestamp;
use reqwest::{
    Client, RequestBuilder,
    header::{ACCEPT, HeaderValue},
};
use secrecy::{ExposeSecret, SecretString};
use url::Url;

use self::{
    device::{DeviceCode, Polled},
    endpoints::Endpoints,
    issuer::Issuer,
    oauth::{AuthorizationRequest, Grant},
    xbox::Ticket,
};
use crate::{
    clock::{
        Clock, SystemClock,
        clock_error::ClockError,
        instant,
        witnesses::{Exchange, Source, Witnesses},
    },
    error::{Cause, Error, Unreadable},
    http::{Answer, Http, Repeat},
    model::{
        azure_app::{AzureApp, Platform},
        leg::Leg,
        relying_party::RelyingParty,
        token::{Clearance, OauthToken, SpartanToken, UserToken, XstsToken},
    },
};

/// Microsoft, Xbox and Halo at given addresses.
///
/// Programs that need something other than the [`Chain`](crate::chain::Chain) can call each leg:
/// ```
/// # use rustls::pki_types::{CertificateDer, pem::PemObject};
/// use spartan_auth::{
///     azure_app::AzureApp,
///     endpoints::Endpoints,
///     http::{Http, Timeouts},
///     issuer::Issuer,
///     relying_party::RelyingParty,
///     services::Services,
/// };
///
/// # #[tokio::main]
/// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
/// let app = AzureApp::parse("12345678-1234-1234-1234-123456789abc", "http://localhost")?;
/// let services = Services::new(Endpoints::services(), Http::new("my-bot/1.0", Timeouts::default(), Vec::new()));
/// # let fakes = spartan_fakes::Fakes::start(spartan_fakes::Setup::default()).await;
/// # let authority = CertificateDer::from_pem_slice(fakes.ca_pem().as_bytes())?;
/// # let endpoints: Endpoints = serde_json::from_value(serde_json::to_value(fakes.addresses())?)?;
/// # let services = Services::new(endpoints, Http::new("my-bot/1.0", Timeouts::default(), vec![authority]));
/// # let app = AzureApp { client_id: spartan_fakes::PUBLIC_CLIENT_ID.parse()?, ..app };
/// # let refresh_token = fakes.seed_refresh_token(spartan_fakes::PUBLIC_CLIENT_ID, "curtis@example.com").expect("known");
/// let oauth = services.renew(&app, &refresh_token.into()).await?;
/// let user = services.user_token(&oauth.access).await?;
/// let cloud = services.xsts(&user.token, &RelyingParty::from("http://gssv.xboxlive.com/")).await?;
/// println!("good until {}; send it as {:?}", cloud.life.expires_at, cloud.xbl_authorization());
/// # Ok(())
/// # }
/// ```
#[derive(Debug)]
pub struct Services {
    endpoints: Endpoints,
    http: Http,
    clock: SystemClock,
    witnesses: Mutex<Witnesses>,
}

impl Services {
    /// Returns the services at `endpoints`, called through `http`.
    #[must_use]
    pub fn new(endpoints: Endpoints, http: Http) -> Services {
        Services { endpoints, http, clock: SystemClock::default(), witnesses: Mutex::default() }
    }

    /// Exchanges an access token for an Xbox user token, for any relying party and with any kind of ticket.
    pub async fn user_token_for(
        &self,
        access: &SecretString,
        ticket: Ticket,
        relying_party: &str,
    ) -> Result<UserToken, Error> {
        let (to, body) = (&self.endpoints.user, xbox::user_request(access, ticket, relying_party));
        let (name, version) = xbox::CONTRACT;
        let request = |client: &Client| client.post(to.clone()).header(name, version).json(&body);
        xbox::read_user(&self.send(Leg::XboxUser, to, request).await?, self.now())
    }

    async fn token(&self, app: &AzureApp, grant: Grant<'_>) -> Result<OauthToken, Error> {
        let form = oauth::form(app, &grant);
        let to = &self.endpoints.oauth(app.platform).token;
        let (repeat, read): (_, fn(&Answer, Timestamp) -> _) = match grant {
            Grant::Code { .. } => (Repeat::Unsent, oauth::read),
            Grant::Refresh(_) => (Repeat::Unanswered, oauth::read_renewed),
        };
        let answer = self.ask(Leg::Microsoft, repeat, to, |client| client.post(to.clone()).form(&form)).await?;
        read(&answer, self.now_by(&answer)).map_err(|error| app_misconfiguration::seen_with(app, error))
    }

    async fn send(&self, leg: Leg, to: &Url, request: impl FnOnce(&Client) -> RequestBuilder) -> Result<Answer, Error> {
        self.ask(leg, Repeat::Unanswered, to, request).await
    }

    async fn ask(
        &self,
        leg: Leg,
        repeat: Repeat,
        to: &Url,
        request: impl FnOnce(&Client) -> RequestBuilder,
    ) -> Result<Answer, Error> {
        let sent = self.clock.moment();
        let answer = self.http.send(leg, repeat, to, request).await?;
        let exchange = Exchange { sent, answered: self.clock.moment() };
        let told = [(Source::Date, answer.date()), (Source::IssueInstant, xbox::issue_instant(&answer))];
        let mut witnesses = self.witnesses.lock().unwrap_or_else(PoisonError::into_inner);
        for (source, told) in told {
            if let Some(told) = told {
                witnesses.hear(to, source, told, exchange);
            }
        }
        drop(witnesses);
        tracing::debug!(leg = leg.name(), status = answer.status, "answered");
        Ok(answer)
    }

    /// Returns the services' time.
    fn now(&self) -> Timestamp {
        self.services_time().unwrap_or_else(|| self.clock.now())
    }

    /// Returns the services' time for a lifetime given in seconds. Until that time is known, returns the earlier of the
    /// response's date and this computer's time.
    fn now_by(&self, answer: &Answer) -> Timestamp {
        let now = self.now();
        let told = || answer.date().filter(|date| instant::is_plausible(*date));
        self.services_time().or_else(told).map_or(now, |told| told.min(now))
    }
}

impl Issuer for Services {
    fn authorize_url(&self, app: &AzureApp, pending: &AuthorizationRequest) -> Url {
        oauth::authorize_url(&self.endpoints, app, pending)
    }

    async fn open_ahead(&self, platform: Platform, leg: Leg) -> Result<(), Error> {
        self.http.open(leg, self.endpoints.of(platform, leg)).await
    }

    fn hang_up(&self) {
        self.http.hang_up();
    }

    async fn exchange(
        &self,
        app: &AzureApp,
        code: &SecretString,
        verifier: &SecretString,
    ) -> Result<OauthToken, Error> {
        self.token(app, Grant::Code { code, verifier }).await
    }

    async fn device_code(&self, app: &AzureApp) -> Result<DeviceCode, Error> {
        let (to, form) = (&self.endpoints.device_code, device::code_form(app));
        let answer = self.send(Leg::Microsoft, to, |client| client.post(to.clone()).form(&form)).await?;
        device::read_code(&answer, self.now())
    }

    async fn poll(&self, app: &AzureApp, code: &DeviceCode) -> Result<Polled, Error> {
        let (to, form) = (&self.endpoints.consumers.token, device::poll_form(app, code));
        let answer = self.send(Leg::Microsoft, to, |client| client.post(to.clone()).form(&form)).await?;
        device::read_poll(&answer, self.now())
    }

    async fn renew(&self, app: &AzureApp, refresh: &SecretString) -> Result<OauthToken, Error> {
        self.token(app, Grant::Refresh(refresh)).await
    }

    async fn user_token(&self, access: &SecretString) -> Result<UserToken, Error> {
        self.user_token_for(access, Ticket::OwnApp, xbox::USER_RELYING_PARTY).await
    }

    async fn xsts(&self, user: &SecretString, party: &RelyingParty) -> Result<XstsToken, Error> {
        let (to, body) = (&self.endpoints.xsts, xbox::xsts_request(user, party));
        let (name, version) = xbox::CONTRACT;
        let request = |client: &Client| client.post(to.clone()).header(name, version).json(&body);
        xbox::read_xsts(&self.send(party.leg(), to, request).await?, self.now())
    }

    async fn spartan(&self, halo: &XstsToken) -> Result<SpartanToken, Error> {
        let (to, body) = (&self.endpoints.spartan, halo::spartan_request(halo));
        // Without this header, the response is XML.
        let request = |client: &Client| client.post(to.clone()).header(ACCEPT, "application/json").json(&body);
        halo::read_spartan(&self.send(Leg::Spartan, to, request).await?, halo, self.now())
    }

    async fn clearance(&self, spartan: &SecretString) -> Result<Clearance, Error> {
        let to = &self.endpoints.clearance;
        let mut token = HeaderValue::from_str(spartan.expose_secret()).map_err(|_| {
            Error::new(crate::error::Step::Leg(Leg::Clearance), Cause::Unreadable(Unreadable::OddToken))
        })?;
        token.set_sensitive(true);
        let request = |client: &Client| {
            client.get(to.clone()).header(ACCEPT, "application/json").header(halo::SPARTAN_HEADER, token)
        };
        halo::read_clearance(&self.send(Leg::Clearance, to, request).await?, self.now())
    }

    fn clock_error(&self) -> Option<ClockError> {
        self.witnesses.lock().unwrap_or_else(PoisonError::into_inner).agreed(self.clock.moment())
    }

    fn services_time(&self) -> Option<Timestamp> {
        self.clock_error().map(|error| error.services_time(self.clock.moment()))
    }
}
