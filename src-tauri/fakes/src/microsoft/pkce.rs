//! RFC 7636, method S256.

use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use sha2::{Digest as _, Sha256};

/// Returns whether a verifier is well formed and matches this challenge.
pub(super) fn opens(verifier: &str, challenge: &str) -> bool {
    let allowed = |c: char| c.is_ascii_alphanumeric() || "-._~".contains(c);
    (43..=128).contains(&verifier.len())
        && verifier.chars().all(allowed)
        && URL_SAFE_NO_PAD.encode(Sha256::digest(verifier)) == challenge
}

/// Returns whether the text is a well-formed challenge: 32 bytes in base64url.
pub(super) fn is_challenge(text: &str) -> bool {
    URL_SAFE_NO_PAD.decode(text).is_ok_and(|raw| raw.len() == 32)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_pair_of_the_rfc_fits() {
        let challenge = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM";
        assert!(is_challenge(challenge));
        assert!(opens("dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk", challenge));
        assert!(!opens("dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXK", challenge));
    }

    #[test]
    fn a_verifier_outside_43_to_128_characters_never_fits() {
        let short = "a".repeat(42);
        assert!(!opens(&short, &URL_SAFE_NO_PAD.encode(Sha256::digest(&short))));
    }
}
