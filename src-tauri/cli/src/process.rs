//! What the process does to itself before anything else, and before it becomes another program.

use std::time::Duration;

/// How long what is being written at the end may still take.
pub const LAST_WRITES: Duration = Duration::from_secs(1);

/// No core dump ever holds a token.
#[cfg(unix)]
pub fn harden() {
    limit_core(Some(0));
}

/// What becomes another program leaves it the limit that the person set.
#[cfg(unix)]
pub fn soften() {
    use rustix::process::{Resource, getrlimit};
    limit_core(getrlimit(Resource::Core).maximum);
}

#[cfg(unix)]
fn limit_core(current: Option<u64>) {
    use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};
    // The hard limit stays: nobody could raise it again.
    let maximum = getrlimit(Resource::Core).maximum;
    if let Err(error) = setrlimit(Resource::Core, Rlimit { current, maximum }) {
        crate::out::say(&format!("spartan: core dumps could not be switched off: {error}"));
    }
}

/// No core dump ever holds a token: Windows makes none by itself.
#[cfg(not(unix))]
pub const fn harden() {}
