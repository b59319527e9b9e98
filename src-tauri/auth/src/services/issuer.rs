//! The token issuer: a trait, so that rules about hours can be tested without a network.

use jiff::Timestamp;
use secrecy::SecretString;
use url::Url;

use crate::{
    clock::clock_error::ClockError,
    error::Error,
    model::{
        azure_app::{AzureApp, Platform},
        leg::Leg,
        relying_party::RelyingParty,
        token::{Clearance, OauthToken, SpartanToken, UserToken, XstsToken},
    },
    services::{
        device::{DeviceCode, Polled},
        oauth::AuthorizationRequest,
    },
};

/// The services, with one method per leg. Each error specifies its leg.
pub trait Issuer: Send + Sync + 'static {
    /// Returns the URL of Microsoft's sign-in page for one sign-in.
    fn authorize_url(&self, app: &AzureApp, pending: &AuthorizationRequest) -> Url;

    /// Opens a connection to a leg's host in advance, without a request, and keeps it for at most 30 seconds, so that
    /// the leg doesn't wait for a handshake. A connection opened less than 20 seconds ago is kept. Fails if the host is
    /// unreachable.
    fn open_ahead(&self, platform: Platform, leg: Leg) -> impl Future<Output = Result<(), Error>> + Send;

    /// Drops every connection: after the computer sleeps, they look alive but aren't.
    fn hang_up(&self);

    /// Exchanges a code from the redirect for tokens. Never repeated, because a code works once.
    fn exchange(
        &self,
        app: &AzureApp,
        code: &SecretString,
        verifier: &SecretString,
    ) -> impl Future<Output = Result<OauthToken, Error>> + Send;

    /// Requests a code for a sign-in on another device. Always uses consumers v2, whichever platform the app specifies.
    fn device_code(&self, app: &AzureApp) -> impl Future<Output = Result<DeviceCode, Error>> + Send;

    /// Asks whether the user has signed in with the code. Wait at least [`DeviceCode::interval`] between calls.
    fn poll(&self, app: &AzureApp, code: &DeviceCode) -> impl Future<Output = Result<Polled, Error>> + Send;

    /// Exchanges a refresh token for new tokens.
    fn renew(&self, app: &AzureApp, refresh: &SecretString) -> impl Future<Output = Result<OauthToken, Error>> + Send;

    /// Exchanges an access token for an Xbox user token.
    fn user_token(&self, access: &SecretString) -> impl Future<Output = Result<UserToken, Error>> + Send;

    /// Exchanges a user token for an XSTS token.
    fn xsts(&self, user: &SecretString, party: &RelyingParty) -> impl Future<Output = Result<XstsToken, Error>> + Send;

    /// Exchanges Halo's XSTS token for a Spartan token.
    fn spartan(&self, halo: &XstsToken) -> impl Future<Output = Result<SpartanToken, Error>> + Send;

    /// Requests the current clearance with a Spartan token.
    fn clearance(&self, spartan: &SecretString) -> impl Future<Output = Result<Clearance, Error>> + Send;

    /// Returns this computer's clock error if the responses so far agree on it.
    fn clock_error(&self) -> Option<ClockError>;

    /// Returns the services' time if the responses so far agree on it.
    fn services_time(&self) -> Option<Timestamp>;
}
