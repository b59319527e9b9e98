//! The command as it ships, with the mock services, a separate session bus and a separate keyring.
#![cfg(unix)]
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "clippy exempts tests but not their shared functions, which fail by panicking"
)]

mod accounts;
mod desktop;
mod endings;
mod exec;
#[path = "../../../tests/desktop/keyring.rs"]
mod keyring;
mod keyrings;
mod names;
mod pages;
#[path = "../../../tests/desktop/process.rs"]
#[allow(dead_code, reason = "the desktop tests, which own this file, use more of it")]
mod process;
#[path = "../../../tests/desktop/prompter.rs"]
mod prompter;
mod sealed;
mod signing_in;
mod signing_out;
mod spartan;
mod status;
mod together;
mod tokens;
mod unlucky;
#[path = "../../../tests/desktop/wait.rs"]
mod wait;
