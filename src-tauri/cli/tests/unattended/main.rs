//! `spartan` in a minimal environment: without a keyring, a display or D-Bus, as on a server.
#![cfg(feature = "demo")]
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test that can't be set up must stop")]

mod doctor;
#[cfg(target_os = "linux")]
mod examples;
mod key_file;
mod machine;
#[cfg(unix)]
mod other_user;
#[cfg(target_os = "linux")]
mod output;
mod purge;
mod token_files;
