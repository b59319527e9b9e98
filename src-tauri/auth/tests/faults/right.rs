//! The correct answer of each leg, written by hand from valid tokens, so that one thing in it can be wrong.

use jiff::{SignedDuration, Timestamp};
use secrecy::{ExposeSecret, SecretString};
use serde_json::{Value, json};
use spartan_auth::{leg::Leg, token::Tokens};

/// The one thing that is wrong in an otherwise correct answer.
#[derive(Clone, Copy, Debug)]
pub enum But {
    /// Nothing is wrong.
    NothingIsWrong,
    /// The second half is missing.
    Truncated,
    /// Each value is null.
    Null,
    /// Each value has another type.
    OfOtherTypes,
    /// The token has 200 KB.
    WithAHugeToken,
}

/// Returns the answer's status and body.
pub fn answer(leg: Leg, tokens: &Tokens, but: But) -> (u16, String) {
    let mut body = body(leg, tokens);
    match but {
        But::NothingIsWrong => {}
        But::Truncated => {
            let text = body.to_string();
            return (status(leg), text[..text.len() / 2].to_owned());
        }
        But::Null => change(&mut body, &|_| Value::Null),
        But::OfOtherTypes => change(&mut body, &|value| if value.is_string() { json!(["x"]) } else { json!("x") }),
        But::WithAHugeToken => *body.pointer_mut(token(leg)).expect("it has one") = "x".repeat(200_000).into(),
    }
    (status(leg), body.to_string())
}

/// Returns the correct answer with this expiry, or without one.
pub fn expiring(leg: Leg, tokens: &Tokens, expiry: Option<Value>) -> (u16, String) {
    let mut body = body(leg, tokens);
    let (holder, name) = self::expiry(leg);
    let holder = body.pointer_mut(holder).and_then(Value::as_object_mut).expect("it is an object");
    match expiry {
        Some(expiry) => holder.insert(name.to_owned(), expiry),
        None => holder.remove(name),
    };
    (status(leg), body.to_string())
}

fn body(leg: Leg, tokens: &Tokens) -> Value {
    let text = |secret: Option<&SecretString>| secret.expect("somebody is signed in").expose_secret().to_owned();
    let then = (Timestamp::now() + SignedDuration::from_hours(2)).to_string();
    let xbox = |token: Option<&SecretString>, claims: Value| {
        json!({ "IssueInstant": "2026-01-01T00:00:00.0000000Z", "NotAfter": then, "Token": text(token),
            "DisplayClaims": { "xui": [claims] } })
    };
    match leg {
        Leg::Microsoft => json!({
            "token_type": "Bearer",
            "scope": "XboxLive.signin",
            "expires_in": 3600,
            "access_token": text(tokens.access.as_ref().map(|access| &access.token)),
            "refresh_token": text(tokens.refresh.as_ref()),
        }),
        Leg::XboxUser => xbox(tokens.user.as_ref().map(|user| &user.token), json!({ "uhs": "1" })),
        Leg::XstsXbox => xbox(
            tokens.xsts_xbox.as_ref().map(|xsts| &xsts.token),
            json!({ "uhs": "1", "xid": "2533274855333605", "gtg": "aCurtis X89", "agg": "Adult", "prv": "184 185" }),
        ),
        Leg::XstsHalo | Leg::XstsOther => {
            xbox(tokens.xsts_halo.as_ref().map(|xsts| &xsts.token), json!({ "uhs": "1" }))
        }
        Leg::Spartan => json!({
            "SpartanToken": text(tokens.spartan.as_ref().map(|spartan| &spartan.token)),
            "ExpiresUtc": { "ISO8601Date": then },
            "TokenDuration": "PT2H",
        }),
        Leg::Clearance => json!({ "FlightConfigurationId": tokens.clearance.as_ref().expect("there is one").id }),
    }
}

const fn status(leg: Leg) -> u16 {
    match leg {
        Leg::Spartan => 201,
        Leg::Microsoft | Leg::XboxUser | Leg::XstsXbox | Leg::XstsHalo | Leg::XstsOther | Leg::Clearance => 200,
    }
}

const fn token(leg: Leg) -> &'static str {
    match leg {
        Leg::Microsoft => "/access_token",
        Leg::XboxUser | Leg::XstsXbox | Leg::XstsHalo | Leg::XstsOther => "/Token",
        Leg::Spartan => "/SpartanToken",
        Leg::Clearance => "/FlightConfigurationId",
    }
}

/// Returns where the expiry is, and its name there.
const fn expiry(leg: Leg) -> (&'static str, &'static str) {
    match leg {
        Leg::Microsoft => ("", "expires_in"),
        Leg::XboxUser | Leg::XstsXbox | Leg::XstsHalo | Leg::XstsOther => ("", "NotAfter"),
        Leg::Spartan => ("/ExpiresUtc", "ISO8601Date"),
        Leg::Clearance => panic!("a clearance tells no expiry"),
    }
}

/// Changes each value that contains no other values.
fn change(value: &mut Value, to: &dyn Fn(&Value) -> Value) {
    match value {
        Value::Object(fields) => fields.values_mut().for_each(|value| change(value, to)),
        Value::Array(values) => values.iter_mut().for_each(|value| change(value, to)),
        value => *value = to(value),
    }
}
