//! The mock services are accurate: programs that people use every day sign in and refresh with them, unmodified, on the
//! real host names. Both sides are checked: what the program got, and what the mock services counted and issued.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "clippy exempts tests but not their shared functions, which fail by panicking"
)]

mod microsoft;
mod network;
mod programs;
mod stand_ins;
mod told;
mod xbox;
