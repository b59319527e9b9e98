//! What a click elsewhere asks of the page.

use std::sync::{Mutex, PoisonError};

use serde::Serialize;
use spartan_messages::Problem;
use tauri::ipc::Channel;

/// Something for the page to show beside the status.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub(crate) enum Errand {
    /// The window is about to close for the first time, and the program stays.
    AskToClose,
    /// *Sign out* was clicked where nothing asks back.
    AskToSignOut,
    /// What was clicked elsewhere did not work.
    Tell { problem: Box<Problem> },
}

/// The way to the page; an errand waits until there is one.
#[derive(Default)]
pub(crate) struct Errands(Mutex<Way>);

#[derive(Default)]
struct Way {
    page: Option<Channel<Errand>>,
    waiting: Option<Errand>,
}

impl Errands {
    /// Hands an errand to the page, or to the next one that opens; only the last one counts.
    pub(crate) fn send(&self, errand: Errand) {
        let mut way = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let sent = way.page.as_ref().is_some_and(|page| page.send(errand.clone()).is_ok());
        way.waiting = if sent { None } else { Some(errand) };
    }

    /// A page listens.
    pub(crate) fn listen(&self, page: Channel<Errand>) {
        let waiting = {
            let mut way = self.0.lock().unwrap_or_else(PoisonError::into_inner);
            way.page = Some(page);
            way.waiting.take()
        };
        if let Some(errand) = waiting {
            self.send(errand);
        }
    }

    /// The page is going: what comes now is for the next one, but for a question about this one's end.
    pub(crate) fn leave(&self) {
        let mut way = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        way.page = None;
        way.waiting.take_if(|errand| *errand == Errand::AskToClose);
    }
}

#[cfg(test)]
mod tests {
    use std::sync::{Arc, Mutex};

    use tauri::ipc::{Channel, InvokeResponseBody};

    use super::*;

    fn page() -> (Channel<Errand>, Arc<Mutex<Vec<String>>>) {
        let heard = Arc::new(Mutex::new(Vec::new()));
        let page = heard.clone();
        let channel = Channel::new(move |body| {
            if let InvokeResponseBody::Json(said) = body {
                page.lock().unwrap().push(said);
            }
            Ok(())
        });
        (channel, heard)
    }

    #[test]
    fn an_errand_waits_for_the_page_and_is_heard_once() {
        let errands = Errands::default();
        errands.send(Errand::AskToClose);
        errands.send(Errand::AskToSignOut);
        let (first, heard) = page();
        errands.listen(first);
        assert_eq!(*heard.lock().unwrap(), [r#"{"kind":"ask_to_sign_out"}"#]);
        let (second, heard) = page();
        errands.listen(second);
        assert!(heard.lock().unwrap().is_empty());
    }

    #[test]
    fn an_errand_for_a_page_that_is_gone_waits_for_the_next_one() {
        let errands = Errands::default();
        let (first, gone) = page();
        errands.listen(first);
        errands.leave();
        errands.send(Errand::AskToSignOut);
        let (second, heard) = page();
        errands.listen(second);
        assert!(gone.lock().unwrap().is_empty());
        assert_eq!(heard.lock().unwrap().len(), 1);
    }

    #[test]
    fn a_window_is_not_asked_about_the_end_of_the_one_before() {
        let errands = Errands::default();
        errands.send(Errand::AskToClose);
        errands.leave();
        let (next, heard) = page();
        errands.listen(next);
        assert!(heard.lock().unwrap().is_empty());
    }
}
