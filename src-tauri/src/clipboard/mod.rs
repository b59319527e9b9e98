//! The clipboard: secrets stay out of histories, and are cleared after a while if they're still ours.

mod mark;

use std::{
    sync::mpsc::{self, Receiver, RecvTimeoutError, Sender},
    thread,
    time::Duration,
};

use secrecy::{ExposeSecret, SecretString};
use serde::Serialize;
use spartan_auth::clock::{Clock, SystemClock};
use tokio::sync::oneshot;

use self::mark::Mark;

/// A handle to the clipboard's own thread: on X11, the program that copied a text serves it for as long as it's there.
#[derive(Debug)]
pub(crate) struct Clipboard {
    orders: Sender<Order>,
}

/// The longest sleep: timers stand still while the computer sleeps, and a secret must not outlive that.
const STEP: Duration = Duration::from_secs(5);

/// What became of a secret.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(rename_all = "snake_case")]
pub(crate) enum Ended {
    /// It was cleared.
    Cleared,
    /// Something else is in the clipboard now.
    Replaced,
    /// It could not be cleared.
    Stays,
}

/// The result of a copy.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Copied {
    /// It is cleared after so long.
    ClearsAfter(Duration),
    /// It isn't to be cleared, or this system doesn't show whose the contents are.
    Stays,
}

enum Order {
    Copy {
        text: SecretString,
        kind: Kind,
        reply: oneshot::Sender<Result<Copied, arboard::Error>>,
    },
    /// Reports when the last copied secret has gone.
    Ended(oneshot::Sender<Ended>),
    Quit(Sender<()>),
}

#[derive(Clone, Copy)]
enum Kind {
    Secret { clears_after: Option<Duration> },
    Plain,
}

impl Clipboard {
    /// Starts the thread; the clipboard itself is opened at the first copy.
    pub(crate) fn start(wayland: bool) -> std::io::Result<Clipboard> {
        let (orders, received) = mpsc::channel();
        thread::Builder::new().name("clipboard".into()).spawn(move || Board::new(wayland).serve(&received))?;
        Ok(Clipboard { orders })
    }

    /// Copies a secret: out of histories, cleared after a while, or with `None` never.
    pub(crate) async fn copy_secret(
        &self,
        text: SecretString,
        clears_after: Option<Duration>,
    ) -> Result<Copied, arboard::Error> {
        self.copy(text, Kind::Secret { clears_after }).await
    }

    /// Copies a text that isn't secret.
    pub(crate) async fn copy_plain(&self, text: impl Into<SecretString>) -> Result<Copied, arboard::Error> {
        self.copy(text.into(), Kind::Plain).await
    }

    /// Waits until the secret of the last copy has gone.
    pub(crate) async fn ended(&self) -> Ended {
        let (reply, answer) = oneshot::channel();
        // A thread that is gone drops the reply.
        let _ = self.orders.send(Order::Ended(reply));
        answer.await.unwrap_or(Ended::Replaced)
    }

    /// Clears a secret that is still there, and ends the thread; returns when that is done.
    pub(crate) fn quit(&self) {
        let (reply, done) = mpsc::channel();
        if self.orders.send(Order::Quit(reply)).is_ok() {
            // Another program may be blocking the clipboard; quitting doesn't wait for it.
            let _ = done.recv_timeout(Duration::from_secs(2));
        }
    }

    async fn copy(&self, text: SecretString, kind: Kind) -> Result<Copied, arboard::Error> {
        let (reply, answer) = oneshot::channel();
        // A thread that is gone drops the reply.
        let _ = self.orders.send(Order::Copy { text, kind, reply });
        answer.await.unwrap_or(Err(arboard::Error::ContentNotAvailable))
    }
}

/// The thread's own state: the open clipboard, and the secret in it.
struct Board {
    wayland: bool,
    clock: SystemClock,
    open: Option<arboard::Clipboard>,
    secret: Option<Placed>,
}

struct Placed {
    mark: Mark,
    /// When it's cleared, by the clock that can't be set.
    clears_at: Duration,
    /// Who waits to hear what became of it.
    waiting: Vec<oneshot::Sender<Ended>>,
}

impl Board {
    fn new(wayland: bool) -> Board {
        Board { wayland, clock: SystemClock::default(), open: None, secret: None }
    }

