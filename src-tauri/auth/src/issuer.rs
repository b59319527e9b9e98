//! Who issues tokens: a seam, so that rules about hours are tested without a wire.

use jiff::Timestamp;
use secrecy::SecretString;
use url::Url;

use crate::{
    azure_app::{AzureApp, Platform},
    clock_error::ClockError,
    device::{DeviceCode, Polled},
    error::Error,
    leg::Leg,
    oauth::Pending,
    relying_party::RelyingParty,
    token::{Clearance, OauthToken, SpartanToken, UserToken, XstsToken},
};

/// The services, one method a leg. Each error names its leg.
pub trait Issuer: Send + Sync + 'static {
    /// The address of Microsoft's page for one sign-in.
    fn authorize_url(&self, app: &AzureApp, pending: &Pending) -> Url;

    /// Opens a connection to a leg's host ahead, without a request, and keeps it for half a minute at most: the leg then
    /// waits for no handshake. One that was opened less than 20 seconds ago stays. An error says that nothing can be
    /// reached there.
    fn open_ahead(&self, platform: Platform, leg: Leg) -> impl Future<Output = Result<(), Error>> + Send;

    /// Forgets every connection: after a sleep they look alive and are not.
    fn hang_up(&self);

    /// A code from the redirect for tokens. Never repeated: a code works once.
    fn exchange(
        &self,
        app: &AzureApp,
        code: &SecretString,
        verifier: &SecretString,
    ) -> impl Future<Output = Result<OauthToken, Error>> + Send;

    /// A code for a sign-in on another device; at consumers v2, whichever platform the app names.
    fn device_code(&self, app: &AzureApp) -> impl Future<Output = Result<DeviceCode, Error>> + Send;

    /// Asks whether somebody has signed in with the code; not before [`DeviceCode::interval`] after the last time.
    fn poll(&self, app: &AzureApp, code: &DeviceCode) -> impl Future<Output = Result<Polled, Error>> + Send;

    /// A refresh token for new tokens.
    fn renew(&self, app: &AzureApp, refresh: &SecretString) -> impl Future<Output = Result<OauthToken, Error>> + Send;

    /// An access token for an Xbox user token.
    fn user_token(&self, access: &SecretString) -> impl Future<Output = Result<UserToken, Error>> + Send;

    /// A user token for an XSTS token.
    fn xsts(&self, user: &SecretString, party: &RelyingParty) -> impl Future<Output = Result<XstsToken, Error>> + Send;

    /// Halo's XSTS token for a Spartan token.
    fn spartan(&self, halo: &XstsToken) -> impl Future<Output = Result<SpartanToken, Error>> + Send;

    /// A Spartan token for the present clearance.
    fn clearance(&self, spartan: &SecretString) -> impl Future<Output = Result<Clearance, Error>> + Send;

    /// Returns this computer's clock error, if the answers so far agree on it.
    fn clock_error(&self) -> Option<ClockError>;

    /// Returns the services' time, if the answers so far agree on it.
    fn services_time(&self) -> Option<Timestamp>;
}
