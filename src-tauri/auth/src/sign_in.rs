//! How a sign-in begins, arrives and is brought along.

pub mod app_check;
pub mod import;
pub mod loopback;
pub mod redirect;
pub mod sign_in_method;
