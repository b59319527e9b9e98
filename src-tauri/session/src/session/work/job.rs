//! A running job.

use tokio::task::AbortHandle;

/// Identifies a job.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Number(pub(super) u64);

/// A running job that somebody waits for.
#[derive(Debug)]
pub(crate) struct Job {
    pub(crate) number: Number,
    pub(super) abort: AbortHandle,
}

impl Job {
    /// Stops it at its next await; nobody uses its outcome anymore.
    pub(crate) fn stop(self) {
        self.abort.abort();
    }
}
