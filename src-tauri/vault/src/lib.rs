//! Where sign-ins are kept: an encrypted file, its key, keyrings, locks and permissions.
//!
//! The vault is one file, replaced as a whole under a lock. Its key is in the system's keyring, or in a file that the
//! user chose. No crash, other process or locked keyring loses a sign-in. This crate sends nothing over the network.

#![warn(missing_debug_implementations)]

pub mod account;
pub mod error;
pub mod fs;
pub mod key;
pub mod key_move;
pub mod keyring;
pub mod settings_file;
pub mod vault;
pub mod wait;