    fn serve(mut self, orders: &Receiver<Order>) {
        loop {
            match self.next(orders) {
                Ok(Order::Copy { text, kind, reply }) => {
                    // Who asked may have gone.
                    let _ = reply.send(self.copy(&text, kind));
                }
                Ok(Order::Ended(reply)) => match &mut self.secret {
                    Some(placed) => placed.waiting.push(reply),
                    None => tell(vec![reply], Ended::Replaced),
                },
                Err(RecvTimeoutError::Timeout) => self.clear_if_due(),
                Ok(Order::Quit(done)) => {
                    self.clear();
                    drop(self.open.take());
                    let _ = done.send(());
                    return;
                }
                Err(RecvTimeoutError::Disconnected) => return self.clear(),
            }
        }
    }

    fn next(&self, orders: &Receiver<Order>) -> Result<Order, RecvTimeoutError> {
        match &self.secret {
            Some(placed) => orders.recv_timeout(placed.left(self.clock.elapsed()).min(STEP)),
            None => orders.recv().map_err(|_| RecvTimeoutError::Disconnected),
        }
    }

    fn copy(&mut self, text: &SecretString, kind: Kind) -> Result<Copied, arboard::Error> {
        let board = match &mut self.open {
            Some(board) => board,
            closed => closed.insert(arboard::Clipboard::new()?),
        };
        match kind {
            Kind::Secret { .. } => out_of_histories(board.set()).text(text.expose_secret())?,
            Kind::Plain => board.set().text(text.expose_secret())?,
        }
        if let Some(before) = self.secret.take() {
            tell(before.waiting, Ended::Replaced);
        }
        let Kind::Secret { clears_after: Some(clears_after) } = kind else { return Ok(Copied::Stays) };
        let Some(mark) = Mark::of_what_is_there(self.wayland) else { return Ok(Copied::Stays) };
        let clears_at = self.clock.elapsed().saturating_add(clears_after);
        self.secret = Some(Placed { mark, clears_at, waiting: Vec::new() });
        Ok(Copied::ClearsAfter(clears_after))
    }

    fn clear_if_due(&mut self) {
        let now = self.clock.elapsed();
        if self.secret.as_ref().is_some_and(|placed| placed.left(now).is_zero()) {
            self.clear();
        }
    }

    fn clear(&mut self) {
        let Some(Placed { mark, waiting, .. }) = self.secret.take() else { return };
        let ended = match self.open.as_mut().filter(|_| mark.is_still_there()).map(arboard::Clipboard::clear) {
            None => Ended::Replaced,
            Some(Ok(())) => Ended::Cleared,
            Some(Err(error)) => {
                tracing::warn!(%error, "the clipboard could not be cleared");
                Ended::Stays
            }
        };
        tell(waiting, ended);
    }
}

impl Placed {
    /// Returns how long it stays; `now` is by the clock that can't be set.
    const fn left(&self, now: Duration) -> Duration {
        self.clears_at.saturating_sub(now)
    }
}

fn tell(waiting: Vec<oneshot::Sender<Ended>>, ended: Ended) {
    for reply in waiting {
        // The page may be gone.
        let _ = reply.send(ended);
    }
}

#[cfg(windows)]
fn out_of_histories(set: arboard::Set<'_>) -> arboard::Set<'_> {
    arboard::SetExtWindows::exclude_from_monitoring(set)
}

#[cfg(target_os = "macos")]
fn out_of_histories(set: arboard::Set<'_>) -> arboard::Set<'_> {
    arboard::SetExtApple::exclude_from_history(set)
}

#[cfg(all(unix, not(target_os = "macos")))]
fn out_of_histories(set: arboard::Set<'_>) -> arboard::Set<'_> {
    arboard::SetExtLinux::exclude_from_history(set)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_secret_stays_as_long_as_was_chosen_and_sleep_counts() {
        let placed = Placed { mark: Mark::of_anything(), clears_at: Duration::from_secs(70), waiting: Vec::new() };
        for (now, left) in [(10, 60), (69, 1), (70, 0), (3600, 0)] {
            assert_eq!(placed.left(Duration::from_secs(now)), Duration::from_secs(left), "at {now} s");
        }
    }
}
