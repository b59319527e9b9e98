//! The only module that sends requests: TLS with the system's trust store, timeouts, no redirects, size-limited
//! responses.

mod host;
mod preconnect;
mod probe;
mod timeouts;

use std::{
    collections::HashMap,
    error::Error as _,
    io,
    sync::{Mutex, PoisonError},
    time::Duration,
};

use jiff::{SignedDuration, Timestamp};
use reqwest::{Client, RequestBuilder, header::HeaderMap};
use rustls::{ClientConfig, pki_types::CertificateDer};
use secrecy::{ExposeSecret, SecretString};
use url::{Origin, Url};

use self::host::Host;
pub use self::timeouts::Timeouts;
use crate::{
    clock::instant,
    error::{Cause, Error, Step, Trail, Unreachable, Unreadable},
    model::leg::Leg,
};

/// The HTTP clients, one per host. TLS is set up on first use because that takes a while.
#[derive(Debug)]
pub struct Http {
    user_agent: String,
    timeouts: Timeouts,
    authorities: Vec<CertificateDer<'static>>,
    tls: Mutex<Option<ClientConfig>>,
    hosts: Mutex<HashMap<Origin, Host>>,
}

/// The maximum response size in bytes: ten times the largest token ever seen.
const LARGEST_ANSWER: usize = 1 << 20;
/// The maximum token length in bytes. No token comes near it, and no service would accept a longer one in a header.
const LARGEST_TOKEN: usize = 1 << 16;
/// The longest wait that is honored. A service that asks for more than a day must mean something else.
const LONGEST_WAIT: Duration = Duration::from_secs(24 * 3600);

impl Http {
    /// Returns clients that introduce themselves as `user_agent`, such as `my-bot/1.0`. They trust what the system trusts
    /// and, in tests and the demo, the given certificate authorities.
    #[must_use]
    pub fn new(user_agent: &str, timeouts: Timeouts, authorities: Vec<CertificateDer<'static>>) -> Http {
        Http {
            user_agent: user_agent.to_owned(),
            timeouts,
            authorities,
            tls: Mutex::default(),
            hosts: Mutex::default(),
        }
    }

    pub(crate) async fn send(
        &self,
        leg: Leg,
        repeat: Repeat,
        to: &Url,
        request: impl FnOnce(&Client) -> RequestBuilder,
    ) -> Result<Answer, Error> {
        let host = self.host(to).map_err(|_| unreachable(leg, to, Unreachable::Tls))?;
        let broken = |error: reqwest::Error| unreachable(leg, to, why(&error));
        let (rested, request) = (host.rested(), request(host.client()));
        let again = request.try_clone();
        let mut response = match (request.send().await, again) {
            (Err(error), Some(again)) if repeat.may(&error, host.rested() > rested) => {
                again.send().await.map_err(broken)?
            }
            (sent, _) => sent.map_err(broken)?,
        };
        let (status, headers) = (response.status().as_u16(), response.headers().clone());
        let mut body = Vec::new();
        while let Some(part) = response.chunk().await.map_err(broken)? {
            body.extend_from_slice(&part);
            if body.len() > LARGEST_ANSWER {
                return Err(Answer { leg, status, headers, body: Vec::new() }.unreadable(Unreadable::Endless));
            }
        }
        Ok(Answer { leg, status, headers, body })
    }

    /// Opens a connection in advance, without a request, unless the available one was opened less than 20 seconds ago.
    pub(crate) async fn open(&self, leg: Leg, to: &Url) -> Result<(), Error> {
        let host = self.host(to).map_err(|_| unreachable(leg, to, Unreachable::Tls))?;
        host.open(to).await.map_err(|error| unreachable(leg, to, why(&error)))
    }

    /// Drops every connection; requests in progress keep theirs.
    pub(crate) fn hang_up(&self) {
        self.hosts.lock().unwrap_or_else(PoisonError::into_inner).clear();
    }

    fn host(&self, to: &Url) -> Result<Host, Box<dyn std::error::Error>> {
        let mut hosts = self.hosts.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(host) = hosts.get(&to.origin()) {
            return Ok(host.clone());
        }
        let host = Host::new(&self.user_agent, self.timeouts, &self.tls()?)?;
        hosts.insert(to.origin(), host.clone());
        Ok(host)
    }

    fn tls(&self) -> Result<ClientConfig, rustls::Error> {
        let mut kept = self.tls.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(tls) = &*kept {
            return Ok(tls.clone());
        }
        Ok(kept.insert(host::tls(&self.authorities)?).clone())
    }
}

/// A complete response. Its body is never part of an error's text.
pub(crate) struct Answer {
    pub(crate) leg: Leg,
    pub(crate) status: u16,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Vec<u8>,
}

