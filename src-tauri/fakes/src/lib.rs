//! Local mock services for Microsoft, Xbox and Halo: real sockets, real TLS, and as strict as the real services.
//!
//! [`Fakes::start`] runs all of them inside a test; the binary of the same name runs them for other processes.

mod addresses;
mod answer;
mod authority;
mod body;
mod call;
mod control;
mod delay;
mod doors;
mod endpoint;
mod fakes;
mod fault;
mod halo;
mod ledger;
mod microsoft;
mod person;
mod pick;
mod place;
mod random;
mod routes;
mod secret;
mod serve;
mod setup;
mod site;
mod stamp;
mod traffic;
mod world;
mod xbox;

pub use addresses::{Addresses, SignInAddresses};
pub use endpoint::Endpoint;
pub use fakes::Fakes;
pub use fault::{Fault, Times};
pub use pick::Pick;
pub use secret::{Kind, Secret};
pub use setup::{
    Account, App, Audience, CLOSED_CLIENT_ID, CONFIDENTIAL_CLIENT_ID, CONFIDENTIAL_SECRET, CONFIDENTIAL_SECRET_ID,
    DIRECTORY_CLIENT_ID, EXPIRED_SECRET, Listen, Lives, PUBLIC_CLIENT_ID, Setup, Standing, WORK_CLIENT_ID,
};
