//! The vault, its key and its files: what they store, and what each fault leaves behind.
#![allow(clippy::unwrap_used, reason = "a test that cannot be set up has to stop")]

#[cfg(windows)]
mod access_lists;
mod bed;
#[cfg(windows)]
mod busy_file;
#[cfg(windows)]
mod credential_store;
mod earlier;
mod file_faults;
mod keeping;
mod kept;
mod key_file;
#[cfg(unix)]
mod key_file_rights;
mod key_move;
mod keyring_faults;
#[cfg(unix)]
mod owner;
mod purge;
mod purge_inside;
mod settings;
mod together;
