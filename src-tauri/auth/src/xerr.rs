//! Why Xbox refuses an account: an `XErr`, and what helps.

use std::fmt;

use serde::{Deserialize, Serialize};
use url::Url;

use crate::error::Remedy;

/// An `XErr` number, as Xbox answers it.
///
/// ```
/// use spartan_auth::xerr::XErr;
///
/// let child = XErr(2_148_916_238);
/// println!("{child}: {:?}", child.remedy());
/// assert_eq!(child.to_string(), "2148916238 (0x8015DC0E)");
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct XErr(pub u32);

impl XErr {
    /// Whether it passes by itself.
    #[must_use]
    pub fn passes(self) -> bool {
        matches!(self.remedy(), Remedy::Retry { .. })
    }

    /// Whether the token inside the request was refused, not the account: a new one helps.
    #[must_use]
    pub const fn is_about_inner_token(self) -> bool {
        matches!(self.0, 2_148_916_255..=2_148_916_263)
    }

    /// Returns what helps, unless Xbox itself names a page.
    ///
    /// The numbers come from `errors_legacy.h` of microsoft/xbox-live-api and from recorded refusals.
    #[must_use]
    pub fn remedy(self) -> Remedy {
        let page = match self.0 {
            2_148_916_237 | 2_148_916_250 | 2_148_916_255..=2_148_916_263 | 2_148_916_273 | 2_148_916_274 => {
                return Remedy::Retry { after: None };
            }
            2_148_916_242 | 2_148_916_248 | 2_148_916_249 => return Remedy::TryAgain,
            2_148_916_228 => return Remedy::Tell,
            2_148_916_222 => "https://www.xbox.com/age-verification",
            2_148_916_227 => "https://enforcement.xbox.com/",
            2_148_916_229 | 2_148_916_238 => "https://account.microsoft.com/family",
            2_148_916_230 | 2_148_916_232 | 2_148_916_236 | 2_148_916_239..=2_148_916_241 | 2_148_916_246 => {
                "https://account.microsoft.com/"
            }
            2_148_916_233 => "https://www.xbox.com/live",
            2_148_916_235 => "https://account.microsoft.com/profile",
            2_148_916_243 => "https://social.xbox.com/changegamertag",
            _ => "https://www.xbox.com/",
        };
        Url::parse(page).map_or(Remedy::Tell, |page| Remedy::Visit { page })
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
    use crate::link;

    #[test]
    fn an_unknown_code_is_shown_as_its_number_decimal_and_hex_and_leads_to_xbox() {
        assert_eq!(XErr(2_148_916_223).to_string(), "2148916223 (0x8015DBFF)");
        assert_eq!(XErr(1).to_string(), "1 (0x00000001)");
        assert!(matches!(XErr(1).remedy(), Remedy::Visit { page } if page.as_str() == "https://www.xbox.com/"));
    }

    #[test]
    fn every_page_may_be_opened() {
        for code in (2_148_916_222..=2_148_916_275).map(XErr) {
            if let Remedy::Visit { page } = code.remedy() {
                assert!(link::may_open(&page), "{code}: {page}");
            }
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
