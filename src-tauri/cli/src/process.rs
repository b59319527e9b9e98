//! How the process restricts itself before anything else, and before it becomes another program.

use std::time::Duration;

/// How long what is being written at the end may still take.
pub const LAST_WRITES: Duration = Duration::from_secs(1);

/// The person's own limit for core dumps.
#[derive(Clone, Copy, Debug)]
pub struct Core {
    #[cfg(unix)]
    bytes: Option<u64>,
}

/// Turns core dumps off, so that none contains a token. Returns the previous limit.
#[cfg(unix)]
pub fn harden() -> Core {
    let before = rustix::process::getrlimit(rustix::process::Resource::Core).current;
    limit_core(Some(0));
    Core { bytes: before }
}

/// Does nothing: Windows writes no core dumps by itself.
#[cfg(not(unix))]
pub const fn harden() -> Core {
    Core {}
}

#[cfg(unix)]
impl Core {
    /// What this program becomes has the limit that the person set.
    pub fn restore(self) {
        limit_core(self.bytes);
    }
}

#[cfg(unix)]
fn limit_core(current: Option<u64>) {
    use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};
    // The hard limit stays, because it couldn't be raised again.
    let maximum = getrlimit(Resource::Core).maximum;
    if let Err(error) = setrlimit(Resource::Core, Rlimit { current, maximum }) {
        crate::out::say(&format!("spartan: core dumps couldn't be turned off: {error}"));
    }
}
