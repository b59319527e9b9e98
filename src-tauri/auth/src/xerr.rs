//! Why Xbox refuses an account: an `XErr` and what the catalogue says of it; one that it does not know is shown as it is.

use std::fmt;

use serde::{Deserialize, Serialize};
use url::Url;

use crate::catalogue::{self, Entry, Help};

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

impl XErr {
    /// Whether it passes by itself.
    #[must_use]
    pub fn passes(self) -> bool {
        self.entry().passes()
    }

    /// Whether the token inside the request was refused, not the account: a new one helps.
    #[must_use]
    pub const fn is_about_inner_token(self) -> bool {
        matches!(self.0, 2_148_916_255..=2_148_916_263)
    }

    /// What happened, in a sentence.
    #[must_use]
    pub fn what(self) -> String {
        self.entry().what.replace("{xerr}", &self.to_string())
    }

    /// What to do, in a sentence.
    #[must_use]
    pub fn todo(self) -> &'static str {
        self.entry().todo
    }

    /// The page that helps, where Xbox does not name one itself.
    #[must_use]
    pub fn link(self) -> Option<Url> {
        let Help::Visit(page) = self.entry().help else { return None };
        Url::parse(page).ok()
    }

    fn entry(self) -> Entry {
        catalogue::find(&format!("xbox.{}", self.0))
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

    /// Numbers between the known ones that nobody has named.
    const NAMELESS: [u32; 15] = [223, 231, 245, 253, 254, 264, 265, 266, 267, 268, 269, 270, 271, 272, 275];

    #[test]
    fn every_code_that_microsoft_names_has_words_of_its_own() {
        for code in 222..=275 {
            let xerr = XErr(2_148_916_000 + code);
            let is_known = catalogue::known(&format!("xbox.{}", xerr.0)).is_some();
            assert_eq!(is_known, !NAMELESS.contains(&code), "{xerr}");
        }
    }

    #[test]
    fn an_unknown_code_is_shown_as_its_number_decimal_and_hex() {
        assert!(XErr(2_148_916_223).what().contains("2148916223 (0x8015DBFF)"));
        assert!(XErr(1).what().contains("1 (0x00000001)"));
        assert_eq!(XErr(1).link().unwrap().as_str(), "https://www.xbox.com/");
    }

    #[test]
    fn outages_pass_and_inner_tokens_are_nobodys_business() {
        assert!(XErr(2_148_916_273).passes());
        assert!(!XErr(2_148_916_238).passes());
        assert!(XErr(2_148_916_257).is_about_inner_token());
        assert!(!XErr(2_148_916_233).is_about_inner_token());
    }
}
