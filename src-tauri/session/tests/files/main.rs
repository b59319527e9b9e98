//! Settings, token files and removal: what they store, and what each fault leaves behind.
#![allow(clippy::unwrap_used, reason = "a test that can't be set up must stop")]

#[cfg(windows)]
mod access_lists;
#[path = "../../../vault/tests/vault/bed.rs"]
mod bed;
mod purge;
mod purge_inside;
mod settings;
mod token_files;
