//! Sign-in on another device, with a short code that the user enters on Microsoft's page (RFC 8628).
//!
//! ```
//! # use rustls::pki_types::{CertificateDer, pem::PemObject};
//! use std::time::Duration;
//!
//! use spartan_auth::{
//!     azure_app::AzureApp,
//!     chain::{Chain, Start},
//!     device::{self, Polled},
//!     endpoints::Endpoints,
//!     http::{Http, Timeouts},
//!     issuer::Issuer,
//!     services::Services,
//!     token::Tokens,
//! };
//!
//! # #[tokio::main]
//! # async fn main() -> Result<(), Box<dyn std::error::Error>> {
//! // The app has to allow public client flows.
//! let app = AzureApp::parse("12345678-1234-1234-1234-123456789abc", "http://localhost")?;
//! let services = Services::new(Endpoints::services(), Http::new("my-bot/1.0", Timeouts::default(), Vec::new()));
//! # let fakes = spartan_fakes::Fakes::start(spartan_fakes::Setup::default()).await;
//! # let authority = CertificateDer::from_pem_slice(fakes.ca_pem().as_bytes())?;
//! # let endpoints: Endpoints = serde_json::from_value(serde_json::to_value(fakes.addresses())?)?;
//! # let services = Services::new(endpoints, Http::new("my-bot/1.0", Timeouts::default(), vec![authority]));
//! # let app = AzureApp { client_id: spartan_fakes::PUBLIC_CLIENT_ID.parse()?, ..app };
//!
//! let code = services.device_code(&app).await?;
//! println!("Open {} on any device and enter {} before {}.", code.page, code.user_code, code.expires_at);
//! # assert!(fakes.approve(&code.user_code, &spartan_fakes::Pick::Account("curtis@example.com".into())));
//!
//! // A refusal and a code that has expired come as errors; `Error::remedy` says whether to ask for another one.
//! let mut wait = code.interval;
//! # wait = Duration::ZERO;
//! let granted = loop {
//!     tokio::time::sleep(wait).await;
//!     match services.poll(&app, &code).await? {
//!         Polled::Granted(token) => break *token,
//!         Polled::Pending => {}
//!         Polled::SlowDown => wait += device::SLOWER,
//!     }
//! };
//!
//! let keep = |tokens: &Tokens| {
//!     # let _ = tokens;
//!     Ok::<_, std::io::Error>(()) // Write them here, where only you can read them.
//! };
//! let mut tokens = Tokens::default();
//! Chain::new(&services, &keep, &app).run(Start::Granted(granted), &mut tokens).await?;
//! println!("{:?} is signed in", tokens.player().map(|player| player.gamertag));
//! # assert_eq!(tokens.player().map(|player| player.gamertag).as_deref(), Some("aCurtis X89"));
//! # let _: Duration = wait;
//! # Ok(())
//! # }
//! ```

use std::{borrow::Cow, time::Duration};

use jiff::{SignedDuration, Timestamp};
use secrecy::{ExposeSecret, SecretString};
use serde::Deserialize;
use url::Url;

use crate::{
    error::{Cause, Error, Unreadable},
    http::{Answer, is_fit_for_a_header},
    model::{azure_app::AzureApp, lenient, token::OauthToken},
    services::{app_misconfiguration, oauth},
};

/// A code for one sign-in on another device.
#[derive(Clone, Debug)]
pub struct DeviceCode {
    /// The code that the user enters.
    pub user_code: String,
    /// The page on which the user enters it.
    pub page: Url,
    /// When it expires, UTC.
    pub expires_at: Timestamp,
    /// The minimum wait between two polls.
    pub interval: Duration,
    /// The code that polls send; used for nothing else.
    pub device_code: SecretString,
}

/// The result of a poll.
#[derive(Clone, Debug)]
pub enum Polled {
    /// The user signed in.
    Granted(Box<OauthToken>),
    /// The user hasn't entered the code yet.
    Pending,
    /// The sign-in is still pending, and the wait between polls must increase by [`SLOWER`].
    SlowDown,
}

