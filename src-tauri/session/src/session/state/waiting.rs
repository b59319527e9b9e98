//! A request for tokens that are being renewed.

use crate::{
    format::Format,
    session::request::{answers::HandedOut, reply::Reply},
};

/// A request for tokens that are being renewed.
pub(crate) struct Waiting {
    pub(crate) reply: Reply<HandedOut>,
    pub(crate) format: Format,
    /// The name by which `spartan` knows the account, if it needs one.
    pub(crate) account: Option<String>,
}
