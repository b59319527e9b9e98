//! Xbox: the user token and XSTS.

use hyper::StatusCode;
use jiff::Timestamp;
use serde_json::{Value, json};

use crate::{
    answer::{self, Answer},
    call::{self, Call},
    stamp,
};

pub(crate) mod user;
pub(crate) mod xsts;

/// Returns whether a request names the contract version that it uses.
fn keeps_contract(call: &Call) -> bool {
    call::header(call, "x-xbl-contract-version") == Some("1")
}

/// Returns a token and its claims.
fn issued(token: &str, claims: &Value, now: Timestamp, expires: Timestamp) -> Answer {
    let body = json!({
        "IssueInstant": stamp::seven_digits(now),
        "NotAfter": stamp::seven_digits(expires),
        "Token": token,
        "DisplayClaims": { "xui": [claims] },
    });
    answer::json(StatusCode::OK, &body)
}
