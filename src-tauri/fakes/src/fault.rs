//! What can go wrong with an answer, and how often.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

/// What goes wrong with one answer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Fault {
    /// A different answer; the request has no effect.
    Status {
        /// The HTTP status.
        status: u16,
        /// The headers to add.
        #[serde(default)]
        headers: BTreeMap<String, String>,
        /// The body.
        #[serde(default)]
        body: String,
    },
    /// The correct answer with these headers in place of its own, such as a `Date` from a cache.
    Headers {
        /// The headers.
        headers: BTreeMap<String, String>,
    },
    /// The connection closes before any answer; the request has no effect.
    Drop,
    /// The request takes effect, then the connection closes in the middle of the answer.
    Reset,
    /// No answer arrives; the request has no effect.
    Hang,
    /// The correct answer, delayed; the request takes effect only after the delay.
    Slow {
        /// The delay, in milliseconds.
        ms: u64,
    },
    /// The correct answer, one byte at a time.
    Drip {
        /// The pause before each byte, in milliseconds.
        ms: u64,
    },
    /// A correct beginning, then spaces without end.
    Endless,
}

/// How often a fault occurs before the endpoint works again.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(from = "Count", into = "Count")]
pub enum Times {
    /// On the next request only.
    Once,
    /// On this many of the next requests.
    N(u32),
    /// Until the endpoint is healed.
    Always,
}

/// The JSON form of [`Times`]: `1`, `3` or `"always"`.
#[derive(Clone, Copy, Serialize, Deserialize)]
#[serde(untagged)]
enum Count {
    Number(u32),
    Word(Word),
}

#[derive(Clone, Copy, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Word {
    Once,
    Always,
}

impl From<Count> for Times {
    fn from(count: Count) -> Self {
        match count {
            Count::Number(1) | Count::Word(Word::Once) => Self::Once,
            Count::Number(n) => Self::N(n),
            Count::Word(Word::Always) => Self::Always,
        }
    }
}

impl From<Times> for Count {
    fn from(times: Times) -> Self {
        match times {
            Times::Once => Self::Number(1),
            Times::N(n) => Self::Number(n),
            Times::Always => Self::Word(Word::Always),
        }
    }
}
