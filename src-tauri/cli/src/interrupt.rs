//! Ctrl-C and termination signals.

use std::io;

use crate::{exit::Exit, failure::Failure};

/// Runs work that can be interrupted at any time, because it has nothing to clean up.
pub async fn ends<T>(work: impl Future<Output = Result<T, Failure>>) -> Result<T, Failure> {
    tokio::select! {
        biased;
        done = work => done,
        exit = told_to_end() => Err(failure(exit)),
    }
}

/// Returns a failure without a message: whoever interrupts knows why it ended.
pub const fn failure(exit: Exit) -> Failure {
    Failure { exit, key: String::new(), what: String::new(), todo: String::new() }
}

/// Returns once somebody interrupts, or tells the program to end: with which code it then does. It hears that from the call
/// on, before it is first polled.
pub fn told_to_end() -> impl Future<Output = Exit> {
    let told = listen();
    async {
        match told {
            Ok(told) => told.await,
            Err(error) => {
                // The system then ends the program like any other.
                crate::out::say(&format!("spartan: Ctrl-C can't be handled: {error}"));
                std::future::pending().await
            }
        }
    }
}

#[cfg(unix)]
fn listen() -> io::Result<impl Future<Output = Exit>> {
    use tokio::signal::unix::{SignalKind, signal};
    let (mut interrupt, mut end) = (signal(SignalKind::interrupt())?, signal(SignalKind::terminate())?);
    Ok(async move {
        tokio::select! {
            _ = interrupt.recv() => Exit::Interrupted,
            _ = end.recv() => Exit::Ended,
        }
    })
}

#[cfg(windows)]
fn listen() -> io::Result<impl Future<Output = Exit>> {
    let mut interrupt = tokio::signal::windows::ctrl_c()?;
    Ok(async move {
        interrupt.recv().await;
        Exit::Interrupted
    })
}

/// While this exists, Ctrl-C doesn't end the program.
#[cfg(windows)]
pub struct Deaf {
    _signal: tokio::signal::windows::CtrlC,
}

#[cfg(windows)]
impl Deaf {
    /// From here on.
    pub fn begin() -> io::Result<Deaf> {
        Ok(Deaf { _signal: tokio::signal::windows::ctrl_c()? })
    }
}
