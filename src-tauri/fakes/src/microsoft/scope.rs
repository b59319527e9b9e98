//! The scopes that Xbox needs, as each host spells them.

use super::Platform;

/// Returns the scopes that a program must request.
pub(super) fn wanted(platform: Platform) -> [&'static str; 2] {
    match platform {
        Platform::Consumers => ["XboxLive.signin", "offline_access"],
        Platform::Live => ["Xboxlive.signin", "Xboxlive.offline_access"],
    }
}

/// Returns whether these are exactly the required scopes, in any order and case, plus optional ones about the person.
pub(super) fn is_right(platform: Platform, asked: &str) -> bool {
    let wanted = wanted(platform);
    let allowed: &[&str] = match platform {
        Platform::Consumers => &["openid", "profile", "email"],
        Platform::Live => &[],
    };
    let is_known = |scope: &str| wanted.iter().chain(allowed).any(|one| one.eq_ignore_ascii_case(scope));
    asked.split_whitespace().all(is_known) && wanted.into_iter().all(|scope| has(asked, scope))
}

/// Returns whether a scope is among these.
pub(super) fn has(asked: &str, scope: &str) -> bool {
    asked.split_whitespace().any(|one| one.eq_ignore_ascii_case(scope))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_host_wants_its_own_two_scopes() {
        assert!(is_right(Platform::Consumers, "XboxLive.signin offline_access"));
        assert!(is_right(Platform::Live, "xboxlive.offline_access XBOXLIVE.SIGNIN"));
        assert!(is_right(Platform::Consumers, "openid profile offline_access XboxLive.signin"));
        assert!(!is_right(Platform::Consumers, "XboxLive.signin"));
        assert!(!is_right(Platform::Consumers, "XboxLive.signin offline_access User.Read"));
        assert!(!is_right(Platform::Consumers, "Xboxlive.signin Xboxlive.offline_access"));
        assert!(!is_right(Platform::Live, "XboxLive.signin offline_access"));
        assert!(!is_right(Platform::Live, "Xboxlive.signin Xboxlive.offline_access openid"));
    }
}
