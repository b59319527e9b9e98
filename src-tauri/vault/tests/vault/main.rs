//! The vault, its key and its files: what they store, and what each fault leaves behind.
#![allow(clippy::unwrap_used, reason = "a test that can't be set up must stop")]

mod bed;
#[cfg(windows)]
mod busy_file;
#[cfg(windows)]
mod credential_store;
mod earlier;
mod file_faults;
mod keeping;
mod key_file;
#[cfg(unix)]
mod key_file_rights;
mod key_move;
mod keyring_faults;
#[cfg(unix)]
mod owner;
mod together;
