//! A request that has been received completely, and its strict parsers.

use hyper::{Request, body::Bytes, header::CONTENT_TYPE};
use serde::de::DeserializeOwned;
use url::form_urlencoded;

/// A request with its body.
pub(crate) type Call = Request<Bytes>;

/// Returns a header's value.
pub(crate) fn header<'a>(call: &'a Call, name: &str) -> Option<&'a str> {
    call.headers().get(name)?.to_str().ok()
}

/// Returns the body as JSON if its content type is JSON and it matches the type exactly.
pub(crate) fn json<T: DeserializeOwned>(call: &Call) -> Option<T> {
    has_media_type(call, "application/json").then(|| serde_json::from_slice(call.body()).ok()).flatten()
}

/// Returns the body as a form if its content type is a form and no name is repeated.
pub(crate) fn form(call: &Call) -> Option<Params> {
    has_media_type(call, "application/x-www-form-urlencoded").then(|| Params::parse(call.body())).flatten()
}

/// Returns the query unless a name is repeated.
pub(crate) fn query(call: &Call) -> Option<Params> {
    Params::parse(call.uri().query().unwrap_or_default().as_bytes())
}

/// Named values; each name occurs at most once.
pub(crate) struct Params(Vec<(String, String)>);

impl Params {
    fn parse(text: &[u8]) -> Option<Self> {
        let mut pairs: Vec<(String, String)> = form_urlencoded::parse(text).into_owned().collect();
        pairs.sort();
        let repeated = pairs.windows(2).any(|two| two[0].0 == two[1].0);
        (!repeated).then_some(Self(pairs))
    }

    pub fn one(&self, name: &str) -> Option<&str> {
        self.0.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_str())
    }
}

fn has_media_type(call: &Call, wanted: &str) -> bool {
    let sent = header(call, CONTENT_TYPE.as_str()).unwrap_or_default();
    sent.split(';').next().is_some_and(|media| media.trim().eq_ignore_ascii_case(wanted))
}
