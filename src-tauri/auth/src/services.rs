//! The real issuer: the chain's requests over HTTP.

use std::sync::{Mutex, PoisonError};

use jiff::{SignedDuration, Timestamp};
use reqwest::{
    Client, RequestBuilder,
    header::{ACCEPT, HeaderValue},
};
use secrecy::{ExposeSecret, SecretString};
use url::Url;

use crate::{
    azure_app::{AzureApp, Platform},
    endpoints::Endpoints,
    error::{Cause, Error},
    halo,
    http::{Answer, Http},
    issuer::Issuer,
    leg::Leg,
    oauth::{self, Grant, Pending},
    token::{Clearance, OauthToken, SpartanToken, UserToken, XstsToken},
    xbox::{self, RelyingParty},
};

/// Microsoft, Xbox and Halo, at given addresses.
#[derive(Debug)]
pub struct Services {
    endpoints: Endpoints,
    http: Http,
    clock_error: Mutex<Option<SignedDuration>>,
}

/// `Date` has whole seconds and its answer takes a while: less than this is no error of a clock.
const NOISE: SignedDuration = SignedDuration::from_secs(3);

impl Services {
    /// The services at `endpoints`, asked through `http`.
    #[must_use]
    pub const fn new(endpoints: Endpoints, http: Http) -> Services {
        Services { endpoints, http, clock_error: Mutex::new(None) }
    }

    async fn token(&self, app: &AzureApp, grant: Grant<'_>) -> Result<OauthToken, Error> {
        let client_id = app.client_id.to_string();
        let form = oauth::form(app, &client_id, &grant);
        let to = &self.endpoints.oauth(app.platform).token;
        let answer = self.send(Leg::Microsoft, to, |client| client.post(to.clone()).form(&form)).await?;
        oauth::read(&answer, self.now())
    }

    async fn send(&self, leg: Leg, to: &Url, request: impl FnOnce(&Client) -> RequestBuilder) -> Result<Answer, Error> {
        let answer = self.http.send(leg, to, request).await?;
        if let Some(date) = answer.date() {
            let error = Timestamp::now().duration_since(date);
            let error = if error.abs() < NOISE { SignedDuration::ZERO } else { error };
            *self.clock_error.lock().unwrap_or_else(PoisonError::into_inner) = Some(error);
        }
        tracing::debug!(leg = leg.name(), status = answer.status, "answered");
        Ok(answer)
    }

    /// The services' time.
    fn now(&self) -> Timestamp {
        let now = Timestamp::now();
        now.checked_sub(self.clock_error().unwrap_or_default()).unwrap_or(now)
    }
}

impl Issuer for Services {
    fn authorize_url(&self, app: &AzureApp, pending: &Pending) -> Url {
        oauth::authorize_url(&self.endpoints, app, pending)
    }

    async fn open_ahead(&self, platform: Platform, leg: Leg) -> Result<(), Error> {
        self.http.open(leg, self.endpoints.of(platform, leg)).await
    }

    async fn exchange(
        &self,
        app: &AzureApp,
        code: &SecretString,
        verifier: &SecretString,
    ) -> Result<OauthToken, Error> {
        self.token(app, Grant::Code { code, verifier }).await
    }

    async fn renew(&self, app: &AzureApp, refresh: &SecretString) -> Result<OauthToken, Error> {
        self.token(app, Grant::Refresh(refresh)).await
    }

    async fn user_token(&self, access: &SecretString) -> Result<UserToken, Error> {
        let (to, body) = (&self.endpoints.user, xbox::user_request(access));
        let (name, version) = xbox::CONTRACT;
        let request = |client: &Client| client.post(to.clone()).header(name, version).json(&body);
        xbox::read_user(&self.send(Leg::XboxUser, to, request).await?, self.now())
    }

    async fn xsts(&self, user: &SecretString, party: RelyingParty) -> Result<XstsToken, Error> {
        let (to, body) = (&self.endpoints.xsts, xbox::xsts_request(user, party));
        let (name, version) = xbox::CONTRACT;
        let request = |client: &Client| client.post(to.clone()).header(name, version).json(&body);
        xbox::read_xsts(&self.send(party.leg(), to, request).await?, self.now())
    }

    async fn spartan(&self, halo: &XstsToken) -> Result<SpartanToken, Error> {
        let (to, body) = (&self.endpoints.spartan, halo::spartan_request(halo));
        // Without it the answer is XML.
        let request = |client: &Client| client.post(to.clone()).header(ACCEPT, "application/json").json(&body);
        halo::read_spartan(&self.send(Leg::Spartan, to, request).await?, halo, self.now())
    }

    async fn clearance(&self, spartan: &SecretString) -> Result<Clearance, Error> {
        let to = &self.endpoints.clearance;
        let mut token = HeaderValue::from_str(spartan.expose_secret()).map_err(|_| {
            Error::new(crate::error::Step::Leg(Leg::Clearance), Cause::Unreadable("a token of odd bytes"))
        })?;
        token.set_sensitive(true);
        let request = |client: &Client| {
            client.get(to.clone()).header(ACCEPT, "application/json").header(halo::SPARTAN_HEADER, token)
        };
        halo::read_clearance(&self.send(Leg::Clearance, to, request).await?, self.now())
    }

    fn clock_error(&self) -> Option<SignedDuration> {
        *self.clock_error.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