/// The increase of the wait between two polls, if the service asks for it.
pub const SLOWER: Duration = Duration::from_secs(5);

/// The wait if the response specifies none (RFC 8628).
const USUAL: Duration = Duration::from_secs(5);
/// The longest wait that is honored. A service that asks for more must mean something else.
const LONGEST: Duration = Duration::from_secs(60);
/// The longest user code; nobody would enter a longer one.
const LONGEST_CODE: usize = 64;
/// The lifetime of a code: 15 minutes.
const LIFE: Duration = Duration::from_secs(900);

impl DeviceCode {
    /// Returns the page with the code filled in, if it's one that supports this.
    #[must_use]
    pub fn page_with_code(&self) -> Url {
        let mut page = self.page.clone();
        if page.host_str().is_some_and(|host| host == "microsoft.com" || host.ends_with(".microsoft.com")) {
            page.query_pairs_mut().append_pair("otc", &self.user_code);
        }
        page
    }
}

pub(crate) fn code_form(app: &AzureApp) -> Vec<(&'static str, Cow<'static, str>)> {
    vec![("client_id", app.client_id.to_string().into()), ("scope", oauth::scope(app))]
}

pub(crate) fn poll_form<'a>(app: &AzureApp, code: &'a DeviceCode) -> Vec<(&'static str, Cow<'a, str>)> {
    vec![
        ("client_id", app.client_id.to_string().into()),
        ("grant_type", "urn:ietf:params:oauth:grant-type:device_code".into()),
        ("device_code", code.device_code.expose_secret().into()),
    ]
}

/// Reads the response to a request for a code; `now` is the services' time.
pub(crate) fn read_code(answer: &Answer, now: Timestamp) -> Result<DeviceCode, Error> {
    if !answer.is_success() {
        return Err(app_misconfiguration::without_secret(oauth::refusal(answer)));
    }
    let body: Issued = answer.json()?;
    let device_code = answer.sound(body.device_code)?;
    let seconds = |told: Option<u64>, usual: Duration, longest| told.map_or(usual, Duration::from_secs).min(longest);
    let life = SignedDuration::try_from(seconds(body.expires_in, LIFE, LIFE * 4)).unwrap_or_default();
    if body.user_code.len() > LONGEST_CODE || !is_fit_for_a_header(&body.user_code) {
        return Err(answer.unreadable(Unreadable::NoCode));
    }
    Ok(DeviceCode {
        user_code: body.user_code,
        page: body.verification_uri,
        expires_at: now.saturating_add(life).unwrap_or(now),
        interval: seconds(body.interval, USUAL, LONGEST).max(Duration::from_secs(1)),
        device_code,
    })
}

/// Reads the response to a poll; `now` is the services' time.
pub(crate) fn read_poll(answer: &Answer, now: Timestamp) -> Result<Polled, Error> {
    if answer.is_success() {
        return oauth::read(answer, now).map(|token| Polled::Granted(Box::new(token)));
    }
    match oauth::error_of(answer).as_deref() {
        Some("authorization_pending") => Ok(Polled::Pending),
        Some("slow_down") => Ok(Polled::SlowDown),
        Some("authorization_declined" | "access_denied") => Err(answer.error(Cause::Cancelled)),
        Some("expired_token" | "bad_verification_code") => Err(answer.error(Cause::CodeExpired)),
        _ => Err(app_misconfiguration::without_secret(oauth::refusal(answer))),
    }
}

#[derive(Deserialize)]
struct Issued {
    user_code: String,
    device_code: SecretString,
    verification_uri: Url,
    #[serde(default, deserialize_with = "lenient::optional")]
    expires_in: Option<u64>,
    #[serde(default, deserialize_with = "lenient::optional")]
    interval: Option<u64>,
}
