//! The last events, for a report.

use std::{
    collections::VecDeque,
    io::{self, Write},
    sync::{Arc, Mutex, PoisonError},
};

/// So many events are kept.
const KEPT: usize = 200;

/// The last events, as lines; clones share them.
#[derive(Clone, Default)]
pub(super) struct Last(Arc<Mutex<VecDeque<String>>>);

impl Last {
    /// The events, oldest first.
    pub(super) fn lines(&self) -> Vec<String> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).iter().cloned().collect()
    }
}

impl Write for Last {
    fn write(&mut self, event: &[u8]) -> io::Result<usize> {
        let mut events = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if events.len() == KEPT {
            events.pop_front();
        }
        events.push_back(String::from_utf8_lossy(event).trim_end().to_owned());
        Ok(event.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_newest_events_are_kept_in_their_order() {
        let mut last = Last::default();
        for number in 0..KEPT + 5 {
            last.write_all(format!("event {number}\n").as_bytes()).unwrap();
        }
        let lines = last.lines();
        assert_eq!(lines.len(), KEPT);
        assert_eq!((lines[0].as_str(), lines[KEPT - 1].as_str()), ("event 5", "event 204"));
    }
}
