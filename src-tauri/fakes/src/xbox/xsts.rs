//! `xsts.auth.xboxlive.com`: exchanges a user token for a token for one relying party.

use hyper::StatusCode;
use serde::Deserialize;
use serde_json::{Value, json};

use super::{issued, keeps_contract};
use crate::{
    Account, Endpoint, Kind, Standing,
    answer::{self, Answer, empty},
    call::{self, Call},
    world::World,
};

const XBOX_LIVE: &str = "http://xboxlive.com";
const HALO: &str = "https://prod.xsts.halowaypoint.com/";
const EXPIRED_USER_TOKEN: u64 = 2_148_916_255;
const SANDBOX_NOT_ALLOWED: u64 = 2_148_916_249;
/// The `prv` claim of an adult without restrictions.
const PRIVILEGES: &str = "184 185 186 187 188 190 191 193 196 198 199 200 201 203 204 205 206 208 211 217 220 224 227 \
                          228 235 238 245 247 249 252 254 255";

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
    user_tokens: [String; 1],
    sandbox_id: String,
}

/// Returns the endpoint of a request, by its relying party.
pub(crate) fn endpoint(call: &Call) -> Endpoint {
    match serde_json::from_slice::<Ask>(call.body()).ok().map(|ask| ask.kind()) {
        Some(Kind::XstsXbox) => Endpoint::XstsXbox,
        Some(Kind::XstsHalo) => Endpoint::XstsHalo,
        _ => Endpoint::XstsOther,
    }
}

pub(crate) fn answer(world: &World, call: &Call) -> Answer {
    let Some(ask) = call::json::<Ask>(call).filter(|ask| keeps_contract(call) && ask.is_right()) else {
        return empty(StatusCode::BAD_REQUEST);
    };
    let now = world.now();
    let mut ledger = world.ledger();
    let [user_token] = &ask.properties.user_tokens;
    let Some(account) = ledger.live(Kind::User, user_token, now).map(|token| token.account.clone()) else {
        return refused(EXPIRED_USER_TOKEN);
    };
    if ask.properties.sandbox_id != "RETAIL" {
        return refused(SANDBOX_NOT_ALLOWED);
    }
    if let Standing::Refused(xerr) = account.standing {
        return refused(xerr);
    }
    let kind = ask.kind();
    let life = if kind == Kind::XstsHalo { world.lives.xsts_halo } else { world.lives.xsts_xbox };
    let token = ledger.issue_token(kind, &account, now + life);
    issued(&token, &claims(kind, &account), now, now + life)
}

impl Ask {
    fn is_right(&self) -> bool {
        let is_address = self.relying_party.starts_with("http://") || self.relying_party.starts_with("https://");
        self.token_type == "JWT" && is_address
    }

    fn kind(&self) -> Kind {
        match self.relying_party.as_str() {
            XBOX_LIVE => Kind::XstsXbox,
            HALO => Kind::XstsHalo,
            _ => Kind::XstsOther,
        }
    }
}

fn claims(kind: Kind, account: &Account) -> Value {
    let uhs = account.user_hash();
    match &account.standing {
        Standing::Player { gamertag, xuid, age_group } if kind == Kind::XstsXbox => json!({
            "gtg": gamertag,
            "xid": xuid,
            "uhs": uhs,
            "agg": age_group,
            "usr": "234",
            "utr": "190",
            "prv": PRIVILEGES,
        }),
        Standing::Player { .. } | Standing::Refused(_) => json!({ "uhs": uhs }),
    }
}

fn refused(xerr: u64) -> Answer {
    let page = match xerr {
        2_148_916_233 => "CreateAccount",
        2_148_916_238 => "AddChildToFamily",
        _ => "",
    };
    let redirect = format!("https://start.ui.xboxlive.com/{page}");
    let body = json!({ "Identity": "0", "XErr": xerr, "Message": "", "Redirect": redirect });
    answer::json(StatusCode::UNAUTHORIZED, &body)
}
