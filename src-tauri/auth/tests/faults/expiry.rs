//! Expiry times in every format, and the handling of tokens whose expiry is unclear or past.

use jiff::{
    SignedDuration, Timestamp,
    tz::{self, TimeZone},
};
use serde_json::Value;
use spartan_auth::{
    error::{Remedy, Step},
    token::Validity,
};

use crate::{
    cell::{Checked, same},
    column::life,
    right,
    run::Ran,
    stage::Stage,
    wire::status,
};

/// How an answer specifies when its token expires.
#[derive(Clone, Copy, Debug)]
pub enum Tells {
    /// In two hours, in this format, with this many nanoseconds.
    Soon(&'static str, i64),
    /// As this JSON.
    Json(&'static str),
    /// Not at all.
    Nothing,
}

/// How it's interpreted.
#[derive(Clone, Copy, Debug)]
pub enum Made {
    /// As specified.
    ThatInstant,
    /// As at most an hour.
    AnHourAtMost,
    /// As already expired: the valid token stays.
    NoToken,
}

use Made::{AnHourAtMost, NoToken, ThatInstant};
use Tells::{Json, Nothing, Soon};

pub const EXPIRIES: [(Tells, Made); 17] = [
    (Soon("%Y-%m-%dT%H:%M:%SZ", 0), ThatInstant),
    (Soon("%Y-%m-%dT%H:%M:%S%.3fZ", 123_000_000), ThatInstant),
    (Soon("%Y-%m-%dT%H:%M:%S%.6fZ", 123_456_000), ThatInstant),
    (Soon("%Y-%m-%dT%H:%M:%S%.7fZ", 123_456_700), ThatInstant),
    (Soon("%Y-%m-%dT%H:%M:%S%.9fZ", 123_456_789), ThatInstant),
    (Soon("%Y-%m-%dT%H:%M:%S%.7f%:z", 123_456_700), ThatInstant),
    (Soon("%Y-%m-%dT%H:%M:%S%:z", 0), ThatInstant),
    (Soon(" %Y-%m-%dT%H:%M:%SZ ", 0), ThatInstant),
    (Json("\"2022-02-06T05:12:27.9108457Z\""), NoToken),
    (Json("\"0001-01-01T00:00:00\""), NoToken),
    (Json("\"9999-12-31T23:59:59.9999999Z\""), AnHourAtMost),
    (Json("\"soon\""), AnHourAtMost),
    (Json("\"\""), AnHourAtMost),
    (Json("null"), AnHourAtMost),
    (Json("3600"), AnHourAtMost),
    (Json("[]"), AnHourAtMost),
    (Nothing, AnHourAtMost),
];

/// Specifications of an access token's lifetime, and the resulting seconds.
pub const LIVES: [(Tells, i64); 13] = [
    (Json("3600"), 3600),
    (Json("\"3600\""), 3600),
    (Json("60"), 60),
    (Json("3599.9"), 3599),
    (Json("90000"), 86_400),
    (Json("1e300"), 86_400),
    (Json("18446744073709551616"), 86_400),
    (Json("0"), 3600),
    (Json("-1"), 3600),
    (Json("null"), 3600),
    (Json("[]"), 3600),
    (Json("\"soon\""), 3600),
    (Nothing, 3600),
];

impl Stage {
    /// Checks how the correct answer with this expiry is read.
    pub async fn reads(&self, tells: Tells, made: Made) -> Checked {
        let soon = in_two_hours();
        let (mut ran, sent) = self.told(tells.written(soon)).await?;
        let (error, requests) = match made {
            NoToken => (Some((Step::Leg(self.column.leg), Remedy::Retry { after: None })), self.column.fails),
            ThatInstant | AnHourAtMost => (None, self.column.well),
        };
        same("step and remedy", &ran.error.as_ref().map(|error| (error.step, error.remedy())), &error)?;
        same("requests", &sent, &requests)?;
        let Validity { expires_at, .. } = *life(&mut ran.tokens, self.column.leg).expect("it was there before");
        let in_an_hour = Timestamp::now() + SignedDuration::from_hours(1);
        match (made, tells) {
            (ThatInstant, Soon(_, nanoseconds)) => {
                same("expiry", &expires_at, &(soon + SignedDuration::from_nanos(nanoseconds)))?;
            }
            (AnHourAtMost, _) => same("at most an hour", &expires_at.min(in_an_hour), &expires_at)?,
            _ => {}
        }
        self.recovers(ran.tokens).await
    }

    /// Checks how the correct answer with this lifetime in seconds is read.
    pub async fn lives(&self, tells: Tells, seconds: i64) -> Checked {
        let (mut ran, sent) = self.told(tells.written(in_two_hours())).await?;
        same("error", &ran.error, &None)?;
        same("requests", &sent, &self.column.well)?;
        let life = *life(&mut ran.tokens, self.column.leg).expect("it was there before");
        same("seconds", &life.expires_at.duration_since(life.issued_at).as_secs(), &seconds)?;
        self.recovers(ran.tokens).await
    }

    async fn told(&self, expiry: Option<Value>) -> Result<(Ran, [u32; 6]), String> {
        let before = self.tokens();
        let (answered, body) = right::expiring(self.column.leg, &before, expiry);
        let (ran, sent) = self.run(Some(status(answered, &body)), self.healed(), before.clone()).await;
        self.nothing_good_is_lost(&before, &ran)?;
        Ok((ran, sent))
    }
}

impl Tells {
    /// Returns the value in the answer; `soon` is a whole second.
    fn written(self, soon: Timestamp) -> Option<Value> {
        match self {
            Soon(format, nanoseconds) => {
                let zone = if format.contains("%:z") { TimeZone::fixed(tz::offset(-7)) } else { TimeZone::UTC };
                let time = (soon + SignedDuration::from_nanos(nanoseconds)).to_zoned(zone);
                Some(time.strftime(format).to_string().into())
            }
            Json(text) => Some(serde_json::from_str(text).expect("it is JSON")),
            Nothing => None,
        }
    }
}

fn in_two_hours() -> Timestamp {
    let then = Timestamp::now() + SignedDuration::from_hours(2);
    Timestamp::from_second(then.as_second()).expect("it is in range")
}