impl Answer {
    pub(crate) fn is_success(&self) -> bool {
        (200..300).contains(&self.status)
    }

    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name).and_then(|value| value.to_str().ok())
    }

    /// Returns the service's time at which the response arrived, from the `Date` header, plus `Age` if it came from a
    /// cache.
    pub(crate) fn date(&self) -> Option<Timestamp> {
        let date = self.header("date").and_then(instant::http_date)?;
        // With an invalid `Age`, the date isn't reliable either.
        let age: u32 = self.header("age").map_or(Ok(0), |age| age.trim().parse()).ok()?;
        date.checked_add(SignedDuration::from_secs(age.into())).ok()
    }

    pub(crate) fn json<T: serde::de::DeserializeOwned>(&self) -> Result<T, Error> {
        if self.body.is_empty() {
            return Err(self.unreadable(Unreadable::Empty));
        }
        serde_json::from_slice(&self.body).map_err(|_| self.unreadable(Unreadable::OtherFields))
    }

    /// Returns the token, or fails if it can't be one: services would refuse it until its stated expiry.
    pub(crate) fn sound(&self, token: SecretString) -> Result<SecretString, Error> {
        if is_sound(token.expose_secret()) { Ok(token) } else { Err(self.unreadable(Unreadable::NoToken)) }
    }

    /// Returns the token, or fails if a header can't contain it.
    pub(crate) fn fit_for_a_header(&self, token: SecretString) -> Result<SecretString, Error> {
        if is_fit_for_a_header(token.expose_secret()) { Ok(token) } else { Err(self.unreadable(Unreadable::NoToken)) }
    }

    pub(crate) fn unreadable(&self, why: Unreadable) -> Error {
        self.error(Cause::Unreadable(why))
    }

    pub(crate) fn error(&self, cause: Cause) -> Error {
        Error { step: Step::Leg(self.leg), cause, trail: Some(Box::new(self.trail())) }
    }

    /// Returns the error of a response whose body has no known error; transient if the status is.
    pub(crate) fn refusal(&self) -> Error {
        self.passing().unwrap_or_else(|| self.error(Cause::Refused { status: self.status }))
    }

    /// Returns the error of a transient failure: 408, 429 and 5xx, whatever the body says.
    pub(crate) fn passing(&self) -> Option<Error> {
        let passes = matches!(self.status, 408 | 429 | 500..);
        passes.then(|| self.error(Cause::Passing { status: self.status, retry_after: self.retry_after() }))
    }

    pub(crate) fn retry_after(&self) -> Option<Duration> {
        let text = self.header("retry-after")?.trim();
        let until = |date: Timestamp| {
            let told = self.date().filter(|date| instant::is_plausible(*date));
            let left = Duration::try_from(date.duration_since(told.unwrap_or_else(Timestamp::now))).unwrap_or_default();
            // Without a `Date`, a long wait may only be this computer's clock.
            Some(left).filter(|left| told.is_some() || *left <= LONGEST_WAIT)
        };
        let is_number = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
        let seconds = is_number.then(|| text.parse().map_or(LONGEST_WAIT, Duration::from_secs));
        let asked = seconds.or_else(|| instant::http_date(text).and_then(until));
        asked.map(|asked| asked.min(LONGEST_WAIT))
    }

    fn trail(&self) -> Trail {
        const IDS: [&str; 6] =
            ["MS-CV", "X-XblCorrelationId", "X-343-Exception", "Transaction-ID", "x-ms-request-id", "Date"];
        let ids =
            IDS.into_iter().filter_map(|name| Some((name.into(), self.header(name)?.chars().take(200).collect())));
        Trail { status: Some(self.status), ids: ids.collect() }
    }
}

/// Whether the text can be a token or a code: `1*VSCHAR` (RFC 6749, appendix A), though not only spaces.
pub(crate) fn is_sound(token: &str) -> bool {
    (1..=LARGEST_TOKEN).contains(&token.trim().len()) && token.bytes().all(|byte| matches!(byte, b' '..=b'~'))
}

/// Whether a header, a shell line and a `.env` line can contain the text unescaped.
pub(crate) fn is_fit_for_a_header(text: &str) -> bool {
    is_sound(text) && !text.contains(' ')
}

fn unreachable(leg: Leg, to: &Url, why: Unreachable) -> Error {
    Error::new(Step::Leg(leg), Cause::Unreachable { host: to.host_str().unwrap_or_default().to_owned(), why })
}

fn why(error: &reqwest::Error) -> Unreachable {
    if error.source().is_some_and(is_of_tls) {
        return Unreachable::Tls;
    }
    // A timeout while connecting is a failed connection.
    if error.is_connect() {
        return Unreachable::Connect;
    }
    if error.is_timeout() { Unreachable::TimedOut } else { Unreachable::Broken }
}

/// Whether a request may be repeated if the preconnected connection had been closed unnoticed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Repeat {
    /// Only if it certainly wasn't sent: an authorization code works once.
    Unsent,
    /// If there was no response.
    Unanswered,
}

