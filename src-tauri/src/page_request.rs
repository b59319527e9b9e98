//! What a click outside the page asks the page to show.

use std::sync::{Mutex, PoisonError};

use serde::Serialize;
use spartan_messages::Problem;
use tauri::ipc::Channel;

use crate::streaming::ForPage;

/// Something for the page to show beside the status.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(tag = "kind", rename_all = "snake_case")]
pub(crate) enum PageRequest {
    /// The window is about to close for the first time, and the program keeps running.
    AskToClose,
    /// *Sign out* was clicked in a place that can't ask for confirmation.
    AskToSignOut,
    /// A click outside the page failed.
    Tell {
        #[cfg_attr(test, ts(as = "Problem"))]
        problem: Box<ForPage<Problem>>,
    },
}

/// The channel to the page; if there's no page, the last request waits for the next one.
#[derive(Default)]
pub(crate) struct PageRequests(Mutex<Listener>);

#[derive(Default)]
struct Listener {
    page: Option<Channel<PageRequest>>,
    waiting: Option<PageRequest>,
}

impl PageRequests {
    /// Sends a request to the page, or to the next one that opens. Only the last waiting request is kept.
    pub(crate) fn send(&self, request: PageRequest) {
        let mut listener = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let sent = listener.page.as_ref().is_some_and(|page| page.send(request.clone()).is_ok());
        listener.waiting = if sent { None } else { Some(request) };
    }

    /// Sends requests to this page from now on, starting with the one that waits.
    pub(crate) fn listen(&self, page: Channel<PageRequest>) {
        let waiting = {
            let mut listener = self.0.lock().unwrap_or_else(PoisonError::into_inner);
            listener.page = Some(page);
            listener.waiting.take()
        };
        if let Some(request) = waiting {
            self.send(request);
        }
    }

    /// Keeps requests for the next page from now on, and drops a waiting question about closing this one.
    pub(crate) fn leave(&self) {
        let mut listener = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        listener.page = None;
        listener.waiting.take_if(|request| *request == PageRequest::AskToClose);
    }
}

#[cfg(test)]
mod tests {
    use std::sync::{Arc, Mutex};

    use tauri::ipc::{Channel, InvokeResponseBody};

    use super::*;

    fn page() -> (Channel<PageRequest>, Arc<Mutex<Vec<String>>>) {
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
    fn a_request_waits_for_the_page_and_is_heard_once() {
        let requests = PageRequests::default();
        requests.send(PageRequest::AskToClose);
        requests.send(PageRequest::AskToSignOut);
        let (first, heard) = page();
        requests.listen(first);
        assert_eq!(*heard.lock().unwrap(), [r#"{"kind":"ask_to_sign_out"}"#]);
        let (second, heard) = page();
        requests.listen(second);
        assert!(heard.lock().unwrap().is_empty());
    }

    #[test]
    fn a_request_to_a_page_that_is_gone_waits_for_the_next_one() {
        let requests = PageRequests::default();
        let (first, gone) = page();
        requests.listen(first);
        requests.leave();
        requests.send(PageRequest::AskToSignOut);
        let (second, heard) = page();
        requests.listen(second);
        assert!(gone.lock().unwrap().is_empty());
        assert_eq!(heard.lock().unwrap().len(), 1);
    }

    #[test]
    fn a_window_is_not_asked_about_the_end_of_the_one_before() {
        let requests = PageRequests::default();
        requests.send(PageRequest::AskToClose);
        requests.leave();
        let (next, heard) = page();
        requests.listen(next);
        assert!(heard.lock().unwrap().is_empty());
    }
}
