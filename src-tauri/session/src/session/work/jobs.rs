//! Jobs that run beside the loop, each with a number that identifies its owner.

use std::future;

use tokio::{
    sync::mpsc,
    task::{JoinError, JoinSet},
};

use super::{
    JobOutcome, Report,
    job::{Job, Number},
};
use crate::renewal::account_writer::Tell;

/// Where a job reports its progress.
pub(crate) struct Reports {
    number: Number,
    sender: mpsc::UnboundedSender<(Number, Report)>,
}

impl Reports {
    pub(crate) fn send(&self, report: Report) {
        // Nobody listens once the session has ended.
        let _ = self.sender.send((self.number, report));
    }

    /// Returns where a chain reports its progress.
    pub(crate) fn of_chain(self) -> Tell {
        Box::new(move |told| self.send(Report::Chain(told)))
    }
}

/// All running jobs.
pub(crate) struct Jobs {
    running: JoinSet<(Number, JobOutcome)>,
    sender: mpsc::UnboundedSender<(Number, Report)>,
    reports: mpsc::UnboundedReceiver<(Number, Report)>,
    begun: u64,
}

/// What a job sent.
pub(crate) enum Came {
    Report(Number, Report),
    Outcome(Number, Box<JobOutcome>),
    /// It was stopped.
    Nothing,
}

impl Jobs {
    pub(crate) fn new() -> Jobs {
        let (sender, reports) = mpsc::unbounded_channel();
        Jobs { running: JoinSet::new(), sender, reports, begun: 0 }
    }

    pub(crate) fn begin<F>(&mut self, work: impl FnOnce(Reports) -> F) -> Job
    where
        F: Future<Output = JobOutcome> + Send + 'static,
    {
        self.begun += 1;
        let number = Number(self.begun);
        let work = work(Reports { number, sender: self.sender.clone() });
        let abort = self.running.spawn(async move { (number, work.await) });
        Job { number, abort }
    }

    pub(crate) fn is_idle(&self) -> bool {
        self.running.is_empty()
    }

    /// Returns what a job has already reported.
    pub(crate) fn reported(&mut self) -> Option<(Number, Report)> {
        self.reports.try_recv().ok()
    }

    /// Waits for a report or an outcome; a job's reports come before its outcome.
    pub(crate) async fn next(&mut self) -> Came {
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
