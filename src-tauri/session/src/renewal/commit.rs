//! Decides once whether a sign-in is kept: when it ends or when it's cancelled, whichever comes first.

use std::sync::{Arc, OnceLock};

/// The single decision about a sign-in; clones share it.
#[derive(Clone, Debug, Default)]
pub(crate) struct Commit(Arc<OnceLock<Verdict>>);

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Verdict {
    Stays,
    Cancelled,
}

impl Commit {
    /// Keeps the sign-in. Returns whether it did, because it may have been cancelled first.
    pub(crate) fn stay(&self) -> bool {
        self.decide(Verdict::Stays) == Verdict::Stays
    }

    /// Cancels the sign-in. Returns whether it did, because it may have ended first.
    pub(crate) fn cancel(&self) -> bool {
        self.decide(Verdict::Cancelled) == Verdict::Cancelled
    }

    /// Whether the sign-in was cancelled.
    pub(crate) fn is_cancelled(&self) -> bool {
        self.0.get() == Some(&Verdict::Cancelled)
    }

    fn decide(&self, verdict: Verdict) -> Verdict {
        *self.0.get_or_init(|| verdict)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whichever_comes_first_decides() {
        let (stays, cancelled) = (Commit::default(), Commit::default());
        assert!(stays.stay() && !stays.cancel() && !stays.is_cancelled());
        assert!(cancelled.cancel() && !cancelled.stay() && cancelled.clone().is_cancelled());
    }
}
