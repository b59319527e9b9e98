//! Xbox Live: the user token and XSTS tokens, their requests, responses and errors.

use jiff::{SignedDuration, Timestamp};
use secrecy::{ExposeSecret, SecretString};
use serde::Deserialize;
use serde_json::{Value, json};
use url::Url;

use crate::{
    clock::instant,
    error::{Cause, Error, Unreadable, XErr},
    http::Answer,
    model::{
        claims::{Claimed, Claims},
        leg::Leg,
        lenient,
        raw::Raw,
        relying_party::RelyingParty,
        token::{UserToken, Validity, XstsToken},
    },
    services::link,
};

/// The prefix of the access token in a user token's request.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Ticket {
    /// `d=`: for the user's own app.
    #[default]
    OwnApp,
    /// `t=`: for Microsoft's own client IDs.
    MicrosoftsApp,
    /// No prefix: for an old compact ticket.
    Compact,
}

/// The usual relying party of a user token.
pub const USER_RELYING_PARTY: &str = "http://auth.xboxlive.com";

/// The header that both requests send.
pub(crate) const CONTRACT: (&str, &str) = ("x-xbl-contract-version", "1");

/// The lifetime if a response has no expiry; deliberately short.
const ASSUMED: SignedDuration = SignedDuration::from_hours(1);

pub(crate) fn user_request(access: &SecretString, ticket: Ticket, relying_party: &str) -> Value {
    let prefix = match ticket {
        Ticket::OwnApp => "d=",
        Ticket::MicrosoftsApp => "t=",
        Ticket::Compact => "",
    };
    json!({
        "RelyingParty": relying_party,
        "TokenType": "JWT",
        "Properties": {
            "AuthMethod": "RPS",
            "SiteName": "user.auth.xboxlive.com",
            "RpsTicket": format!("{prefix}{}", access.expose_secret()),
        },
    })
}

pub(crate) fn xsts_request(user: &SecretString, party: &RelyingParty) -> Value {
    json!({
        "RelyingParty": party.address(),
        "TokenType": "JWT",
        "Properties": { "UserTokens": [user.expose_secret()], "SandboxId": "RETAIL" },
    })
}

/// Reads a user token; `now` is the services' time.
pub(crate) fn read_user(answer: &Answer, now: Timestamp) -> Result<UserToken, Error> {
    let (token, claims, life) = read(answer, now)?;
    Ok(UserToken { token, user_hash: claims.user_hash, life, raw: Raw::of(&answer.body) })
}

/// Reads an XSTS token; `now` is the services' time.
pub(crate) fn read_xsts(answer: &Answer, now: Timestamp) -> Result<XstsToken, Error> {
    let (token, claims, life) = read(answer, now)?;
    Ok(XstsToken { token, claims, life, raw: Raw::of(&answer.body) })
}

/// Returns when the response's token was issued, if specified.
pub(crate) fn issue_instant(answer: &Answer) -> Option<Timestamp> {
    #[derive(Deserialize)]
    #[serde(rename_all = "PascalCase")]
    struct Issued {
        issue_instant: String,
    }
    let is_of_xbox = matches!(answer.leg, Leg::XboxUser | Leg::XstsXbox | Leg::XstsHalo | Leg::XstsOther);
    let body = (is_of_xbox && answer.is_success()).then(|| serde_json::from_slice::<Issued>(&answer.body).ok());
    body.flatten().and_then(|body| instant::iso8601(&body.issue_instant))
}

fn read(answer: &Answer, now: Timestamp) -> Result<(SecretString, Claims, Validity), Error> {
    if !answer.is_success() {
        return Err(refusal(answer));
    }
    let body: Issued = answer.json()?;
    let token = answer.fit_for_a_header(body.token)?;
    let claims = body.display_claims.and_then(|claims| claims.xui.into_iter().next());
    let Some(claims) = claims.and_then(Claimed::into_claims) else {
        return Err(answer.unreadable(Unreadable::NoUserHash));
    };
    Ok((token, claims, life(body.issue_instant.as_deref(), body.not_after.as_deref(), now)))
}

