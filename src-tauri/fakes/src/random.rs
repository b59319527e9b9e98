//! Random texts in the formats of the real ones.

use base64::{
    Engine as _,
    engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD},
};

use crate::Kind;

/// Returns a new, unique text in the format of this kind of secret.
pub(crate) fn text(kind: Kind) -> String {
    match kind {
        Kind::Access => format!("EwA{}", STANDARD.encode(bytes::<880>())),
        Kind::Refresh => format!("M.C535_BL2.0.U.-C{}!*$", URL_SAFE_NO_PAD.encode(bytes::<240>()).replace('_', "*")),
        Kind::Code => format!("M.C535_BL2.2.U.{}", guid()),
        Kind::DeviceCode => format!("GAQABAAEAAAA{}", run::<160>()),
        Kind::User => format!("eyJ{}.{}.{}", run::<48>(), run::<900>(), run::<48>()),
        Kind::XstsXbox | Kind::XstsOther => format!("eyJ{}.{}.{}", run::<48>(), run::<1500>(), run::<48>()),
        Kind::XstsHalo => format!("eyJ{}.{}.{}", run::<48>(), run::<1200>(), run::<48>()),
        Kind::Spartan => format!("v4=eyJ{}.{}.{}", run::<27>(), run::<200>(), run::<64>()),
        // The mock services don't issue these, but their format is known.
        Kind::ClientSecret | Kind::Verifier => run::<32>(),
    }
}

/// Returns a random GUID.
pub(crate) fn guid() -> String {
    let mut raw = bytes::<16>();
    raw[6] = raw[6] & 0x0f | 0x40;
    raw[8] = raw[8] & 0x3f | 0x80;
    let hex = format!("{:032x}", u128::from_be_bytes(raw));
    [&hex[..8], &hex[8..12], &hex[12..16], &hex[16..20], &hex[20..]].join("-")
}

/// Returns a short code for a person to type, without letters and digits that look alike.
pub(crate) fn user_code() -> String {
    const ALPHABET: [u8; 32] = *b"ABCDEFGHJKLMNPQRSTUVWXYZ23456789";
    bytes::<8>().map(|byte| char::from(ALPHABET[usize::from(byte) % ALPHABET.len()])).iter().collect()
}

/// Returns random letters and digits that encode `N` bytes.
pub(crate) fn run<const N: usize>() -> String {
    URL_SAFE_NO_PAD.encode(bytes::<N>())
}

#[expect(clippy::expect_used, reason = "without a random source, the mock services can't run")]
fn bytes<const N: usize>() -> [u8; N] {
    let mut raw = [0; N];
    getrandom::fill(&mut raw).expect("the system gives random bytes");
    raw
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_have_the_shape_and_length_of_the_real_ones() {
        assert!(text(Kind::Access).starts_with("EwA"));
        assert!(text(Kind::Refresh).starts_with("M.C5"));
        let user = text(Kind::User);
        assert!(user.starts_with("eyJ") && user.split('.').count() == 3 && (1000..3000).contains(&user.len()));
        let spartan = text(Kind::Spartan);
        assert!(spartan.starts_with("v4=") && (380..420).contains(&spartan.len()), "{}", spartan.len());
        assert_ne!(text(Kind::Spartan), spartan);
        assert_eq!(guid().len(), 36);
    }
}
