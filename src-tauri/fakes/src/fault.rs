//! Faults that a test orders, and the count of what came in.

use std::collections::{BTreeMap, VecDeque};

use serde::{Deserialize, Serialize};

use crate::Endpoint;

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
    /// The connection ends before any answer; the request has no effect.
    Drop,
    /// The request has its effect, then the connection ends in the middle of the answer.
    Reset,
    /// No answer ever comes; the request has no effect.
    Hang,
    /// The right answer, late.
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

/// What came in so far and which faults are still to come.
#[derive(Default)]
pub(crate) struct Faults {
    counts: BTreeMap<Endpoint, u32>,
    ordered: BTreeMap<Endpoint, VecDeque<(Fault, Times)>>,
}

impl Faults {
    /// Orders a fault, after those ordered before it.
    pub fn order(&mut self, endpoint: Endpoint, fault: Fault, times: Times) {
        self.ordered.entry(endpoint).or_default().push_back((fault, times));
    }

    pub fn heal(&mut self, endpoint: Endpoint) {
        self.ordered.remove(&endpoint);
    }

    pub fn heal_all(&mut self) {
        self.ordered.clear();
    }

    /// How many requests each endpoint has had; none is left out.
    pub fn counts(&self) -> BTreeMap<Endpoint, u32> {
        Endpoint::ALL.into_iter().map(|endpoint| (endpoint, self.count(endpoint))).collect()
    }

    pub fn count(&self, endpoint: Endpoint) -> u32 {
        self.counts.get(&endpoint).copied().unwrap_or_default()
    }

    /// Counts a request and tells which fault it meets.
    pub fn meet(&mut self, endpoint: Endpoint) -> Option<Fault> {
        *self.counts.entry(endpoint).or_default() += 1;
        let queue = self.ordered.get_mut(&endpoint)?;
        let (fault, times) = queue.pop_front()?;
        match times {
            Times::Once | Times::N(0 | 1) => {}
            Times::N(n) => queue.push_front((fault.clone(), Times::N(n - 1))),
            Times::Always => queue.push_front((fault.clone(), Times::Always)),
        }
        Some(fault)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn faults_come_as_often_and_in_the_order_they_were_ordered() {
        let mut faults = Faults::default();
        faults.order(Endpoint::Spartan, Fault::Hang, Times::N(2));
        faults.order(Endpoint::Spartan, Fault::Drop, Times::Once);
        let met: Vec<_> = (0..4).map(|_| faults.meet(Endpoint::Spartan)).collect();
        assert_eq!(met, [Some(Fault::Hang), Some(Fault::Hang), Some(Fault::Drop), None]);
        assert_eq!(faults.count(Endpoint::Spartan), 4);
        assert_eq!(faults.meet(Endpoint::User), None);
    }

    #[test]
    fn a_lasting_fault_ends_when_it_is_healed() {
        let mut faults = Faults::default();
        faults.order(Endpoint::User, Fault::Hang, Times::Always);
        assert_eq!(faults.meet(Endpoint::User), faults.meet(Endpoint::User));
        faults.heal(Endpoint::User);
        assert_eq!(faults.meet(Endpoint::User), None);
    }
}
