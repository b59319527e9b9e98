//! The scopes that lead to Xbox, in each host's spelling.

use super::Platform;

/// The scopes a program must ask for.
pub(super) fn wanted(platform: Platform) -> [&'static str; 2] {
    match platform {
        Platform::Consumers => ["XboxLive.signin", "offline_access"],
        Platform::Live => ["Xboxlive.signin", "Xboxlive.offline_access"],
    }
}

/// Whether these are exactly the scopes wanted, in any order and letter case.
pub(super) fn is_right(platform: Platform, asked: &str) -> bool {
    let wanted = wanted(platform);
    let asked: Vec<&str> = asked.split_whitespace().collect();
    let is_asked = |scope: &str| asked.iter().any(|one| one.eq_ignore_ascii_case(scope));
    asked.len() == wanted.len() && wanted.into_iter().all(is_asked)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_host_wants_its_own_two_scopes() {
        assert!(is_right(Platform::Consumers, "XboxLive.signin offline_access"));
        assert!(is_right(Platform::Live, "xboxlive.offline_access XBOXLIVE.SIGNIN"));
        assert!(!is_right(Platform::Consumers, "XboxLive.signin"));
        assert!(!is_right(Platform::Consumers, "Xboxlive.signin Xboxlive.offline_access"));
        assert!(!is_right(Platform::Live, "XboxLive.signin offline_access"));
        assert!(!is_right(Platform::Live, "Xboxlive.signin Xboxlive.offline_access openid"));
    }
}
