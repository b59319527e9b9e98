//! A time is read exactly, however the services spell it; what is none gives a short life.

use jiff::{
    SignedDuration, Timestamp,
    tz::{Offset, TimeZone},
};
use spartan_auth::{
    answers::{self, Came},
    leg::Leg,
    token::Validity,
};

/// Holds for any text.
pub fn holds(text: &str) {
    let now = Timestamp::UNIX_EPOCH + SignedDuration::from_hours(24 * 365 * 56);
    let Validity { issued_at, expires_at } = life(text, now);
    assert!(issued_at <= expires_at, "{text}");
    // No time is spelled without four digits in a row for its year.
    let years = text.as_bytes().windows(4).any(|digits| digits.iter().all(u8::is_ascii_digit));
    assert!(years || expires_at == now + SignedDuration::from_hours(1), "{text}: {expires_at}");
}

/// Holds for any instant of the years 1 to 9998, with zero to nine digits and any offset in minutes.
pub fn holds_for_a_spelling(second: i64, nanosecond: u32, digits: u8, offset: i16) {
    const FIRST: i64 = -62_100_000_000;
    const SPAN: i64 = 315_400_000_000;
    let (digits, offset) = (usize::from(digits % 10), i32::from(offset % 900) * 60);
    let kept = 10_u32.pow(9 - u32::try_from(digits).expect("it is below ten"));
    let nanosecond = nanosecond % 1_000_000_000 / kept * kept;
    let whole = Timestamp::from_second(FIRST + second.rem_euclid(SPAN)).expect("it is in range");
    let instant = whole + SignedDuration::from_nanos(nanosecond.into());
    let zone = TimeZone::fixed(Offset::from_seconds(offset).expect("it is below a day"));
    let zoned = instant.to_zoned(zone);
    let fraction = if digits == 0 { String::new() } else { format!(".{nanosecond:09}")[..=digits].to_owned() };
    let sign = if offset == 0 { "Z".to_owned() } else { zoned.strftime("%:z").to_string() };
    let text = format!("{}{fraction}{sign}", zoned.strftime("%Y-%m-%dT%H:%M:%S"));
    assert_eq!(life(&text, instant - SignedDuration::from_hours(1)).expires_at, instant, "{text}");
}

fn life(not_after: &str, now: Timestamp) -> Validity {
    let body = serde_json::json!({ "Token": "t", "NotAfter": not_after, "DisplayClaims": { "xui": [{ "uhs": "1" }] } })
        .to_string();
    let came = Came { leg: Leg::XboxUser, status: 200, headers: &[], body: body.as_bytes() };
    answers::read(came, now).expect("all that belongs there is there").expect("a user token has a life")
}
