//! Halo Infinite: the Spartan token and the clearance.

use jiff::{SignedDuration, Timestamp};
use secrecy::{ExposeSecret, SecretString};
use serde::Deserialize;
use serde_json::{Value, json};

use crate::{
    clock::instant,
    error::{Cause, Error, Unreadable},
    http::{Answer, is_fit_for_a_header},
    model::{
        lenient,
        raw::Raw,
        token::{Clearance, SpartanToken, Validity, XstsToken},
    },
};

/// The header in which every Halo service expects the Spartan token.
pub const SPARTAN_HEADER: &str = "x-343-authorization-spartan";
/// The header in which some Halo services expect the clearance.
pub const CLEARANCE_HEADER: &str = "343-clearance";

pub(crate) fn spartan_request(halo: &XstsToken) -> Value {
    json!({
        "Audience": "urn:343:s3:services",
        "MinVersion": "4",
        "Proof": [{ "Token": halo.token.expose_secret(), "TokenType": "Xbox_XSTSv3" }],
    })
}

/// Reads a Spartan token made from `halo`, whose expiry it never exceeds. `now` is the services' time.
pub(crate) fn read_spartan(answer: &Answer, halo: &XstsToken, now: Timestamp) -> Result<SpartanToken, Error> {
    if !answer.is_success() {
        return Err(refusal(answer));
    }
    let body: Granted = answer.json()?;
    let token = answer.fit_for_a_header(body.spartan_token)?;
    let told = body.expires_utc.and_then(|expiry| instant::iso8601(&expiry.iso8601_date));
    let assumed = now.saturating_add(SignedDuration::from_hours(1)).unwrap_or(now);
    let expires_at = told.unwrap_or(assumed).min(halo.life.expires_at);
    let life = Validity { issued_at: now.min(expires_at), expires_at };
    Ok(SpartanToken { token, life, raw: Raw::of(&answer.body) })
}

/// Reads a clearance; `now` is the services' time.
pub(crate) fn read_clearance(answer: &Answer, now: Timestamp) -> Result<Clearance, Error> {
    if !answer.is_success() {
        return Err(refusal(answer));
    }
    let body: Cleared = answer.json()?;
    if !is_fit_for_a_header(&body.id) {
        return Err(answer.unreadable(Unreadable::NoConfiguration));
    }
    Ok(Clearance { id: body.id, fetched_at: now, raw: Raw::of(&answer.body) })
}

fn refusal(answer: &Answer) -> Error {
    if answer.status == 401 { answer.error(Cause::InnerToken) } else { answer.refusal() }
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Granted {
    spartan_token: SecretString,
    #[serde(default, deserialize_with = "lenient::optional")]
    expires_utc: Option<Expiry>,
}

#[derive(Deserialize)]
struct Expiry {
    #[serde(rename = "ISO8601Date")]
    iso8601_date: String,
}

#[derive(Deserialize)]
struct Cleared {
    #[serde(rename = "FlightConfigurationId")]
    id: String,
}
