//! Work that goes on beside the loop: each piece has a number, by which the loop knows whose it is.

use std::future;

use tokio::{
    sync::mpsc,
    task::{AbortHandle, JoinError, JoinSet},
};

use super::work::{Outcome, Report};
use crate::keep::Tell;

/// Tells one piece of work from all others.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Number(u64);

/// A piece of work that somebody waits for.
#[derive(Debug)]
pub(super) struct Job {
    pub(super) number: Number,
    abort: AbortHandle,
}

impl Job {
    /// Stops it where it waits next; what it comes to is nobody's business any more.
    pub(super) fn stop(self) {
        self.abort.abort();
    }
}

/// Where a piece of work says how far it is.
pub(super) struct Reports {
    number: Number,
    sender: mpsc::UnboundedSender<(Number, Report)>,
}

impl Reports {
    pub(super) fn send(&self, report: Report) {
        // Nobody listens once the session has ended.
        let _ = self.sender.send((self.number, report));
    }

    /// Where a chain says so.
    pub(super) fn of_chain(self) -> Tell {
        Box::new(move |told| self.send(Report::Chain(told)))
    }
}

/// All that goes on.
pub(super) struct Jobs {
    running: JoinSet<(Number, Outcome)>,
    sender: mpsc::UnboundedSender<(Number, Report)>,
    reports: mpsc::UnboundedReceiver<(Number, Report)>,
    begun: u64,
}

/// What came of a piece of work.
pub(super) enum Came {
    Report(Number, Report),
    Outcome(Number, Box<Outcome>),
    /// One was stopped.
    Nothing,
}

impl Jobs {
    pub(super) fn new() -> Jobs {
        let (sender, reports) = mpsc::unbounded_channel();
        Jobs { running: JoinSet::new(), sender, reports, begun: 0 }
    }

    pub(super) fn begin<F>(&mut self, work: impl FnOnce(Reports) -> F) -> Job
    where
        F: Future<Output = Outcome> + Send + 'static,
    {
        self.begun += 1;
        let number = Number(self.begun);
        let work = work(Reports { number, sender: self.sender.clone() });
        let abort = self.running.spawn(async move { (number, work.await) });
        Job { number, abort }
    }

    pub(super) fn is_idle(&self) -> bool {
        self.running.is_empty()
    }

    /// What a job has already reported.
    pub(super) fn reported(&mut self) -> Option<(Number, Report)> {
        self.reports.try_recv().ok()
    }

    /// What comes next; what a piece of work reported comes before its outcome.
    pub(super) async fn next(&mut self) -> Came {
        tokio::select! {
            biased;
            Some((number, report)) = self.reports.recv() => Came::Report(number, report),
            Some(ended) = self.running.join_next() => match ended.map_err(JoinError::try_into_panic) {
                Ok((number, outcome)) => Came::Outcome(number, Box::new(outcome)),
                Err(Ok(panic)) => std::panic::resume_unwind(panic),
                Err(Err(_)) => Came::Nothing,
            },
            else => future::pending().await,
        }
    }
}
