//! The state of writing token files.

use std::time::Duration;

/// The state of writing token files.
#[derive(Clone, Copy, Debug, Default)]
pub(super) enum Writing {
    /// Everything that could be written is.
    #[default]
    Done,
    /// Something wasn't, at that time on the clock that can't be set.
    Failed(Duration),
    /// They're being written.
    UnderWay,
    /// They're being written, but there are newer tokens since that began.
    Behind,
}

/// The wait before files that couldn't be written are tried again; somebody may have fixed the cause.
const AGAIN: Duration = Duration::from_secs(60);

impl Writing {
    /// Whether to try again at `now`, on the clock that can't be set.
    pub(super) fn is_due_again(self, now: Duration) -> bool {
        match self {
            Writing::Failed(at) => now.saturating_sub(at) >= AGAIN,
            Writing::Done | Writing::UnderWay | Writing::Behind => false,
        }
    }
}
