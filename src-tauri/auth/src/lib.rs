//! From a Microsoft account to a Halo Infinite Spartan token, and how to keep both.
//!
//! Two halves: the wire and the chain, which stand alone, and, behind the default feature `vault`, what a program needs
//! that stays signed in: a sealed file, its key in the keyring, locks, and one task that owns the account.
//!
//! ```no_run
//! # async fn example() -> Result<(), spartan_auth::error::Error> {
//! use spartan_auth::{
//!     azure_app::AzureApp,
//!     endpoints::Endpoints,
//!     http::{Http, Timeouts},
//!     issuer::Issuer,
//!     services::Services,
//!     xbox::RelyingParty,
//! };
//!
//! let app = AzureApp::parse("12345678-1234-1234-1234-123456789abc", "http://localhost")?;
//! let services = Services::new(Endpoints::services(), Http::new(Timeouts::default(), Vec::new()));
//! let oauth = services.renew(&app, &"a refresh token".into()).await?;
//! let user = services.user_token(&oauth.access).await?;
//! let halo = services.xsts(&user.token, RelyingParty::Halo).await?;
//! let spartan = services.spartan(&halo).await?;
//! println!("good until {}", spartan.life.expires_at);
//! # Ok(())
//! # }
//! ```
//!
//! [`chain::Chain`] does that, and runs only what is due.

pub mod account;
pub mod answers;
pub mod azure_app;
pub mod chain;
pub mod clock;
#[cfg(feature = "vault")]
pub mod credentials;
#[cfg(feature = "vault")]
mod desk;
pub mod endpoints;
pub mod error;
#[cfg(feature = "vault")]
pub mod files;
pub mod halo;
mod host;
pub mod http;
mod instant;
pub mod issuer;
#[cfg(feature = "vault")]
pub mod key;
#[cfg(feature = "vault")]
pub mod keyring;
pub mod leg;
mod lenient;
pub mod lines;
#[cfg(feature = "vault")]
pub mod lock;
pub mod oauth;
#[cfg(feature = "vault")]
pub mod places;
pub mod redirect;
#[cfg(feature = "vault")]
pub mod run;
#[cfg(feature = "vault")]
pub mod schedule;
#[cfg(feature = "vault")]
pub mod sealed;
mod secret;
#[cfg(all(feature = "vault", unix, not(target_os = "macos")))]
mod secret_service;
pub mod services;
#[cfg(feature = "vault")]
pub mod session;
#[cfg(feature = "vault")]
pub mod settings;
mod spare;
#[cfg(feature = "vault")]
pub mod status;
pub mod token;
pub mod trouble;
#[cfg(feature = "vault")]
pub mod vault;
mod words;
pub mod xbox;
pub mod xerr;
