//! From a Microsoft account to a Halo Infinite Spartan token, and how to keep both.

pub mod account;
pub mod azure_app;
pub mod chain;
pub mod clock;
pub mod endpoints;
pub mod error;
pub mod halo;
pub mod http;
mod instant;
pub mod issuer;
pub mod leg;
pub mod oauth;
pub mod redirect;
mod secret;
pub mod services;
pub mod token;
pub mod words;
pub mod xbox;
pub mod xerr;
#[cfg(feature = "vault")]
pub mod credentials;
#[cfg(feature = "vault")]
mod desk;
#[cfg(feature = "vault")]
pub mod files;
#[cfg(feature = "vault")]
pub mod key;
#[cfg(feature = "vault")]
pub mod keyring;
#[cfg(feature = "vault")]
pub mod lock;
#[cfg(feature = "vault")]
pub mod places;
#[cfg(feature = "vault")]
pub mod sealed;
#[cfg(feature = "vault")]
pub mod settings;
#[cfg(feature = "vault")]
pub mod vault;
#[cfg(all(feature = "vault", unix, not(target_os = "macos")))]
mod secret_service;
