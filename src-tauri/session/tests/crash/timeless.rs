//! Services without `Date` headers: a program whose clock is far ahead of them can't notice.

use jiff::Timestamp;
use secrecy::SecretString;
use spartan_auth::{
    azure_app::{AzureApp, Platform},
    clock_error::ClockError,
    device::{DeviceCode, Polled},
    error::Error,
    issuer::Issuer,
    leg::Leg,
    oauth::AuthorizationRequest,
    relying_party::RelyingParty,
    services::Services,
    token::{Clearance, OauthToken, SpartanToken, UserToken, XstsToken},
};
use url::Url;

/// Services whose answers reveal nothing about this computer's clock.
pub struct Timeless(pub Services);

impl Issuer for Timeless {
    fn authorize_url(&self, app: &AzureApp, pending: &AuthorizationRequest) -> Url {
        self.0.authorize_url(app, pending)
    }

    async fn open_ahead(&self, platform: Platform, leg: Leg) -> Result<(), Error> {
        self.0.open_ahead(platform, leg).await
    }

    fn hang_up(&self) {
        self.0.hang_up();
    }

    async fn exchange(
        &self,
        app: &AzureApp,
        code: &SecretString,
        verifier: &SecretString,
    ) -> Result<OauthToken, Error> {
        self.0.exchange(app, code, verifier).await
    }

    async fn device_code(&self, app: &AzureApp) -> Result<DeviceCode, Error> {
        self.0.device_code(app).await
    }

    async fn poll(&self, app: &AzureApp, code: &DeviceCode) -> Result<Polled, Error> {
        self.0.poll(app, code).await
    }

    async fn renew(&self, app: &AzureApp, refresh: &SecretString) -> Result<OauthToken, Error> {
        self.0.renew(app, refresh).await
    }

    async fn user_token(&self, access: &SecretString) -> Result<UserToken, Error> {
        self.0.user_token(access).await
    }

    async fn xsts(&self, user: &SecretString, party: &RelyingParty) -> Result<XstsToken, Error> {
        self.0.xsts(user, party).await
    }

    async fn spartan(&self, halo: &XstsToken) -> Result<SpartanToken, Error> {
        self.0.spartan(halo).await
    }

    async fn clearance(&self, spartan: &SecretString) -> Result<Clearance, Error> {
        self.0.clearance(spartan).await
    }

    fn clock_error(&self) -> Option<ClockError> {
        None
    }

    fn services_time(&self) -> Option<Timestamp> {
        None
    }
}
