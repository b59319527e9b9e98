//! What happens to a leg on the network.

use std::collections::BTreeMap;

use jiff::{SignedDuration, Timestamp, fmt::rfc2822::DateTimePrinter};
use spartan_fakes::Fault;

use crate::{right::But, wire};

/// A row of the matrix.
#[derive(Clone, Copy, Debug)]
pub enum Mishap {
    /// The connection is refused.
    NobodyListens,
    /// The connection closes before the first byte of the answer.
    EndsBeforeTheAnswer,
    /// The connection closes in the middle of the answer.
    EndsInTheAnswer,
    /// No answer arrives.
    NeverAnswers,
    /// The correct answer, one byte at a time, before the timeout.
    Drips,
    /// The correct answer, one byte at a time, past the timeout.
    DripsForLong,
    /// A correct beginning that never ends.
    AnswersWithoutEnd,
    /// This status and body.
    Answers(u16, &'static str),
    /// This status and header, without a body.
    AnswersWith(u16, [&'static str; 2]),
    /// 429, to wait until 15 seconds from now.
    AnswersWithADateToWaitFor,
    /// A redirect to a server that must not be reached.
    GoesElsewhere(u16),
    /// The correct answer, except for one thing.
    IsRight(But),
}

impl Mishap {
    /// Returns the fault for the mock service; `right` returns the answers that are correct except for one thing.
    pub fn fault(self, elsewhere: &str, right: impl FnOnce(But) -> (u16, String)) -> Option<Fault> {
        let text = |status, body: &str| wire::status(status, body);
        Some(match self {
            // The client gets an address where nothing listens.
            Mishap::NobodyListens => return None,
            Mishap::EndsBeforeTheAnswer => Fault::Drop,
            Mishap::EndsInTheAnswer => Fault::Reset,
            Mishap::NeverAnswers => Fault::Hang,
            Mishap::Drips => Fault::Drip { ms: 0 },
            Mishap::DripsForLong => Fault::Drip { ms: 100 },
            Mishap::AnswersWithoutEnd => Fault::Endless,
            Mishap::Answers(status, body) => text(status, body),
            Mishap::AnswersWith(status, [name, value]) => wire::status_with(status, (name, value)),
            Mishap::AnswersWithADateToWaitFor => wait_until(15),
            Mishap::GoesElsewhere(status) => wire::status_with(status, ("location", elsewhere)),
            Mishap::IsRight(but) => {
                let (status, body) = right(but);
                text(status, &body)
            }
        })
    }
}

fn wait_until(seconds: i64) -> Fault {
    let now = Timestamp::now();
    let date = |time: Timestamp| DateTimePrinter::new().timestamp_to_rfc9110_string(&time).unwrap();
    let headers = [("date", date(now)), ("retry-after", date(now + SignedDuration::from_secs(seconds)))];
    let headers: BTreeMap<_, _> = headers.into_iter().map(|(name, value)| (name.to_owned(), value)).collect();
    Fault::Status { status: 429, headers, body: String::new() }
}
