//! The matrix: each mishap, and its outcome at each leg.

use crate::{mishap::Mishap, right::But};

/// The outcome of a mishap.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Comes {
    /// Everything succeeds.
    Well,
    /// The leg fails, and waiting helps.
    Later,
    /// The same, after the input token was replaced and the leg was sent again.
    Twice,
    /// The leg fails, and the service asks for a wait of this many seconds.
    Wait(u64),
    /// The person must sign in again.
    SignIn,
    /// A setting of the Azure app must be changed.
    ChangeApp,
    /// The person must visit a page of Xbox.
    Visit,
    /// No error, and the last clearance stays.
    Stays,
}

use But::{NothingIsWrong, Null, OfOtherTypes, Truncated, WithAHugeToken};
use Comes::{ChangeApp, Later, SignIn, Stays, Twice, Visit, Wait, Well};
use Mishap::{
    Answers, AnswersWith, AnswersWithADateToWaitFor, AnswersWithoutEnd, Drips, DripsForLong, EndsBeforeTheAnswer,
    EndsInTheAnswer, GoesElsewhere, IsRight, NeverAnswers, NobodyListens,
};

/// The columns: exchange, renewal, user token, XSTS Xbox, XSTS Halo, Spartan, clearance.
#[rustfmt::skip]
pub const MATRIX: &[(Mishap, [Comes; 7])] = &[
    // No answer.
    (NobodyListens,                    [Later,      Later,      Later,      Later,      Later,      Later,      Stays]),
    (EndsBeforeTheAnswer,              [Later,      Later,      Later,      Later,      Later,      Later,      Stays]),
    (EndsInTheAnswer,                  [Later,      Later,      Later,      Later,      Later,      Later,      Stays]),
    (NeverAnswers,                     [Later,      Later,      Later,      Later,      Later,      Later,      Stays]),
    (Drips,                            [Well,       Well,       Well,       Well,       Well,       Well,       Well]),
    (DripsForLong,                     [Later,      Later,      Later,      Later,      Later,      Later,      Stays]),
    (AnswersWithoutEnd,                [Later,      Later,      Later,      Later,      Later,      Later,      Stays]),
    (GoesElsewhere(301),               [Later,      Later,      Later,      Later,      Later,      Later,      Stays]),
    (GoesElsewhere(302),               [Later,      Later,      Later,      Later,      Later,      Later,      Stays]),
    (GoesElsewhere(307),               [Later,      Later,      Later,      Later,      Later,      Later,      Stays]),
    // Refusals without a reason: 401, and 400 from the user token's service, refer to the input token.
    (Answers(400, ""),                 [Later,      Later,      Twice,      Later,      Later,      Later,      Stays]),
    (Answers(401, ""),                 [Later,      Later,      Twice,      Twice,      Twice,      Twice,      Stays]),
    (Answers(401, HTML),               [Later,      Later,      Twice,      Twice,      Twice,      Twice,      Stays]),
    (Answers(403, ""),                 [Later,      Later,      Later,      Later,      Later,      Later,      Stays]),
    (Answers(404, HTML),               [Later,      Later,      Later,      Later,      Later,      Later,      Stays]),
    // Refusals by Microsoft: its `error` counts, whatever the status.
    (Answers(400, INVALID_GRANT),      [SignIn,     SignIn,     Twice,      Later,      Later,      Later,      Stays]),
    (Answers(401, INVALID_GRANT),      [SignIn,     SignIn,     Twice,      Twice,      Twice,      Twice,      Stays]),
    (Answers(400, CONSENT_REQUIRED),   [SignIn,     SignIn,     Twice,      Later,      Later,      Later,      Stays]),
    (Answers(401, INVALID_CLIENT),     [ChangeApp,  ChangeApp,  Twice,      Twice,      Twice,      Twice,      Stays]),
    (Answers(400, SERVER_ERROR),       [Later,      Later,      Twice,      Later,      Later,      Later,      Stays]),
    (Answers(400, ODD_ERROR),          [Later,      Later,      Twice,      Later,      Later,      Later,      Stays]),
    (Answers(503, INVALID_GRANT),      [Later,      Later,      Later,      Later,      Later,      Later,      Stays]),
    // Refusals by Xbox: an account that needs an action, an expired input token, an outage.
    (Answers(401, CHILD),              [Later,      Later,      Visit,      Visit,      Visit,      Twice,      Stays]),
    (Answers(401, CHILD_AS_TEXT),      [Later,      Later,      Visit,      Visit,      Visit,      Twice,      Stays]),
    (Answers(401, CHILD_IN_HEX),       [Later,      Later,      Visit,      Visit,      Visit,      Twice,      Stays]),
    (Answers(401, CHILD_SIGNED),       [Later,      Later,      Visit,      Visit,      Visit,      Twice,      Stays]),
    (Answers(401, CHILD_AND_ODDITIES), [Later,      Later,      Visit,      Visit,      Visit,      Twice,      Stays]),
    (AnswersWith(401, CHILD_HEADER),   [Later,      Later,      Visit,      Visit,      Visit,      Twice,      Stays]),
    (AnswersWith(403, CHILD_HEADER),   [Later,      Later,      Visit,      Visit,      Visit,      Later,      Stays]),
    (AnswersWith(503, CHILD_HEADER),   [Later,      Later,      Later,      Later,      Later,      Later,      Stays]),
    (Answers(401, UNKNOWN_CODE),       [Later,      Later,      Visit,      Visit,      Visit,      Twice,      Stays]),
    (Answers(401, EXPIRED_INSIDE),     [Later,      Later,      Twice,      Twice,      Twice,      Twice,      Stays]),
    (Answers(401, OUTAGE),             [Later,      Later,      Later,      Later,      Later,      Twice,      Stays]),
    (Answers(401, CODE_NOUGHT),        [Later,      Later,      Twice,      Twice,      Twice,      Twice,      Stays]),
    (Answers(401, CODE_TOO_LARGE),     [Later,      Later,      Twice,      Twice,      Twice,      Twice,      Stays]),
    // Temporary refusals.
    (Answers(408, ""),                 [Later,      Later,      Later,      Later,      Later,      Later,      Stays]),
    (Answers(429, TOO_MANY),           [Later,      Later,      Later,      Later,      Later,      Later,      Stays]),
    (AnswersWith(429, IN_15_SECONDS),  [Wait(15),   Wait(15),   Wait(15),   Wait(15),   Wait(15),   Wait(15),   Stays]),
    (AnswersWithADateToWaitFor,        [Wait(15),   Wait(15),   Wait(15),   Wait(15),   Wait(15),   Wait(15),   Stays]),
    (AnswersWith(503, IN_15_SECONDS),  [Wait(15),   Wait(15),   Wait(15),   Wait(15),   Wait(15),   Wait(15),   Stays]),
    (AnswersWith(429, IN_AGES),        [Wait(DAY),  Wait(DAY),  Wait(DAY),  Wait(DAY),  Wait(DAY),  Wait(DAY),  Stays]),
    (AnswersWith(429, SOON),           [Later,      Later,      Later,      Later,      Later,      Later,      Stays]),
    (AnswersWith(429, BEFORE_NOW),     [Later,      Later,      Later,      Later,      Later,      Later,      Stays]),
    (Answers(500, ""),                 [Later,      Later,      Later,      Later,      Later,      Later,      Stays]),
    (Answers(503, HTML),               [Later,      Later,      Later,      Later,      Later,      Later,      Stays]),
    // Invalid answers.
    (Answers(200, ""),                 [Later,      Later,      Later,      Later,      Later,      Later,      Stays]),
    (Answers(201, ""),                 [Later,      Later,      Later,      Later,      Later,      Later,      Stays]),
    (Answers(204, ""),                 [Later,      Later,      Later,      Later,      Later,      Later,      Stays]),
    (Answers(200, "{}"),               [Later,      Later,      Later,      Later,      Later,      Later,      Stays]),
    (Answers(200, "[]"),               [Later,      Later,      Later,      Later,      Later,      Later,      Stays]),
    (Answers(200, "null"),             [Later,      Later,      Later,      Later,      Later,      Later,      Stays]),
    (Answers(200, HTML),               [Later,      Later,      Later,      Later,      Later,      Later,      Stays]),
    (Answers(200, CHILD),              [Later,      Later,      Later,      Later,      Later,      Later,      Stays]),
    (IsRight(Truncated),               [Later,      Later,      Later,      Later,      Later,      Later,      Stays]),
    (IsRight(Null),                    [Later,      Later,      Later,      Later,      Later,      Later,      Stays]),
    (IsRight(OfOtherTypes),            [Later,      Later,      Later,      Later,      Later,      Later,      Stays]),
    (IsRight(WithAHugeToken),          [Later,      Later,      Later,      Later,      Later,      Later,      Stays]),
    (IsRight(NothingIsWrong),          [Well,       Well,       Well,       Well,       Well,       Well,       Well]),
];

