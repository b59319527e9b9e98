//! The control address: what [`Fakes`](crate::Fakes) can do, as JSON, for other processes.

use hyper::{Method, StatusCode};
use serde::Deserialize;
use serde_json::json;

use crate::{
    Endpoint, Fault, Pick, Times,
    answer::{self, Answer, empty},
    call::{self, Call},
    person,
    world::World,
};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Order {
    endpoint: Endpoint,
    fault: Fault,
    times: Times,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Only {
    endpoint: Endpoint,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Seed {
    client_id: String,
    account: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct SignIn {
    authorize: String,
    account: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Approve {
    user_code: String,
    account: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Decline {
    user_code: String,
}

/// The path of the certificate revocation list, as named in the certificates.
pub(crate) const REVOKED: &str = "/revoked";

/// Carries out a control request. Returns 400 if the request can't be parsed.
pub(crate) fn answer(world: &World, call: &Call) -> Answer {
    done(world, call).unwrap_or_else(|| empty(StatusCode::BAD_REQUEST))
}

fn done(world: &World, call: &Call) -> Option<Answer> {
    match (call.method(), call.uri().path()) {
        (&Method::GET, "/counts") => return Some(answer::json(StatusCode::OK, &world.traffic().counts())),
        (&Method::GET, "/connections") => return Some(answer::json(StatusCode::OK, &world.traffic().connections())),
        (&Method::GET, "/requests") => return Some(answer::json(StatusCode::OK, &world.traffic().requests())),
        (&Method::GET, "/issued") => return Some(answer::json(StatusCode::OK, &world.ledger().known())),
        (&Method::POST, "/faults") => {
            let Order { endpoint, fault, times } = call::json(call)?;
            world.traffic().order(endpoint, fault, times);
        }
        (&Method::DELETE, "/faults") if call.body().is_empty() => world.traffic().heal_all(),
        (&Method::DELETE, "/faults") => world.traffic().heal(call::json::<Only>(call)?.endpoint),
        (&Method::POST, "/revoke") => world.ledger().revoke(),
        (&Method::POST, "/expire") => world.expire(call::json::<Only>(call)?.endpoint),
        (&Method::POST, "/seed") => {
            let Seed { client_id, account } = call::json(call)?;
            let token = world.seed_refresh_token(&client_id, &account)?;
            return Some(answer::json(StatusCode::OK, &json!({ "refresh_token": token })));
        }
        (&Method::POST, "/sign-in") => {
            let SignIn { authorize, account } = call::json(call)?;
            let redirect = person::sign_in(world, &authorize, &Pick::Account(account))?;
            return Some(answer::json(StatusCode::OK, &json!({ "redirect": redirect })));
        }
        (&Method::POST, "/hang-up") => world.hang_up.notify_waiters(),
        (&Method::POST, "/close") => drop(world.open.send_replace(false)),
        (&Method::POST, "/reopen") => drop(world.open.send_replace(true)),
        (&Method::POST, "/approve") => {
            let Approve { user_code, account } = call::json(call)?;
            world.decide(&user_code, &Pick::Account(account)).then_some(())?;
        }
        (&Method::POST, "/decline") => {
            world.decide(&call::json::<Decline>(call)?.user_code, &Pick::Cancel).then_some(())?;
        }
        _ => return Some(empty(StatusCode::NOT_FOUND)),
    }
    Some(empty(StatusCode::NO_CONTENT))
}
