//! Why Xbox refuses an account: the catalogue of `XErr` codes.
//!
//! The numbers come from `errors_legacy.h` of microsoft/xbox-live-api and from recorded refusals; one that is not here is
//! shown as it is.

use std::fmt;

use serde::{Deserialize, Serialize};
use url::Url;

/// An `XErr` number, as Xbox answers it.
///
/// ```
/// use spartan_auth::xerr::XErr;
///
/// let child = XErr(2_148_916_238);
/// println!("{} {}", child.what(), child.todo());
/// assert_eq!(child.to_string(), "2148916238 (0x8015DC0E)");
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct XErr(pub u32);

/// What is known of one code.
struct Known {
    what: &'static str,
    todo: &'static str,
    link: Option<&'static str>,
}

impl XErr {
    /// Whether an outage is behind it, which passes.
    #[must_use]
    pub const fn passes(self) -> bool {
        matches!(self.0, 2_148_916_250 | 2_148_916_273 | 2_148_916_274)
    }

    /// Whether the token inside the request was refused, not the account: a new one helps.
    #[must_use]
    pub const fn is_about_inner_token(self) -> bool {
        matches!(self.0, 2_148_916_255..=2_148_916_263)
    }

    /// What happened, in a sentence.
    #[must_use]
    pub fn what(self) -> String {
        self.known().map_or_else(
            || format!("Xbox refused this account with a code that is not known here: {self}."),
            |known| known.what.to_owned(),
        )
    }

    /// What to do, in a sentence.
    #[must_use]
    pub fn todo(self) -> &'static str {
        self.known().map_or("Sign in at xbox.com with this account and see what it asks for.", |known| known.todo)
    }

    /// The page that helps, where Xbox does not name one itself.
    #[must_use]
    pub fn link(self) -> Option<Url> {
        let link = self.known().map_or(Some("https://www.xbox.com/"), |known| known.link);
        link.and_then(|link| Url::parse(link).ok())
    }

    fn known(self) -> Option<Known> {
        let known = |what, todo, link| Some(Known { what, todo, link });
        match self.0 {
            2_148_916_222 => known(
                "Xbox asks for this account's age (United Kingdom).",
                "Verify your age for Xbox, then sign in again.",
                Some("https://www.xbox.com/age-verification"),
            ),
            2_148_916_227 => known(
                "Xbox has suspended this account.",
                "See why, and for how long, at enforcement.xbox.com.",
                Some("https://enforcement.xbox.com/"),
            ),
            2_148_916_229 => known(
                "This account's parental settings do not allow this.",
                "A guardian can allow it at account.microsoft.com/family.",
                Some("https://account.microsoft.com/family"),
            ),
            2_148_916_233 => known(
                "This Microsoft account has no Xbox profile yet.",
                "Create one, then sign in again.",
                Some("https://www.xbox.com/live"),
            ),
            2_148_916_234 => known(
                "This account has not accepted Xbox's terms.",
                "Sign in at xbox.com, accept the terms, then sign in again here.",
                Some("https://www.xbox.com/"),
            ),
            2_148_916_235 => known(
                "Xbox Live is not available in this account's country.",
                "The country is set at account.microsoft.com.",
                Some("https://account.microsoft.com/profile"),
            ),
            2_148_916_236 | 2_148_916_237 => known(
                "Xbox asks for proof of age, or it is outside of this account's allowed hours.",
                "Prove the age at account.microsoft.com, or wait for the allowed hours.",
                Some("https://account.microsoft.com/family"),
            ),
            2_148_916_238 => known(
                "This account belongs to a child and is not in a Microsoft family.",
                "An adult has to add it to a Microsoft family, then sign in again.",
                Some("https://account.microsoft.com/family"),
            ),
            2_148_916_239 | 2_148_916_240 => known(
                "Microsoft is changing something about this account.",
                "See what it asks for at account.microsoft.com, then sign in again.",
                Some("https://account.microsoft.com/"),
            ),
            2_148_916_242 | 2_148_916_249 => known(
                "This account is set to an Xbox sandbox for developers.",
                "Set it back to RETAIL, then sign in again.",
                None,
            ),
            2_148_916_243 => known(
                "Xbox asks for a new gamertag.",
                "Choose one at xbox.com, then sign in again.",
                Some("https://social.xbox.com/changegamertag"),
            ),
            2_148_916_250 | 2_148_916_273 | 2_148_916_274 => {
                known("Xbox Live has a problem at the moment.", "This is tried again by itself.", None)
            }
            _ => None,
        }
    }
}

impl fmt::Display for XErr {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} (0x{:08X})", self.0, self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_unknown_code_is_shown_as_its_number_decimal_and_hex() {
        assert!(XErr(2_148_916_224).what().contains("2148916224 (0x8015DC00)"));
    }

    #[test]
    fn each_known_link_is_https_of_microsoft_or_xbox() {
        for code in 2_148_916_222..=2_148_916_274 {
            let Some(link) = XErr(code).link() else { continue };
            assert!(crate::trouble::may_open(&link), "{code}: {link}");
        }
    }

    #[test]
    fn outages_pass_and_inner_tokens_are_nobodys_business() {
        assert!(XErr(2_148_916_273).passes());
        assert!(!XErr(2_148_916_238).passes());
        assert!(XErr(2_148_916_257).is_about_inner_token());
        assert!(!XErr(2_148_916_233).is_about_inner_token());
    }
}