impl Repeat {
    fn may(self, error: &reqwest::Error, rested: bool) -> bool {
        match self {
            Repeat::Unsent => was_never_sent(error),
            Repeat::Unanswered => was_never_sent(error) || (rested && why(error) == Unreachable::Broken),
        }
    }
}

/// Whether it's certain that no byte of the request was sent; only then may a code be sent again.
fn was_never_sent(error: &reqwest::Error) -> bool {
    let mut source = error.source();
    while let Some(error) = source {
        if error.downcast_ref::<hyper::Error>().is_some_and(hyper::Error::is_canceled) {
            return true;
        }
        source = error.source();
    }
    false
}

/// Looks inside `io::Error`, whose `source` skips the error that it wraps; that one may wrap another.
fn is_of_tls(error: &(dyn std::error::Error + 'static)) -> bool {
    let wrapped = error.downcast_ref::<io::Error>().and_then(io::Error::get_ref);
    error.is::<rustls::Error>()
        || wrapped.is_some_and(|wrapped| is_of_tls(wrapped))
        || error.source().is_some_and(is_of_tls)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn answer(status: u16, headers: &[(&'static str, &'static str)]) -> Answer {
        let headers = headers.iter().map(|(name, value)| (name.parse().unwrap(), value.parse().unwrap())).collect();
        Answer { leg: Leg::Spartan, status, headers, body: Vec::new() }
    }

    #[test]
    fn timeouts_throttling_and_server_errors_pass_and_other_refusals_do_not() {
        for status in [408, 429, 500, 502, 503, 599] {
            assert!(answer(status, &[]).refusal().passes(), "{status}");
            assert!(answer(status, &[]).passing().is_some(), "{status}");
        }
        for status in [400, 401, 403, 404] {
            assert!(answer(status, &[]).passing().is_none(), "{status}");
        }
    }

    #[test]
    fn a_wait_is_read_in_seconds_and_as_a_date() {
        assert_eq!(answer(429, &[("retry-after", "15")]).retry_after(), Some(Duration::from_secs(15)));
        let date = [("date", "Sun, 29 Nov 2026 05:12:27 GMT"), ("retry-after", "Sun, 29 Nov 2026 05:12:57 GMT")];
        assert_eq!(answer(503, &date).retry_after(), Some(Duration::from_secs(30)));
        let past = [("date", "Sun, 29 Nov 2026 05:12:27 GMT"), ("retry-after", "Sun, 29 Nov 2026 05:12:00 GMT")];
        assert_eq!(answer(503, &past).retry_after(), Some(Duration::ZERO));
        assert_eq!(answer(503, &[("retry-after", "soon")]).retry_after(), None);
    }

    #[test]
    fn a_date_from_a_cache_is_as_old_as_the_cache_says() {
        let date = |headers: &[_]| answer(200, headers).date().map(|date| date.to_string());
        let cached = ("date", "Sun, 29 Nov 2026 05:12:27 GMT");
        assert_eq!(date(&[cached, ("age", "7200")]).as_deref(), Some("2026-11-29T07:12:27Z"));
        assert_eq!(date(&[cached]).as_deref(), Some("2026-11-29T05:12:27Z"));
        for age in ["soon", "-1", "", "4294967296", "7200, 7200"] {
            assert_eq!(date(&[cached, ("age", age)]), None, "{age}");
        }
    }

    #[test]
    fn no_wait_is_longer_than_a_day() {
        let dated = |text| answer(503, &[("date", "Sun, 29 Nov 2026 05:12:27 GMT"), ("retry-after", text)]);
        for text in ["86401", "18446744073709551616", "Fri, 31 Dec 2100 00:00:00 GMT"] {
            assert_eq!(dated(text).retry_after(), Some(LONGEST_WAIT), "{text}");
        }
        let undated = answer(503, &[("retry-after", "Fri, 31 Dec 2100 00:00:00 GMT")]);
        assert_eq!(undated.retry_after(), None, "this computer's clock may be wrong by years");
        assert_eq!(answer(503, &[("retry-after", "-1")]).retry_after(), None);
    }

    #[test]
    fn a_token_that_is_empty_huge_or_not_of_printable_ascii_is_none() {
        let sound = |text: String| answer(200, &[]).sound(text.into()).is_ok();
        assert!(sound("v4=eyJhbGciOi...".into()) && sound("M.C5 !~".into()));
        for text in
            ["v4=x\nY=1", "x\0", "x\u{7f}", "M.C5\u{e9}", "\u{feff}x", "x\u{200b}", "x\u{202e}", "“x”", "x\u{a0}"]
        {
            assert!(!sound(text.into()), "{text:?}");
        }
        assert!(!sound(String::new()) && !sound("x".repeat(200_000)));
    }

    #[test]
    fn a_token_for_a_header_has_no_blank_in_it() {
        let fit = |text: &str| answer(200, &[]).fit_for_a_header(text.into()).is_ok();
        assert!(fit("v4=eyJhbGciOi...") && !fit("v4=x ") && !fit("v4= x") && !fit("v4=\u{e9}"));
    }
}
