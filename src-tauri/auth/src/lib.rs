//! From a Microsoft account to a Halo Infinite Spartan token, and how to keep both.

pub mod account;
pub mod azure_app;
pub mod error;
pub mod leg;
mod secret;
pub mod token;
pub mod words;
pub mod xerr;
