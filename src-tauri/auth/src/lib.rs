//! From a Microsoft account to a Halo Infinite Spartan token, and how to keep both.

pub mod account;
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
pub mod http;
mod instant;
pub mod issuer;
#[cfg(feature = "vault")]
pub mod key;
#[cfg(feature = "vault")]
pub mod keyring;
pub mod leg;
pub mod lines;
#[cfg(feature = "vault")]
pub mod lock;
pub mod oauth;
#[cfg(feature = "vault")]
pub mod places;
pub mod redirect;
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
#[cfg(feature = "vault")]
pub mod status;
pub mod token;
#[cfg(feature = "vault")]
pub mod vault;
pub mod words;
pub mod xbox;
pub mod xerr;
