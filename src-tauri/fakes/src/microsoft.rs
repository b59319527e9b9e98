//! Microsoft: the sign-in page and the token endpoint, on both hosts; device codes and discovery, on the newer one.

pub(crate) mod authorize;
mod bad_client;
mod client;
pub(crate) mod device;
pub(crate) mod device_code;
pub(crate) mod discovery;
mod grant;
pub(crate) mod identity;
pub(crate) mod link;
mod page;
mod pkce;
mod redirect_uri;
mod refusal;
mod scope;
pub(crate) mod token;

/// One of Microsoft's two hosts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Platform {
    /// `login.microsoftonline.com/consumers`, v2.
    Consumers,
    /// `login.live.com`.
    Live,
}