// The bodies of answers.
const HTML: &str = "<!DOCTYPE html><html><body>Service Unavailable</body></html>";
const TOO_MANY: &str =
    r#"{"version":1,"currentRequests":13,"maxRequests":10,"periodInSeconds":15,"type":"burst","XErr":2148916238}"#;
const INVALID_GRANT: &str = r#"{"error":"invalid_grant"}"#;
const CONSENT_REQUIRED: &str = r#"{"error":"consent_required"}"#;
const INVALID_CLIENT: &str = r#"{"error":"invalid_client"}"#;
const SERVER_ERROR: &str = r#"{"error":"server_error"}"#;
const ODD_ERROR: &str = r#"{"error":{"code":5}}"#;
const CHILD_AND_ODDITIES: &str = r#"{"XErr":2148916238,"Redirect":7,"Message":null}"#;
const CHILD: &str = r#"{"XErr":2148916238}"#;
const CHILD_AS_TEXT: &str = r#"{"XErr":"2148916238"}"#;
const CHILD_IN_HEX: &str = r#"{"XErr":"0x8015DC0E"}"#;
const CHILD_SIGNED: &str = r#"{"XErr":-2146051058}"#;
const UNKNOWN_CODE: &str = r#"{"XErr":2148916999}"#;
const EXPIRED_INSIDE: &str = r#"{"XErr":2148916255}"#;
const OUTAGE: &str = r#"{"XErr":2148916273}"#;
const CODE_NOUGHT: &str = r#"{"XErr":0}"#;
const CODE_TOO_LARGE: &str = r#"{"XErr":99999999999}"#;
const CHILD_HEADER: [&str; 2] = ["x-err", "2148916238"];
const IN_15_SECONDS: [&str; 2] = ["retry-after", "15"];
const IN_AGES: [&str; 2] = ["retry-after", "18446744073709551615"];
const SOON: [&str; 2] = ["retry-after", "soon"];
const BEFORE_NOW: [&str; 2] = ["retry-after", "-1"];

/// The longest wait that is accepted, in seconds.
const DAY: u64 = 24 * 3600;
