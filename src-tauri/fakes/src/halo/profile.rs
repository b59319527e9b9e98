//! `profile.svc.halowaypoint.com/users/me`: the owner of a Spartan token.

use hyper::StatusCode;
use serde_json::{Map, Value, json};

use super::{unauthorized, with_spartan};
use crate::{
    Standing,
    answer::{self, Answer},
    call::{self, Call},
    world::World,
};

pub(crate) fn answer(world: &World, call: &Call) -> Answer {
    if call::header(call, "343-clearance") != Some(world.clearance.as_str()) {
        return unauthorized();
    }
    with_spartan(world, call, |token| match &token.account.standing {
        Standing::Player { gamertag, xuid, .. } => {
            let body = json!({ "xuid": xuid, "gamertag": gamertag, "gamerpic": pictures() });
            answer::json(StatusCode::OK, &body)
        }
        Standing::Refused(_) => unauthorized(),
    })
}

fn pictures() -> Map<String, Value> {
    let sizes = [("small", "&w=64&h=64"), ("medium", "&w=208&h=208"), ("large", "&w=424&h=424"), ("xlarge", "")];
    let picture = |query| format!("https://images-eds-ssl.xboxlive.com/image?url=stand-in&format=png{query}");
    sizes.into_iter().map(|(size, query)| (size.into(), picture(query).into())).collect()
}
