//! Microsoft's refusals, as each host words them.

use hyper::StatusCode;
use jiff::Timestamp;
use serde_json::json;

use super::{Platform, bad_client::BadClient};
use crate::{
    answer::{self, Answer},
    random, stamp,
};

/// Why the token endpoint refuses a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Refusal {
    NotAForm,
    CrossOrigin,
    Missing(&'static str),
    UnknownGrantType,
    Client(BadClient),
    WrongScope,
    UnknownCode,
    SpentCode,
    ExpiredCode,
    OtherRedirect,
    VerifierMissing,
    VerifierWrong,
    VerifierUncalled,
    DeadRefreshToken,
    OtherClient,
    PublicFlowsOff,
    UnknownDeviceCode,
    ExpiredDeviceCode,
    NobodyHasDecided,
    PollsTooOften,
    Declined,
}

impl Refusal {
    pub fn answer(self, platform: Platform, now: Timestamp) -> Answer {
        let (error, number, text) = self.words(platform);
        match platform {
            // live.com is known to answer every refusal with 400.
            Platform::Live => {
                answer::json(StatusCode::BAD_REQUEST, &json!({ "error": error, "error_description": text }))
            }
            Platform::Consumers => {
                let status = if error == "invalid_client" { StatusCode::UNAUTHORIZED } else { StatusCode::BAD_REQUEST };
                let (trace, correlation, time) = (random::guid(), random::guid(), stamp::with_a_space(now));
                let description =
                    format!("AADSTS{number}: {text} Trace ID: {trace} Correlation ID: {correlation} Timestamp: {time}");
                let body = json!({
                    "error": error,
                    "error_description": description,
                    "error_codes": [number],
                    "timestamp": time,
                    "trace_id": trace,
                    "correlation_id": correlation,
                    "error_uri": format!("https://login.microsoftonline.com/error?code={number}"),
                });
                answer::json(status, &body)
            }
        }
    }

    /// Returns the OAuth error, the AADSTS number and a sentence.
    fn words(self, platform: Platform) -> (&'static str, u32, String) {
        let (error, number, text) = match self {
            Self::Client(bad) => bad.words(platform),
            Self::NotAForm => ("invalid_request", 900_144, "The request body must be a form that names nothing twice."),
            Self::CrossOrigin => (
                "invalid_request",
                9_002_326,
                "Cross-origin token redemption is permitted only for the 'Single-Page Application' client-type.",
            ),
            Self::Missing(name) => {
                let text = format!("The request body must contain the following parameter: '{name}'.");
                return ("invalid_request", 900_144, text);
            }
            Self::UnknownGrantType => {
                ("unsupported_grant_type", 70_003, "The app requested an unsupported grant type.")
            }
            Self::WrongScope => {
                ("invalid_scope", 70_011, "The provided value for the input parameter 'scope' is not valid.")
            }
            Self::UnknownCode => {
                ("invalid_grant", 9_002_313, "The provided value for the 'code' parameter is not valid.")
            }
            Self::SpentCode => (
                "invalid_grant",
                54_005,
                "The authorization code was already redeemed, please retry with a new valid code.",
            ),
            Self::ExpiredCode => ("invalid_grant", 70_008, "The provided authorization code has expired."),
            Self::OtherRedirect => (
                "invalid_grant",
                500_112,
                "The 'redirect_uri' does not match the one provided when requesting the authorization code.",
            ),
            Self::VerifierMissing => {
                ("invalid_grant", 50_148, "The 'code_verifier' parameter is required: a code challenge was sent.")
            }
            Self::VerifierWrong => (
                "invalid_grant",
                501_481,
                "The 'code_verifier' does not match the 'code_challenge' supplied in the authorization request.",
            ),
            Self::VerifierUncalled => {
                ("invalid_grant", 501_481, "A 'code_verifier' was sent, but no code challenge before it.")
            }
            Self::DeadRefreshToken => (
                "invalid_grant",
                70_000,
                "The user could not be authenticated as the grant is expired. The user must sign in again.",
            ),
            Self::OtherClient => (
                "invalid_grant",
                70_000,
                "The provided value for the input parameter 'refresh_token' or 'assertion' is not valid. The token was \
                 issued for a different client id",
            ),
            Self::PublicFlowsOff => (
                "invalid_client",
                70_002,
                "The provided client is not supported for this feature. The client application must be marked as \
                 'mobile.'",
            ),
            Self::UnknownDeviceCode => {
                ("bad_verification_code", 70_018, "The device code that was sent is not recognized.")
            }
            Self::ExpiredDeviceCode => ("expired_token", 70_019, "The device code has expired. Start anew."),
            Self::NobodyHasDecided => (
                "authorization_pending",
                70_016,
                "OAuth 2.0 device flow error. Authorization is pending. Continue polling.",
            ),
            Self::PollsTooOften => ("slow_down", 70_016, "Authorization is pending. Wait longer between two polls."),
            Self::Declined => ("authorization_declined", 65_004, "The person declined to sign in."),
        };
        (error, number, text.into())
    }
}
