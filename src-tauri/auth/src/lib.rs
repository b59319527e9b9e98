//! Gets Halo Infinite Spartan tokens with a Microsoft account, and keeps the user signed in.
//!
//! The crate has two halves. The requests and the chain work on their own (`default-features = false`). The default
//! feature `vault` adds what a program needs to stay signed in: an encrypted file, its key in the keyring, locks, and
//! one task that owns the accounts.
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
//! let services = Services::new(Endpoints::services(), Http::new(Timeouts::default(), Vec::new()));
//! # let fakes = spartan_fakes::Fakes::start(spartan_fakes::Setup::default()).await;
//! # let authority = CertificateDer::from_pem_slice(fakes.ca_pem().as_bytes())?;
//! # let endpoints: Endpoints = serde_json::from_value(serde_json::to_value(fakes.addresses())?)?;
//! # let services = Services::new(endpoints, Http::new(Timeouts::default(), vec![authority]));
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
//!     Ok(()) // Seal and write them here, as `vault` does.
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
//! // Later, and as often as you like: only what has expired is asked for anew.
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
//! - **Only one renewal runs at a time**, across tasks and processes: see the modules `session` and `vault`.
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

pub mod account;
pub mod answers;
pub mod app_check;
#[cfg(feature = "vault")]
pub mod app_line;
mod app_misconfiguration;
pub mod azure_app;
pub mod chain;
#[cfg(feature = "vault")]
pub mod choice;
pub mod claims;
pub mod clock;
#[cfg(feature = "vault")]
pub mod clock_check;
pub mod clock_error;
#[cfg(feature = "vault")]
mod commit;
#[cfg(feature = "vault")]
pub mod credentials;
pub mod device;
#[cfg(feature = "vault")]
pub mod diagnostics;
#[cfg(feature = "vault")]
pub mod duration;
pub mod endpoints;
#[cfg(feature = "vault")]
pub mod environment;
pub mod error;
#[cfg(feature = "vault")]
pub mod files;
pub mod format;
#[cfg(feature = "vault")]
pub mod fresh;
pub mod halo;
pub mod http;
pub mod import;
mod instant;
pub mod issuer;
#[cfg(feature = "vault")]
mod keep;
#[cfg(feature = "vault")]
pub mod key;
#[cfg(feature = "vault")]
pub mod key_file;
#[cfg(feature = "vault")]
pub mod key_move;
#[cfg(feature = "vault")]
pub mod key_place;
#[cfg(feature = "vault")]
pub mod keyring;
#[cfg(feature = "vault")]
pub mod leaving;
pub mod leg;
#[cfg(feature = "vault")]
pub mod leg_status;
mod lenient;
pub mod link;
#[cfg(feature = "vault")]
pub mod lock;
pub mod loopback;
pub mod oauth;
#[cfg(feature = "vault")]
pub mod owner;
#[cfg(feature = "vault")]
mod parts;
#[cfg(feature = "vault")]
pub mod paths;
#[cfg(feature = "vault")]
pub mod permissions;
pub mod plain;
pub mod player;
mod probe;
#[cfg(feature = "vault")]
pub mod purge;
mod random;
pub mod raw;
#[cfg(feature = "vault")]
pub mod redact;
pub mod redirect;
pub mod relying_party;
#[cfg(feature = "vault")]
mod renewal;
#[cfg(feature = "vault")]
pub mod run;
#[cfg(feature = "vault")]
pub mod schedule;
#[cfg(feature = "vault")]
pub mod sealed;
mod secret;
pub mod services;
#[cfg(feature = "vault")]
pub mod session;
#[cfg(feature = "vault")]
pub mod settings;
pub mod sign_in_method;
#[cfg(feature = "vault")]
mod spelling;
#[cfg(feature = "vault")]
pub mod status;
pub mod token;
#[cfg(feature = "vault")]
pub mod token_file;
#[cfg(feature = "vault")]
pub mod token_files;
#[cfg(feature = "vault")]
pub mod vault;
pub mod wait;
mod witnesses;
pub mod xbox;

/// Crates whose types most programs use with this one: times, secrets and URLs.
pub use {jiff, secrecy, url};
