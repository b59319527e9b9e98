//! Watches Microsoft's page, and reports to the session if it draws nothing for a long time or can't be loaded.

use std::{convert::Infallible, time::Duration};

use spartan_session::session::{Session, SignInPage};
use tokio::{sync::mpsc, time::timeout};

/// An event of the page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Seen {
    /// The page, or one of its frames, navigates.
    Goes,
    /// It was drawn.
    Drawn,
    /// It couldn't be loaded.
    #[cfg_attr(all(not(target_os = "linux"), not(test)), expect(dead_code, reason = "only WebKitGTK reports it"))]
    Failed,
}

/// How long a page may take to draw something before it's reported.
const SILENCE: Duration = Duration::from_secs(15);

/// The state of the page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Page {
    /// It's loading.
    Coming,
    /// It has been loading for too long.
    Late,
    /// It could not be loaded.
    Failed,
    /// It was drawn.
    There,
}

/// What's reported to the session.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Told {
    Navigated,
    NotLoaded,
}

/// Reports the page's state to the session; never ends.
pub(super) async fn watch(page: &SignInPage, session: &Session, mut seen: mpsc::UnboundedReceiver<Seen>) -> Infallible {
    let mut stands = Page::Coming;
    loop {
        let next = match stands {
            Page::Coming => timeout(SILENCE, seen.recv()).await.unwrap_or_default(),
            Page::Late | Page::Failed | Page::There => seen.recv().await,
        };
        let (after, told) = after(stands, next);
        stands = after;
        match told {
            Some(Told::Navigated) => session.navigated(page.clone()).await,
            Some(Told::NotLoaded) => session.not_loaded(page.clone()).await,
            None => {}
        }
    }
}

/// Returns the state after an event, or after too long a time without one.
const fn after(before: Page, seen: Option<Seen>) -> (Page, Option<Told>) {
    match (seen, before) {
        (None, _) => (Page::Late, Some(Told::NotLoaded)),
        (Some(Seen::Failed), _) => (Page::Failed, Some(Told::NotLoaded)),
        // If the page is there, a frame's navigation is no reason to wait.
        (Some(Seen::Goes), Page::There) => (Page::There, Some(Told::Navigated)),
        (Some(Seen::Goes), Page::Coming | Page::Late | Page::Failed) => (Page::Coming, Some(Told::Navigated)),
        // What's drawn then is the page that replaces it.
        (Some(Seen::Drawn), Page::Failed) => (Page::Failed, None),
        (Some(Seen::Drawn), Page::Late) => (Page::There, Some(Told::Navigated)),
        (Some(Seen::Drawn), Page::Coming | Page::There) => (Page::There, None),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Returns what's reported to the session at each step.
    fn told(steps: &[Option<Seen>]) -> Vec<Option<Told>> {
        let mut page = Page::Coming;
        let mut told = Vec::new();
        for seen in steps {
            let (next, said) = after(page, *seen);
            page = next;
            told.push(said);
        }
        told
    }

    const GOES: Option<Seen> = Some(Seen::Goes);
    const DRAWN: Option<Seen> = Some(Seen::Drawn);
    const FAILED: Option<Seen> = Some(Seen::Failed);
    const NAVIGATED: Option<Told> = Some(Told::Navigated);
    const NOT_LOADED: Option<Told> = Some(Told::NotLoaded);

    #[test]
    fn a_page_that_is_drawn_is_nothing_to_tell() {
        assert_eq!(told(&[GOES, DRAWN, GOES, DRAWN]), [NAVIGATED, None, NAVIGATED, None]);
    }

    #[test]
    fn a_page_that_is_late_is_told_and_so_is_its_coming() {
        assert_eq!(told(&[GOES, None, DRAWN]), [NAVIGATED, NOT_LOADED, NAVIGATED]);
    }

    #[test]
    fn a_page_that_cannot_be_loaded_is_told_and_what_stands_in_its_place_is_no_page() {
        assert_eq!(told(&[GOES, FAILED, DRAWN]), [NAVIGATED, NOT_LOADED, None]);
        assert_eq!(told(&[DRAWN, GOES, FAILED, GOES, DRAWN]), [None, NAVIGATED, NOT_LOADED, NAVIGATED, None]);
    }
}
