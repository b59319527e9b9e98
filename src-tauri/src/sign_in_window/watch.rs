//! Whether Microsoft's page is there: where it draws nothing for long, or cannot be loaded, the session is told.

use std::{convert::Infallible, time::Duration};

use spartan_session::session::{Session, SignInPage};
use tokio::{sync::mpsc, time::timeout};

/// What is seen of the page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Seen {
    /// It, or a frame of it, goes to an address.
    Goes,
    /// It is drawn.
    Drawn,
    /// It could not be loaded.
    #[cfg_attr(all(not(target_os = "linux"), not(test)), expect(dead_code, reason = "only WebKitGTK tells of it"))]
    Failed,
}

/// A page that has drawn nothing for so long may never do.
const SILENCE: Duration = Duration::from_secs(15);

/// How it stands with the page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Page {
    /// It is on its way.
    Coming,
    /// It has been so for too long.
    Late,
    /// It could not be loaded.
    Failed,
    /// It was drawn.
    There,
}

/// What the session is told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Told {
    Navigated,
    NotLoaded,
}

/// Tells the session what becomes of the page; never ends.
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

/// How it stands after something was seen, or nothing for too long.
const fn after(before: Page, seen: Option<Seen>) -> (Page, Option<Told>) {
    match (seen, before) {
        (None, _) => (Page::Late, Some(Told::NotLoaded)),
        (Some(Seen::Failed), _) => (Page::Failed, Some(Told::NotLoaded)),
        // A frame's way is no reason to wait for a page that is there.
        (Some(Seen::Goes), Page::There) => (Page::There, Some(Told::Navigated)),
        (Some(Seen::Goes), Page::Coming | Page::Late | Page::Failed) => (Page::Coming, Some(Told::Navigated)),
        // What is drawn then is what stands in its place.
        (Some(Seen::Drawn), Page::Failed) => (Page::Failed, None),
        (Some(Seen::Drawn), Page::Late) => (Page::There, Some(Told::Navigated)),
        (Some(Seen::Drawn), Page::Coming | Page::There) => (Page::There, None),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What the session is told at each step.
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
