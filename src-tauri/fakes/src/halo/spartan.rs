//! `settings.svc.halowaypoint.com/spartan-token`: exchanges a Halo XSTS token for a Spartan token.

use hyper::StatusCode;
use jiff::{SignedDuration, Timestamp};
use serde::Deserialize;
use serde_json::json;

use super::unauthorized;
use crate::{
    Kind,
    answer::{self, Answer},
    call::{self, Call},
    stamp,
    world::World,
};

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
struct Ask {
    audience: String,
    min_version: String,
    proof: [Proof; 1],
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
struct Proof {
    token: String,
    token_type: String,
}

pub(crate) fn answer(world: &World, call: &Call) -> Answer {
    let Some(ask) = call::json::<Ask>(call).filter(Ask::is_right) else {
        return answer::text(StatusCode::BAD_REQUEST, "Bad Request");
    };
    let now = world.now();
    let mut ledger = world.ledger();
    let [proof] = &ask.proof;
    let Some((account, expires)) =
        ledger.live(Kind::XstsHalo, &proof.token, now).map(|token| (token.account.clone(), token.expires))
    else {
        return unauthorized();
    };
    let token = ledger.issue_token(Kind::Spartan, &account, expires);
    let wants_json = call::header(call, "accept").is_some_and(|accept| accept.contains("application/json"));
    if wants_json { as_json(&token, now, expires) } else { as_xml(&token, now, expires) }
}

impl Ask {
    fn is_right(&self) -> bool {
        let [proof] = &self.proof;
        self.audience == "urn:343:s3:services" && self.min_version == "4" && proof.token_type == "Xbox_XSTSv3"
    }
}

fn as_json(token: &str, now: Timestamp, expires: Timestamp) -> Answer {
    let body = json!({
        "SpartanToken": token,
        "ExpiresUtc": { "ISO8601Date": stamp::whole_seconds(expires) },
        "TokenDuration": stamp::iso_duration(left(now, expires)),
    });
    answer::json(StatusCode::CREATED, &body)
}

fn as_xml(token: &str, now: Timestamp, expires: Timestamp) -> Answer {
    let body = format!(
        "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<SpartanTokenV4Response \
         xmlns=\"http://schemas.datacontract.org/2004/07/Microsoft.Halo.RegisterClient.Bond\">\n  \
         <ExpiresUtc><ISO8601Date>{}</ISO8601Date></ExpiresUtc>\n  <SpartanToken>{token}</SpartanToken>\n  \
         <TokenDuration>{}</TokenDuration>\n</SpartanTokenV4Response>",
        stamp::whole_seconds(expires),
        stamp::iso_duration(left(now, expires)),
    );
    answer::xml(StatusCode::CREATED, body)
}

fn left(now: Timestamp, expires: Timestamp) -> SignedDuration {
    expires.duration_since(now)
}
