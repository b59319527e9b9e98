//! `user.auth.xboxlive.com`: exchanges an access token for a user token.

use hyper::StatusCode;
use serde::Deserialize;
use serde_json::json;

use super::{issued, keeps_contract};
use crate::{
    Kind,
    answer::{Answer, empty},
    call::{self, Call},
    world::World,
};

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
struct Ask {
    relying_party: String,
    token_type: String,
    properties: Properties,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
struct Properties {
    auth_method: String,
    site_name: String,
    rps_ticket: String,
}

pub(crate) fn answer(world: &World, call: &Call) -> Answer {
    let Some(ask) = call::json::<Ask>(call).filter(|ask| keeps_contract(call) && ask.is_right()) else {
        return empty(StatusCode::BAD_REQUEST);
    };
    let Some(access) = ask.properties.rps_ticket.strip_prefix("d=") else {
        return empty(StatusCode::BAD_REQUEST);
    };
    let now = world.now();
    let mut ledger = world.ledger();
    let Some(account) = ledger.live(Kind::Access, access, now).map(|token| token.account.clone()) else {
        return empty(StatusCode::UNAUTHORIZED);
    };
    let expires = now + world.lives.user;
    let token = ledger.issue_token(Kind::User, &account, expires);
    issued(&token, &json!({ "uhs": account.user_hash() }), now, expires)
}

impl Ask {
    fn is_right(&self) -> bool {
        self.relying_party == "http://auth.xboxlive.com"
            && self.token_type == "JWT"
            && self.properties.auth_method == "RPS"
            && self.properties.site_name == "user.auth.xboxlive.com"
    }
}
