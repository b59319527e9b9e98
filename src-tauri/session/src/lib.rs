//! Accounts that stay signed in: sign-ins, renewals, their status, and what programs get of them.
//!
//! One task owns the accounts (`session`); programs that run only briefly share its renewals (`renewal`). Nothing here
//! is a sentence for a person: errors and statuses are data.

#![warn(missing_debug_implementations)]

pub mod environment;
pub mod error;
pub mod format;
pub mod operations;
pub mod parts;
pub mod redact;
pub mod renewal;
pub mod session;
pub mod settings;
pub mod status;
pub mod token_files;
