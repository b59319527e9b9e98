//! The vault, its key and its files: what they keep, and what each fault leaves behind.
#![cfg(feature = "vault")]
#![allow(clippy::unwrap_used, reason = "a test that cannot be set up has to stop")]

mod bed;
mod file_faults;
mod keeping;
mod keyring_faults;
mod settings;
mod together;
