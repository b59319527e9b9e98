//! Whatever an answer says: the leg is named, time heals what the status says that it heals, and only Microsoft's
//! refusals ask somebody to sign in again.

use std::time::Duration;

use jiff::{SignedDuration, Timestamp};
use spartan_auth::{
    answers::{self, Came},
    error::{Remedy, Step},
    leg::Leg,
    link,
};

/// Holds for any leg, status, header and body.
pub fn holds(leg: u8, status: u16, header: &str, body: &[u8]) {
    let leg = Leg::ALL[usize::from(leg) % Leg::ALL.len()];
    let status = 200 + status % 400;
    let now = Timestamp::UNIX_EPOCH + SignedDuration::from_hours(24 * 365 * 56);
    let headers = [("x-err", header), ("retry-after", header), ("date", header), ("ms-cv", header)];
    let error = match answers::read(Came { leg, status, headers: &headers, body }, now) {
        Ok(life) => {
            assert!((200..300).contains(&status), "{status} gave a token");
            assert!(life.is_none_or(|life| life.issued_at <= life.expires_at), "{life:?}");
            return;
        }
        Err(error) => error,
    };
    assert_eq!(error.step, Step::Leg(leg));
    let remedy = error.remedy();
    if matches!(status, 408 | 429 | 500..) {
        assert!(matches!(remedy, Remedy::Retry { .. }), "{status}: {error:?}");
    }
    match remedy {
        Remedy::SignIn | Remedy::FixApp => assert_eq!(leg, Leg::Microsoft, "{error:?}"),
        Remedy::Visit { page } => assert!(link::may_open(&page), "{page}"),
        Remedy::Retry { after } => assert!(after.unwrap_or_default() <= Duration::from_secs(24 * 3600), "{error:?}"),
        Remedy::Tell => panic!("nobody can be told what to do: {error:?}"),
    }
    assert!(!error.cause.code().is_empty());
}
