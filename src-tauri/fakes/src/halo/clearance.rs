//! `settings.svc.halowaypoint.com/oban/…/active`: the active flight of the game.

use hyper::{StatusCode, header::EXPIRES};
use jiff::SignedDuration;
use serde_json::json;

use super::with_spartan;
use crate::{
    answer::{self, Answer, put},
    call::Call,
    stamp,
    world::World,
};

pub(crate) fn answer(world: &World, call: &Call) -> Answer {
    with_spartan(world, call, |_| {
        let mut answer = answer::json(StatusCode::OK, &json!({ "FlightConfigurationId": world.clearance }));
        let expires = stamp::http_date(world.now() + SignedDuration::from_mins(30));
        put(answer.headers_mut(), EXPIRES, &expires);
        answer
    })
}
