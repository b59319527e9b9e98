//! What was last seen of the vault, in the order in which its file had it.

use crate::{account::Contents, files::Stamp};

/// What this process last read or wrote, and what the file looked like then.
#[derive(Default)]
pub(super) struct Seen {
    turns: u64,
    last: u64,
    stamp: Option<Stamp>,
    news: Option<Contents>,
    /// The file that was there when a read failed.
    unreadable: Option<Option<Stamp>>,
}

/// The place of a read or a write among the others.
#[derive(Clone, Copy, Debug)]
pub(super) struct Turn(u64);

/// The vault's file, compared with what was last read or written here.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Look {
    /// It is the same.
    Same,
    /// Another process has written it since.
    Changed,
    /// Another process has written it since, and it could not be read.
    Unreadable,
}

impl Seen {
    /// A read takes its turn before it begins, a write once it is done: whatever is older then has a lower one.
    pub(super) const fn turn(&mut self) -> Turn {
        self.turns += 1;
        Turn(self.turns)
    }

    /// Notes what was read or written, unless something newer was noted meanwhile.
    pub(super) fn note(&mut self, turn: Turn, stamp: Option<Stamp>, contents: Contents) {
        if turn.0 > self.last {
            *self = Seen { turns: self.turns, last: turn.0, stamp, news: Some(contents), unreadable: None };
        }
    }

    pub(super) const fn could_not_read(&mut self, stamp: Option<Stamp>) {
        self.unreadable = Some(stamp);
    }

    pub(super) fn compare(&self, stamp: Option<Stamp>) -> Look {
        if stamp == self.stamp {
            Look::Same
        } else if self.unreadable == Some(stamp) {
            Look::Unreadable
        } else {
            Look::Changed
        }
    }

    pub(super) const fn take_news(&mut self) -> Option<Contents> {
        self.news.take()
    }
}

#[cfg(test)]
mod tests {
    use super::{Look, Seen};
    use crate::account::Contents;

    #[test]
    fn a_read_that_began_before_a_write_ended_is_no_news() {
        let mut seen = Seen::default();
        let read = seen.turn();
        let write = seen.turn();
        seen.note(write, None, Contents::default());
        assert!(seen.take_news().is_some());
        seen.note(read, None, Contents::default());
        assert!(seen.take_news().is_none());
        let later = seen.turn();
        seen.note(later, None, Contents::default());
        assert!(seen.take_news().is_some() && seen.take_news().is_none());
    }

    #[test]
    fn only_the_very_file_that_could_not_be_read_is_unreadable() {
        let folder = tempfile::tempdir().unwrap();
        let stamps = ["a", "ab"].map(|text| {
            let path = folder.path().join(text);
            std::fs::write(&path, text).unwrap();
            crate::files::Files::stamp(&crate::files::RealFiles, &path).ok()
        });
        let mut seen = Seen::default();
        assert_eq!((seen.compare(None), seen.compare(stamps[0])), (Look::Same, Look::Changed));
        seen.could_not_read(stamps[0]);
        assert_eq!((seen.compare(stamps[0]), seen.compare(stamps[1])), (Look::Unreadable, Look::Changed));
        let turn = seen.turn();
        seen.note(turn, stamps[0], Contents::default());
        assert_eq!((seen.compare(stamps[0]), seen.compare(None)), (Look::Same, Look::Changed));
    }
}
