//! What the chain makes of an answer, without a wire: for fuzzing, and for answers that came another way.

use std::fmt;

use jiff::Timestamp;
use reqwest::header::{HeaderMap, HeaderName, HeaderValue};

use crate::{
    claims::Claims,
    error::Error,
    halo,
    http::Answer,
    leg::Leg,
    oauth,
    raw::Raw,
    token::{Life, XstsToken},
    xbox,
};

/// An answer to the request of one leg.
#[derive(Clone, Copy)]
pub struct Came<'a> {
    /// Whose request it answers.
    pub leg: Leg,
    /// The HTTP status.
    pub status: u16,
    /// Names and values; those that HTTP does not allow are left out.
    pub headers: &'a [(&'a str, &'a str)],
    /// The body.
    pub body: &'a [u8],
}

/// Without headers and body: tokens may be in them.
impl fmt::Debug for Came<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Came").field("leg", &self.leg).field("status", &self.status).finish_non_exhaustive()
    }
}

/// The life of the token in an answer that came at `now`, by the services' clock; a clearance has none of its own. A
/// refusal, and an answer that makes no sense, is the error that the chain would end with.
pub fn read(came: Came<'_>, now: Timestamp) -> Result<Option<Life>, Error> {
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

/// The Halo XSTS token that the Spartan token was made from: one that does not shorten its life.
fn endless(now: Timestamp) -> XstsToken {
    let life = Life { issued_at: now, expires_at: Timestamp::MAX };
    XstsToken { token: "".into(), claims: Claims::default(), life, raw: Raw::default() }
}
