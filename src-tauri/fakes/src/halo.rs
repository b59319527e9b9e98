//! Halo: the Spartan token and the requests that it authorizes.

use hyper::StatusCode;

use crate::{
    Kind,
    answer::{Answer, put, text},
    call::{self, Call},
    ledger::Token,
    world::World,
};

pub(crate) mod clearance;
pub(crate) mod profile;
pub(crate) mod spartan;

/// Returns the answer if the request carries a valid Spartan token.
fn with_spartan(world: &World, call: &Call, answer: impl FnOnce(&Token) -> Answer) -> Answer {
    let sent = call::header(call, "x-343-authorization-spartan").unwrap_or_default();
    match world.ledger().live(Kind::Spartan, sent, world.now()) {
        Some(token) => answer(token),
        None => unauthorized(),
    }
}

fn unauthorized() -> Answer {
    let mut answer = text(StatusCode::UNAUTHORIZED, "Unauthorized");
    put(answer.headers_mut(), hyper::header::HeaderName::from_static("x-343-exception"), "UnauthorizedException");
    answer
}
