//! Decides which of the page's links open in the person's browser: Microsoft's and Xbox's own, one per click. Pure.

use std::time::{Duration, Instant};

use spartan_auth::link::may_open;
use url::Url;

/// The person's clicks in the page, including a key press that follows a link.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Clicks {
    /// The engine reports clicks; holds the time of the last one that hasn't opened anything yet.
    Reported(Option<Instant>),
    /// The engine doesn't report clicks, so a request of the page in front counts as one; holds the time of the last link.
    Unreported(Option<Instant>),
}

/// How long a page may act on a click, as in HTML.
const ANSWERED_WITHIN: Duration = Duration::from_secs(5);

/// Nobody who reads links clicks them faster.
const PACE: Duration = Duration::from_secs(1);

impl Clicks {
    /// The state before the first click.
    pub(super) const fn none() -> Clicks {
        if cfg!(target_os = "linux") { Clicks::Reported(None) } else { Clicks::Unreported(None) }
    }

    /// Records a click.
    #[cfg_attr(not(any(target_os = "linux", test)), expect(dead_code, reason = "only WebKitGTK reports clicks"))]
    pub(super) const fn made(&mut self, now: Instant) {
        if let Clicks::Reported(unanswered) = self {
            *unanswered = Some(now);
        }
    }

    /// Whether this link opens if the page asks for it; uses up the click.
    pub(super) fn open(&mut self, link: &Url, now: Instant, is_in_front: bool) -> bool {
        if !may_open(link) {
            return false;
        }
        match self {
            Clicks::Reported(unanswered) => {
                unanswered.take().is_some_and(|made| now.duration_since(made) <= ANSWERED_WITHIN)
            }
            Clicks::Unreported(last) => {
                let opens = is_in_front && last.is_none_or(|last| now.duration_since(last) >= PACE);
                if opens {
                    *last = Some(now);
                }
                opens
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const LINK: &str = "https://support.microsoft.com/account";

    fn opens(clicks: &mut Clicks, link: &str, now: Instant) -> bool {
        clicks.open(&Url::parse(link).unwrap(), now, true)
    }

    #[test]
    fn a_click_opens_one_link_however_many_the_page_asks_for() {
        let now = Instant::now();
        let mut clicks = Clicks::Reported(None);
        assert!(!opens(&mut clicks, LINK, now), "nobody clicked");
        for _ in 0..3 {
            clicks.made(now);
            let opened = (0..50).filter(|_| opens(&mut clicks, LINK, now)).count();
            assert_eq!(opened, 1);
        }
    }

    #[test]
    fn a_click_that_the_page_answers_late_opens_nothing() {
        let now = Instant::now();
        let mut clicks = Clicks::Reported(None);
        clicks.made(now);
        assert!(!opens(&mut clicks, LINK, now + ANSWERED_WITHIN + Duration::from_millis(1)));
    }

    #[test]
    fn only_pages_of_microsoft_and_xbox_open_and_no_other_link_answers_the_click() {
        let now = Instant::now();
        let mut clicks = Clicks::Reported(None);
        clicks.made(now);
        let others = [
            "http://www.microsoft.com/",
            "https://www.microsoft.com.evil.example/",
            "https://evil.example/?https://www.microsoft.com/",
            "https://curtis@www.microsoft.com/",
            "javascript:alert(1)",
            "mailto:a@example.com",
            "ms-settings:privacy",
            "file:///etc/passwd",
            "about:blank",
            "data:text/html,x",
            "tauri://localhost/index.html",
            "spartan-tray://auth?code=c",
        ];
        for other in others {
            assert!(!opens(&mut clicks, other, now), "{other}");
        }
        assert!(opens(&mut clicks, LINK, now));
    }

    #[test]
    fn without_reports_of_clicks_links_open_at_a_persons_pace_and_from_the_window_in_front_alone() {
        let now = Instant::now();
        let link = Url::parse(LINK).unwrap();
        let mut clicks = Clicks::Unreported(None);
        assert!(!clicks.open(&link, now, false), "behind other windows");
        let opened = (0..50).filter(|_| clicks.open(&link, now, true)).count();
        assert_eq!(opened, 1);
        assert!(clicks.open(&link, now + PACE, true));
    }
}