fn life(issued: Option<&str>, not_after: Option<&str>, now: Timestamp) -> Validity {
    let assumed = now.saturating_add(ASSUMED).unwrap_or(now);
    let expires_at = not_after.and_then(instant::iso8601).unwrap_or(assumed);
    let issued_at = issued.and_then(instant::iso8601).filter(|issued| *issued <= expires_at);
    Validity { issued_at: issued_at.unwrap_or_else(|| now.min(expires_at)), expires_at }
}

fn refusal(answer: &Answer) -> Error {
    if let Some(passing) = answer.passing() {
        return passing;
    }
    let body: Refused = serde_json::from_slice(&answer.body).unwrap_or_default();
    let in_header = || answer.header("x-err").and_then(number);
    let xerr = body.xerr.as_deref().and_then(number).or_else(in_header).map(XErr);
    let cause = match xerr {
        Some(xerr) if xerr.is_about_inner_token() => Cause::InnerToken,
        Some(xerr) => {
            let link = body.redirect.and_then(|link| Url::parse(&link).ok()).filter(link::may_open);
            Cause::Account { xerr, link }
        }
        // An expired or malformed inner token: 400 or 401, without details.
        None if matches!((answer.leg, answer.status), (Leg::XboxUser, 400) | (_, 401)) => Cause::InnerToken,
        None => return answer.refusal(),
    };
    answer.error(cause)
}

/// Parses a decimal, hexadecimal, or signed number, as Windows writes an `HRESULT`; zero isn't a code.
fn number(text: &str) -> Option<u32> {
    let text = text.trim();
    let signed = || text.parse().ok().map(i32::cast_unsigned);
    let code = match text.strip_prefix("0x").or_else(|| text.strip_prefix("0X")) {
        Some(hex) => u32::from_str_radix(hex, 16).ok(),
        None => text.parse().ok().or_else(signed),
    };
    code.filter(|code| *code != 0)
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Issued {
    #[serde(default, deserialize_with = "lenient::text")]
    issue_instant: Option<String>,
    #[serde(default, deserialize_with = "lenient::text")]
    not_after: Option<String>,
    token: SecretString,
    display_claims: Option<DisplayClaims>,
}

#[derive(Deserialize)]
struct DisplayClaims {
    xui: Vec<Claimed>,
}

#[derive(Default, Deserialize)]
struct Refused {
    #[serde(rename = "XErr", default, deserialize_with = "lenient::text")]
    xerr: Option<String>,
    #[serde(rename = "Redirect", default, deserialize_with = "lenient::text")]
    redirect: Option<String>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_ticket_has_the_prefix_of_its_app_and_a_compact_one_has_none() {
        let tickets = [(Ticket::OwnApp, "d=a"), (Ticket::MicrosoftsApp, "t=a"), (Ticket::Compact, "a")];
        for (ticket, written) in tickets {
            let request = user_request(&"a".into(), ticket, USER_RELYING_PARTY);
            assert_eq!(request["Properties"]["RpsTicket"], written);
        }
    }

    #[test]
    fn the_relying_party_is_whoever_was_named() {
        assert_eq!(user_request(&"a".into(), Ticket::OwnApp, "http://other/")["RelyingParty"], "http://other/");
        assert_eq!(xsts_request(&"u".into(), &"rp://other/".into())["RelyingParty"], "rp://other/");
    }

    #[test]
    fn an_xerr_is_read_in_decimal_in_hex_and_signed() {
        for text in ["2148916238", " 2148916238 ", "0x8015DC0E", "-2146051058"] {
            assert_eq!(number(text), Some(2_148_916_238), "{text}");
        }
        for text in ["none", "", "0", "0x0", "0x", "99999999999"] {
            assert_eq!(number(text), None, "{text}");
        }
    }

    #[test]
    fn a_missing_expiry_means_an_hour_and_an_issue_after_it_is_not_believed() {
        let now: Timestamp = "2026-11-21T18:00:00Z".parse().unwrap();
        let hour = now + SignedDuration::from_hours(1);
        assert_eq!(life(None, None, now), Validity { issued_at: now, expires_at: hour });
        assert_eq!(life(None, Some("rubbish"), now).expires_at, hour);
        let late = life(Some("2026-11-22T18:00:00Z"), Some("2026-11-21T19:00:00Z"), now);
        assert_eq!(late, Validity { issued_at: now, expires_at: hour });
    }
}
