//! Interprets a response as the chain does, without a network: for fuzzing, and for responses received another way.

use std::fmt;

use jiff::Timestamp;
use reqwest::header::{HeaderMap, HeaderName, HeaderValue};

use crate::{
    error::Error,
    http::Answer,
    model::{
        claims::Claims,
        leg::Leg,
        raw::Raw,
        token::{Validity, XstsToken},
    },
    services::{halo, oauth, xbox},
};

/// A response to the request of one leg.
#[derive(Clone, Copy)]
pub struct Came<'a> {
    /// The leg whose request it answers.
    pub leg: Leg,
    /// The HTTP status.
    pub status: u16,
    /// Header names and values. Those that HTTP doesn't allow are ignored.
    pub headers: &'a [(&'a str, &'a str)],
    /// The body.
    pub body: &'a [u8],
}

/// Omits headers and body, which may contain tokens.
impl fmt::Debug for Came<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Came").field("leg", &self.leg).field("status", &self.status).finish_non_exhaustive()
    }
}

/// Returns the lifetime of the token in a response that arrived at `now`, by the services' clock; `None` for a
/// clearance, which has none. Fails with the error with which the chain would end, if the service refused or the
/// response is unreadable.
pub fn read(came: Came<'_>, now: Timestamp) -> Result<Option<Validity>, Error> {
    let header = |(name, value): &(&str, &str)| Some((name.parse().ok()?, HeaderValue::from_str(value).ok()?));
    let headers: HeaderMap =
        came.headers.iter().filter_map(header).collect::<Vec<(HeaderName, _)>>().into_iter().collect();
    let answer = Answer { leg: came.leg, status: came.status, headers, body: came.body.to_vec() };
    match came.leg {
        Leg::Microsoft => oauth::read(&answer, now).map(|oauth| Some(oauth.life)),
        Leg::XboxUser => xbox::read_user(&answer, now).map(|user| Some(user.life)),
        Leg::XstsXbox | Leg::XstsHalo | Leg::XstsOther => xbox::read_xsts(&answer, now).map(|xsts| Some(xsts.life)),
        Leg::Spartan => halo::read_spartan(&answer, &endless(now), now).map(|spartan| Some(spartan.life)),
        Leg::Clearance => halo::read_clearance(&answer, now).map(|_| None),
    }
}

/// Returns a Halo XSTS token that doesn't limit the lifetime of the Spartan token made from it.
fn endless(now: Timestamp) -> XstsToken {
    let life = Validity { issued_at: now, expires_at: Timestamp::MAX };
    XstsToken { token: "".into(), claims: Claims::default(), life, raw: Raw::default() }
}
