//! The log: events of our own crates, without anything private, in a file. The last ones are also kept in memory.

mod last;
mod rotating;

use std::{
    io::{self, Write},
    path::PathBuf,
    sync::{Arc, Mutex, PoisonError, RwLock},
};

use spartan_session::{redact::Private, status::Snapshot};
use spartan_vault::fs::paths::Paths;
use tokio::sync::watch;
use tracing::{Level, Subscriber};
use tracing_subscriber::{
    Layer, Registry,
    filter::Targets,
    fmt,
    layer::SubscriberExt,
    registry,
    reload::{self, Handle},
    util::SubscriberInitExt,
};

use self::{last::Last, rotating::Rotating};

/// The running log; clones share it.
#[derive(Clone)]
pub(crate) struct Log {
    level: Handle<Targets, Registry>,
    last: Last,
    private: Arc<RwLock<Private>>,
}

impl Log {
    /// Starts to log. `RUST_LOG` has no effect, so that nothing makes the log reveal more than it should.
    pub(crate) fn begin(paths: &Paths, level: Level, private: Private) -> Log {
        let file = Rotating::open(&paths.log().join("spartan-tray.log"));
        let file = file.inspect_err(|error| eprintln!("going on without a log: {error}")).ok();
        let (log, events) = Log::to(file, level, private);
        if let Err(error) = events.try_init() {
            eprintln!("going on without a log: {error}");
        }
        log
    }

    /// Logs everything to memory, and events up to `level` to a file.
    fn to<W>(file: Option<W>, level: Level, private: Private) -> (Log, impl Subscriber + Send + Sync + 'static)
    where
        W: Write + Send + 'static,
    {
        let (private, last) = (Arc::new(RwLock::new(private)), Last::default());
        let (filter, level) = reload::Layer::new(ours(level));
        let file = file.map(|to| Mutex::new(Redacting { private: private.clone(), to }));
        let file = file.map(|file| fmt::layer().with_ansi(false).with_writer(file).with_filter(filter));
        let memory = Mutex::new(Redacting { private: private.clone(), to: last.clone() });
        // A report may contain more than the file: it's read before it's sent, and isn't kept.
        let memory = fmt::layer().with_ansi(false).with_writer(memory).with_filter(ours(Level::DEBUG));
        (Log { level, last, private }, registry().with(file).with(memory))
    }

    /// Sets the file's log level.
    pub(crate) fn tell(&self, level: Level) {
        if let Err(error) = self.level.modify(|filter| *filter = ours(level)) {
            tracing::debug!(%error, "without a log nobody asks how much is in it");
        }
    }

    /// Keeps these values out from now on.
    fn hide(&self, private: Private) {
        *self.private.write().unwrap_or_else(PoisonError::into_inner) = private;
    }

    /// Returns a text without private values.
    pub(crate) fn redact(&self, text: &str) -> String {
        self.private.read().unwrap_or_else(PoisonError::into_inner).redact(text)
    }

    /// Returns the last events, oldest first.
    pub(crate) fn last(&self) -> Vec<String> {
        self.last.lines()
    }
}

/// Keeps the accounts' names and IDs, and the home folder, out of the log while the program runs.
pub(crate) async fn hide_names(log: Log, mut snapshot: watch::Receiver<Snapshot>, home: Option<PathBuf>) {
    loop {
        let lines = snapshot.borrow_and_update().accounts.clone();
        let names = lines.into_iter().flat_map(|line| [line.name, line.gamertag, line.xuid]).flatten();
        log.hide(Private::new(home.as_deref(), names));
        if snapshot.changed().await.is_err() {
            return;
        }
    }
}

fn ours(level: Level) -> Targets {
    Targets::new().with_target("spartan_auth", level).with_target("spartan_tray", level)
}

/// A writer that removes private values from each event. An event is written in one piece.
struct Redacting<W> {
    private: Arc<RwLock<Private>>,
    to: W,
}

impl<W: Write> Write for Redacting<W> {
    fn write(&mut self, event: &[u8]) -> io::Result<usize> {
        let text = String::from_utf8_lossy(event);
        let text = self.private.read().unwrap_or_else(PoisonError::into_inner).redact(&text);
        self.to.write_all(text.as_bytes())?;
        Ok(event.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        self.to.flush()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_event_is_redacted_before_it_is_written_and_a_name_from_when_it_is_known() {
        let private = Arc::new(RwLock::new(Private::default()));
        let mut log = Redacting { private: private.clone(), to: Vec::new() };
        log.write_all(b"Curtis has v4=abc\n").unwrap();
        *private.write().unwrap() = Private::new(None, ["Curtis".into()]);
        log.write_all(b"Curtis\n").unwrap();
        assert_eq!(String::from_utf8(log.to).unwrap(), "Curtis has [hidden]\n[name]\n");
    }

    #[test]
    fn the_file_tells_as_much_as_was_chosen_from_that_moment_on_and_memory_tells_all() {
        let file = Last::default();
        let (log, events) = Log::to(Some(file.clone()), Level::INFO, Private::default());
        tracing::subscriber::with_default(events, || {
            tracing::debug!(target: "spartan_tray", "one");
            tracing::info!(target: "spartan_tray", "two");
            log.tell(Level::DEBUG);
            tracing::debug!(target: "spartan_tray", "three");
            tracing::error!(target: "hyper", "four");
        });
        let words = |lines: Vec<String>| lines.into_iter().filter_map(|line| line.rsplit(' ').next().map(String::from));
        assert_eq!(words(file.lines()).collect::<Vec<_>>(), ["two", "three"]);
        assert_eq!(words(log.last()).collect::<Vec<_>>(), ["one", "two", "three"]);
    }
}
