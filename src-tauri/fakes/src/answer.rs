//! An answer before it's sent.

use hyper::{
    HeaderMap, Response, StatusCode,
    header::{CACHE_CONTROL, CONTENT_TYPE, HeaderName, HeaderValue, LOCATION},
};
use serde::Serialize;

/// A complete answer.
pub(crate) type Answer = Response<String>;

pub(crate) fn json(status: StatusCode, body: &impl Serialize) -> Answer {
    let text = serde_json::to_string(body).unwrap_or_default();
    of_type(status, "application/json; charset=utf-8", text)
}

pub(crate) fn xml(status: StatusCode, body: String) -> Answer {
    of_type(status, "application/xml; charset=utf-8", body)
}

pub(crate) fn html(status: StatusCode, body: String) -> Answer {
    of_type(status, "text/html; charset=utf-8", body)
}

pub(crate) fn text(status: StatusCode, body: &str) -> Answer {
    of_type(status, "text/plain; charset=utf-8", body.into())
}

pub(crate) fn empty(status: StatusCode) -> Answer {
    let mut answer = Answer::new(String::new());
    *answer.status_mut() = status;
    answer
}

pub(crate) fn redirect(to: &str) -> Answer {
    let mut answer = empty(StatusCode::FOUND);
    put(answer.headers_mut(), LOCATION, to);
    answer
}

/// Sets a header. Does nothing if the value isn't valid in a header.
pub(crate) fn put(headers: &mut HeaderMap, name: HeaderName, value: &str) {
    if let Ok(value) = HeaderValue::from_str(value) {
        headers.insert(name, value);
    }
}

fn of_type(status: StatusCode, media_type: &'static str, body: String) -> Answer {
    let mut answer = Answer::new(body);
    *answer.status_mut() = status;
    answer.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static(media_type));
    answer.headers_mut().insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
    answer
}
