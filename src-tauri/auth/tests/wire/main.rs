//! The chain over real sockets with the mock services: every leg succeeds, every leg fails, every refusal.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "clippy exempts tests but not their shared functions, which fail by panicking"
)]

mod ahead;
mod answers;
mod app_set_up;
mod down;
mod elsewhere;
mod keeping;
mod on_another_device;
mod recorded;
mod refusals;
mod run;
mod time_told;
mod whole_way;
mod wire;
