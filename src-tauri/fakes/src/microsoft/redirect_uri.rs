//! The check whether a redirect URI is registered.

use url::Url;

/// Returns true for an exact match, and for `http://localhost` with any port if it's registered without a port.
pub(super) fn is_registered(asked: &str, registered: &[String]) -> bool {
    registered.iter().any(|known| known == asked || is_same_but_for_port(asked, known))
}

fn is_same_but_for_port(asked: &str, known: &str) -> bool {
    let (Ok(mut asked), Ok(known)) = (Url::parse(asked), Url::parse(known)) else { return false };
    let known_is_loose = known.scheme() == "http" && known.host_str() == Some("localhost") && known.port().is_none();
    known_is_loose && asked.set_port(None).is_ok() && asked == known
}

#[cfg(test)]
mod tests {
    use super::*;

    fn registered(asked: &str, known: &str) -> bool {
        is_registered(asked, &[known.into()])
    }

    #[test]
    fn any_port_of_localhost_matches_but_the_path_counts() {
        assert!(registered("http://localhost:49152", "http://localhost"));
        assert!(registered("http://localhost:49152/", "http://localhost"));
        assert!(registered("http://localhost:7/signed-in", "http://localhost/signed-in"));
        assert!(!registered("http://localhost:7/elsewhere", "http://localhost"));
        assert!(!registered("http://localhost:7?x=1", "http://localhost"));
        assert!(!registered("http://localhost.example.com:7", "http://localhost"));
    }

    #[test]
    fn everything_else_matches_exactly() {
        assert!(registered("https://localhost", "https://localhost"));
        assert!(!registered("https://localhost/", "https://localhost"));
        assert!(!registered("https://localhost:8443", "https://localhost"));
        assert!(!registered("http://localhost:9000", "http://localhost:8000"));
        assert!(!registered("http://127.0.0.1:9000", "http://localhost"));
    }
}
