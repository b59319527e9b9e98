//! What the chain works with: the app, its legs, and their tokens.

pub mod azure_app;
pub mod claims;
pub mod leg;
pub(crate) mod lenient;
pub mod player;
pub mod raw;
pub mod relying_party;
mod secret;
pub mod token;
