//! Gets Halo Infinite Spartan tokens with a Microsoft account, and keeps the user signed in.
//!
//! It sends requests and reads their answers; where tokens are kept and what a person reads is up to the program.
//!
//! # A first sign-in
//! ```
//! # use rustls::pki_types::{CertificateDer, pem::PemObject};
//! use spartan_auth::{
//!     azure_app::{AzureApp, Platform},
//!     chain::{Chain, Start},
//!     endpoints::Endpoints,
//!     http::{Http, Timeouts},
//!     issuer::Issuer,
//!     oauth::AuthorizationRequest,
//!     redirect::{self, Redirect},
//!     secrecy::ExposeSecret,
//!     services::Services,
//!     token::Tokens,
//!     url::Url,
//! };
//!
//! # #[tokio::main]
//! # async fn main() -> Result<(), Box<dyn std::error::Error>> {
//! // The app as SPNKr's guide registers it; without a secret it is one for the desktop.
//! let app = AzureApp {
//!     secret: Some("its secret".into()),
//!     platform: Platform::Live,
//!     ..AzureApp::parse("12345678-1234-1234-1234-123456789abc", "https://localhost")?
//! };
//! let services = Services::new(Endpoints::services(), Http::new("my-bot/1.0", Timeouts::default(), Vec::new()));
//! # let fakes = spartan_fakes::Fakes::start(spartan_fakes::Setup::default()).await;
//! # let authority = CertificateDer::from_pem_slice(fakes.ca_pem().as_bytes())?;
//! # let endpoints: Endpoints = serde_json::from_value(serde_json::to_value(fakes.addresses())?)?;
//! # let services = Services::new(endpoints, Http::new("my-bot/1.0", Timeouts::default(), vec![authority]));
//! # let app = AzureApp { client_id: spartan_fakes::CONFIDENTIAL_CLIENT_ID.parse()?, ..app };
//! # let app = AzureApp { secret: Some(spartan_fakes::CONFIDENTIAL_SECRET.into()), ..app };
//!
//! // Open this in a browser. It ends at `https://localhost/?code=…&state=…`, which is the address to read.
//! let pending = AuthorizationRequest::random();
//! let page = services.authorize_url(&app, &pending);
//! println!("Open {page}, and paste the address at which it ends:");
//! let mut line = String::new();
//! std::io::stdin().read_line(&mut line)?;
//! # let pick = spartan_fakes::Pick::Account("curtis@example.com".into());
//! # line = fakes.sign_in(page.as_str(), &pick).expect("the page redirects");
//! let address = Url::parse(line.trim())?;
//! let code = match redirect::read(&address, &app.redirect_uri, &pending.state) {
//!     Redirect::Code(code) => code,
//!     Redirect::Ended(error) => return Err(error.into()),
//!     Redirect::NotOurs => return Err("that is another address".into()),
//! };
//!
//! // Called whenever there is something new to keep: a rotated refresh token before the next request.
//! let keep = |tokens: &Tokens| {
//!     # let _ = tokens;
//!     Ok::<_, std::io::Error>(()) // Write them here, where only you can read them.
//! };
//! let mut tokens = Tokens::default();
//! let start = Start::Code { code, verifier: pending.verifier };
//! Chain::new(&services, &keep, &app).run(start, &mut tokens).await?;
//!
//! let player = tokens.player().ok_or("Xbox did not tell who that is")?;
//! println!("{} is signed in until {}", player.gamertag, player.expires_at());
//! let headers = player.headers(&"https://halostats.svc.halowaypoint.com/hi/players/x/matches".parse()?);
//! let token: &str = player.spartan.token.expose_secret();
//! # assert!(token.starts_with("v4="));
//! # assert_eq!((player.gamertag.as_str(), headers.len()), ("aCurtis X89", 3));
//!
//! // Later, and as often as you like: only what has expired is requested again.
//! Chain::new(&services, &keep, &app).run(Start::Due, &mut tokens).await?;
//! # Ok(())
//! # }
//! ```
//!
//! # Coming from SPNKr or python-xbox
//! Each line is verified by a test in `tests/wire/elsewhere.rs`.
//!
//! | SPNKr, `spnkr.auth` | here |
//! |---|---|
//! | `AzureApp(client_id, client_secret, redirect_uri)` | [`AzureApp`](azure_app::AzureApp): `https://localhost` and others; the secret is optional |
//! | the address that `authenticate_player` prints | [`Issuer::authorize_url`](issuer::Issuer::authorize_url), with PKCE and `state` |
//! | `authenticate_player` → refresh token | [`Issuer::exchange`](issuer::Issuer::exchange), or [`Start::Code`](chain::Start::Code), which goes on to the player |
//! | `refresh_player_tokens` → `AuthenticatedPlayer` | [`Start::Refresh`](chain::Start::Refresh) → [`Tokens::player`](token::Tokens::player) → [`Player`](player::Player) |
//! | `player_id`, `gamertag`, `spartan_token`, `clearance_token` | [`Player::id`](player::Player::id) and fields of the same name |
//! | `xbl_authorization_header_value` | [`Player::xbl_authorization`](player::Player::xbl_authorization) |
//! | `is_valid`, `SpartanToken.expires_at` | [`Player::is_valid`](player::Player::is_valid), [`Player::expires_at`](player::Player::expires_at), in UTC |
//! | `raw` of each token | [`Raw`](raw::Raw), in each token |
//!
//! | python-xbox, `AuthenticationManager` | here |
//! |---|---|
//! | `scopes` | [`AzureApp::scopes`](azure_app::AzureApp::scopes) |
//! | `generate_authorization_url(state)` | [`Issuer::authorize_url`](issuer::Issuer::authorize_url) with an [`AuthorizationRequest`](oauth::AuthorizationRequest), whose `state` you can set |
//! | `request_tokens(code)` | [`Start::Code`](chain::Start::Code) |
//! | `refresh_tokens()` | [`Start::Due`](chain::Start::Due) |
//! | `request_user_token(relying_party, use_compact_ticket)` | [`Services::user_token_for`](services::Services::user_token_for) with a [`Ticket`](xbox::Ticket) |
//! | `request_xsts_token(relying_party)` | [`Chain::xsts`](chain::Chain::xsts), stored per relying party; [`Issuer::xsts`](issuer::Issuer::xsts) for a new one |
//! | `xuid`, `userhash`, `gamertag`, `age_group`, `privileges` | [`Claims`](claims::Claims), typed |
//! | `authorization_header_value` | [`XstsToken::xbl_authorization`](token::XstsToken::xbl_authorization) |
//! | `is_valid()` of each token | [`Validity::is_valid`](token::Validity::is_valid), by [`Tokens::life`](token::Tokens::life) |
//!
//! # Other features
//! - **A rotated refresh token is saved before it's relied on**: [`Save`](chain::Save) is called before the next
//!   request.
//! - **Only one renewal runs at a time**, across tasks and processes: see the README.
//! - **Errors include a remedy** ([`Error::remedy`](error::Error::remedy)): waiting, including `Retry-After`; user
//!   action; a setting of the app; a page of Xbox's ([`XErr`](error::XErr)). Only Microsoft's `invalid_grant` and its
//!   equivalents require signing in again.
//! - **If XSTS refuses a user token, or Xbox an access token, a new one is made once** and the request is repeated. If
//!   no clearance can be obtained, the previous one is kept. The computer's clock may be wrong
//!   ([`Issuer::clock_error`](issuer::Issuer::clock_error)).
//! - **The two XSTS requests run concurrently**, and connections can be opened in advance
//!   ([`Issuer::open_ahead`](issuer::Issuer::open_ahead)).
//! - **Secrets don't leak**: no `Debug` output and no error contains one, and
//!   [`Player::headers`](player::Player::headers) returns each header only for the hosts that it's meant for.

#![warn(missing_debug_implementations)]

pub mod chain;
pub mod clock;
pub mod error;
pub mod http;
mod model;
pub mod plain;
pub mod random;
pub mod services;
mod sign_in;

pub use self::{
    clock::clock_error,
    model::{azure_app, claims, leg, player, raw, relying_party, token},
    services::{answers, device, endpoints, halo, issuer, link, oauth, xbox},
    sign_in::{app_check, import, loopback, redirect, sign_in_method},
};
/// Crates whose types most programs use with this one: times, secrets and URLs.
pub use {jiff, secrecy, url};
