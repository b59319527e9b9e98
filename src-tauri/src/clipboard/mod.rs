//! The clipboard: secrets stay out of histories, and leave after a while if they are still ours.

mod mark;

use std::{
    sync::mpsc::{self, Receiver, RecvTimeoutError, Sender},
    thread,
    time::{Duration, Instant},
};

use secrecy::{ExposeSecret, SecretString};
use tokio::sync::oneshot;

use self::mark::Mark;

/// How long a secret stays.
pub(crate) const CLEARS_AFTER: Duration = Duration::from_secs(60);

/// A handle to the clipboard's own thread: on X11 whoever copied serves the text for as long as it is there.
#[derive(Debug)]
pub(crate) struct Clipboard {
    orders: Sender<Order>,
}

/// What a copy came to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Copied {
    /// It is cleared after [`CLEARS_AFTER`].
    ClearsItself,
    /// Here nobody can tell whose the clipboard is, so it stays.
    Stays,
}

enum Order {
    Copy { text: SecretString, kind: Kind, reply: oneshot::Sender<Result<Copied, arboard::Error>> },
    Quit(Sender<()>),
}

#[derive(Clone, Copy, PartialEq)]
enum Kind {
    Secret,
    Plain,
}

impl Clipboard {
    /// Starts the thread; the clipboard itself is opened at the first copy.
    pub(crate) fn start(wayland: bool) -> std::io::Result<Clipboard> {
        let (orders, received) = mpsc::channel();
        thread::Builder::new().name("clipboard".into()).spawn(move || Board::new(wayland).serve(&received))?;
        Ok(Clipboard { orders })
    }

    /// Copies a secret: out of histories, cleared after a while.
    pub(crate) async fn copy_secret(&self, text: SecretString) -> Result<Copied, arboard::Error> {
        self.copy(text, Kind::Secret).await
    }

    /// Copies something that anybody may read.
    pub(crate) async fn copy_plain(&self, text: String) -> Result<Copied, arboard::Error> {
        self.copy(text.into(), Kind::Plain).await
    }

    /// Clears a secret that is still there, and ends the thread; returns when that is done.
    pub(crate) fn quit(&self) {
        let (reply, done) = mpsc::channel();
        if self.orders.send(Order::Quit(reply)).is_ok() {
            // Another program may hold the clipboard: quitting does not wait for it.
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

/// The thread's own: the open clipboard, and the secret that is in it.
struct Board {
    wayland: bool,
    open: Option<arboard::Clipboard>,
    secret: Option<Placed>,
}

struct Placed {
    mark: Mark,
    clears_at: Instant,
}

impl Board {
    const fn new(wayland: bool) -> Board {
        Board { wayland, open: None, secret: None }
    }

    fn serve(mut self, orders: &Receiver<Order>) {
        loop {
            match self.next(orders) {
                Ok(Order::Copy { text, kind, reply }) => {
                    // Who asked may have gone.
                    let _ = reply.send(self.copy(&text, kind));
                }
                Err(RecvTimeoutError::Timeout) => self.clear(),
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
            Some(placed) => orders.recv_timeout(placed.clears_at.saturating_duration_since(Instant::now())),
            None => orders.recv().map_err(|_| RecvTimeoutError::Disconnected),
        }
    }

    fn copy(&mut self, text: &SecretString, kind: Kind) -> Result<Copied, arboard::Error> {
        let board = match &mut self.open {
            Some(board) => board,
            closed => closed.insert(arboard::Clipboard::new()?),
        };
        match kind {
            Kind::Secret => out_of_histories(board.set()).text(text.expose_secret())?,
            Kind::Plain => board.set().text(text.expose_secret())?,
        }
        let mark = if kind == Kind::Secret { Mark::of_what_is_there(self.wayland) } else { None };
        self.secret = mark.map(|mark| Placed { mark, clears_at: Instant::now() + CLEARS_AFTER });
        Ok(if self.secret.is_some() { Copied::ClearsItself } else { Copied::Stays })
    }

    fn clear(&mut self) {
        let Some(Placed { mark, .. }) = self.secret.take() else { return };
        let Some(board) = self.open.as_mut().filter(|_| mark.is_still_there()) else { return };
        if let Err(error) = board.clear() {
            tracing::warn!(%error, "the clipboard could not be cleared");
        }
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
