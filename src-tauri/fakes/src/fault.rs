//! What can go wrong with an answer, and how often.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

/// What goes wrong with one answer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Fault {
    /// Another answer instead; the request has no effect.
    Status {
        /// The HTTP status.
        status: u16,
        /// Headers to add.
        #[serde(default)]
        headers: BTreeMap<String, String>,
        /// The body.
        #[serde(default)]
        body: String,
    },
    /// The correct answer, with these headers instead of its own: a `Date` from a cache, for example.
    Headers {
        /// The headers.
        headers: BTreeMap<String, String>,
    },
    /// The connection ends before any answer; the request has no effect.
    Drop,
    /// The request has its effect, then the connection ends in the middle of the answer.
    Reset,
    /// No answer ever comes; the request has no effect.
    Hang,
    /// The right answer, late; the request has its effect only then.
    Slow {
        /// How late, in milliseconds.
        ms: u64,
    },
    /// The right answer, a byte at a time.
    Drip {
        /// The pause before each byte, in milliseconds.
        ms: u64,
    },
    /// A right beginning, then blanks without end.
    Endless,
}

/// How often a fault comes before the endpoint is well again.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(from = "Count", into = "Count")]
pub enum Times {
    /// With the next request alone.
    Once,
    /// With the next so many requests.
    N(u32),
    /// Until it is healed.
    Always,
}

/// `1`, `3` or `"always"`: how [`Times`] stands in JSON.
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
