//! The mock services over real sockets: the whole chain works, and each broken rule is refused.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "clippy exempts tests but not their shared functions, which fail by panicking"
)]

mod alone;
mod chain;
mod device_codes;
mod discovery;
mod faults;
mod halo_rules;
mod listening;
mod program;
mod sign_in_page;
mod steering;
mod token_rules;
mod xbox_rules;
