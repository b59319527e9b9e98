//! Services with one impaired leg: it has another address, or a shorter timeout than the others.

use std::sync::Arc;

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

/// Two XSTS legs share an address, and a leg with a short timeout must not make the others fail.
pub struct Lame {
    pub leg: Leg,
    pub limping: Arc<Services>,
    pub others: Arc<Services>,
}

impl Lame {
    fn at(&self, leg: Leg) -> &Services {
        if leg == self.leg { &self.limping } else { &self.others }
    }
}

impl Issuer for Lame {
    fn authorize_url(&self, app: &AzureApp, pending: &AuthorizationRequest) -> Url {
        self.others.authorize_url(app, pending)
    }

    async fn open_ahead(&self, platform: Platform, leg: Leg) -> Result<(), Error> {
        self.at(leg).open_ahead(platform, leg).await
    }

    fn hang_up(&self) {
        self.limping.hang_up();
        self.others.hang_up();
    }

    async fn exchange(
        &self,
        app: &AzureApp,
        code: &SecretString,
        verifier: &SecretString,
    ) -> Result<OauthToken, Error> {
        self.at(Leg::Microsoft).exchange(app, code, verifier).await
    }

    async fn device_code(&self, app: &AzureApp) -> Result<DeviceCode, Error> {
        self.at(Leg::Microsoft).device_code(app).await
    }

    async fn poll(&self, app: &AzureApp, code: &DeviceCode) -> Result<Polled, Error> {
        self.at(Leg::Microsoft).poll(app, code).await
    }

    async fn renew(&self, app: &AzureApp, refresh: &SecretString) -> Result<OauthToken, Error> {
        self.at(Leg::Microsoft).renew(app, refresh).await
    }

    async fn user_token(&self, access: &SecretString) -> Result<UserToken, Error> {
        self.at(Leg::XboxUser).user_token(access).await
    }

    async fn xsts(&self, user: &SecretString, party: &RelyingParty) -> Result<XstsToken, Error> {
        self.at(party.leg()).xsts(user, party).await
    }

    async fn spartan(&self, halo: &XstsToken) -> Result<SpartanToken, Error> {
        self.at(Leg::Spartan).spartan(halo).await
    }

    async fn clearance(&self, spartan: &SecretString) -> Result<Clearance, Error> {
        self.at(Leg::Clearance).clearance(spartan).await
    }

    fn clock_error(&self) -> Option<ClockError> {
        self.others.clock_error()
    }

    fn services_time(&self) -> Option<Timestamp> {
        self.others.services_time()
    }
}
