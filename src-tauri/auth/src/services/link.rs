//! Which links from a service may be opened.

use url::Url;

/// Whether a link from a service may be opened: it must use HTTPS and be on one of Microsoft's or Xbox's own domains.
#[must_use]
pub fn may_open(link: &Url) -> bool {
    const OURS: [&str; 4] = ["xbox.com", "xboxlive.com", "live.com", "microsoft.com"];
    let Some(host) = link.host_str() else { return false };
    let known = OURS.iter().any(|ours| host.strip_suffix(ours).is_some_and(|sub| sub.is_empty() || sub.ends_with('.')));
    link.scheme() == "https" && known && link.username().is_empty() && link.port().is_none()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_https_pages_of_microsoft_and_xbox_may_be_opened() {
        let good = ["https://xbox.com/", "https://start.ui.xboxlive.com/CreateAccount", "https://account.live.com/x"];
        for good in good {
            assert!(may_open(&Url::parse(good).unwrap()), "{good}");
        }
        let bad = [
            "http://xbox.com/",
            "https://evilxbox.com/",
            "https://xbox.com.evil.example/",
            "https://xbox.com@evil.example/",
            "https://u@xbox.com/",
            "https://xbox.com:8443/",
            "file:///etc/passwd",
            "javascript:alert(1)",
        ];
        for bad in bad {
            assert!(!may_open(&Url::parse(bad).unwrap()), "{bad}");
        }
    }
}
