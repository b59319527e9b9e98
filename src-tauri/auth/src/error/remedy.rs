//! The remedy for an error.

use std::time::Duration;

use url::Url;

use super::{Cause, XErr};

/// The remedy for an error.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Remedy {
    /// Try again later, but not before `after` if the service asked for a wait. Every token stays valid.
    Retry {
        /// The wait that the service asked for.
        after: Option<Duration>,
    },
    /// The user must sign in again.
    SignIn,
    /// A setting of the Azure app must change.
    FixApp,
    /// The user must visit a page of Microsoft's or Xbox's first.
    Visit {
        /// The page.
        page: Url,
    },
    /// The program can't help; tell the user what happened.
    Tell,
}

impl Cause {
    /// Returns the remedy.
    #[must_use]
    pub fn remedy(&self) -> Remedy {
        match self {
            Cause::Unreachable { .. } | Cause::InnerToken | Cause::Refused { .. } | Cause::Unreadable(_) => {
                Remedy::Retry { after: None }
            }
            Cause::Passing { retry_after, .. } => Remedy::Retry { after: *retry_after },
            Cause::SignInExpired { .. } | Cause::NoRefreshToken => Remedy::SignIn,
            Cause::ForeignState | Cause::Cancelled | Cause::CodeExpired => Remedy::SignIn,
            Cause::PageRefused { error } => of_page(error),
            Cause::Setup { .. } | Cause::NotAGuid | Cause::RedirectNotAllowed => Remedy::FixApp,
            Cause::NothingFound | Cause::NoClientId | Cause::LedAway { .. } => Remedy::FixApp,
            Cause::Account { xerr, link } => match (xerr.remedy(), link) {
                (Remedy::Retry { after }, _) => Remedy::Retry { after },
                // The service knows best where the user has to go.
                (_, Some(page)) => Remedy::Visit { page: page.clone() },
                (remedy, None) => remedy,
            },
            Cause::Pasted(_) => Remedy::Tell,
        }
    }
}

/// Errors of the sign-in page (RFC 6749, section 4.1.2.1, and `OpenID` Connect); any other concerns the app.
fn of_page(error: &str) -> Remedy {
    match error {
        "server_error" | "temporarily_unavailable" | "interaction_required" | "login_required" | "consent_required" => {
            Remedy::SignIn
        }
        _ => Remedy::FixApp,
    }
}

impl XErr {
    /// Whether the error resolves on its own.
    #[must_use]
    pub fn passes(self) -> bool {
        matches!(self.remedy(), Remedy::Retry { .. })
    }

    /// Returns the remedy for a response in which Xbox doesn't link to a page.
    ///
    /// The numbers are from `errors_legacy.h` in microsoft/xbox-live-api and from recorded responses.
    #[must_use]
    pub fn remedy(self) -> Remedy {
        let page = match self.0 {
            2_148_916_237 | 2_148_916_250 | 2_148_916_255..=2_148_916_263 | 2_148_916_273 | 2_148_916_274 => {
                return Remedy::Retry { after: None };
            }
            2_148_916_228 => return Remedy::Tell,
            _ if self.is_about_sandbox() => return Remedy::Tell,
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::services::link;

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
