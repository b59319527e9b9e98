//! The remedy for an error.

use std::time::Duration;

use serde::Serialize;
use url::Url;

use super::{AppMisconfiguration, Cause, KeyCause, KeyFileCause, SettingsCause, VaultCause, XErr};

/// The remedy for an error.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Remedy {
    /// Wait: the operation is retried automatically, but not before `after` if the service asked for a wait.
    Retry {
        /// The wait that the service asked for.
        #[serde(skip)]
        after: Option<Duration>,
    },
    /// The user must sign in again.
    SignIn,
    /// A setting of the Azure app must change.
    ChangeApp,
    /// Use another sign-in method.
    OtherWay,
    /// Keep the account that signed in instead of the expected one.
    AddOther,
    /// The user must visit a page of Microsoft's or Xbox's first.
    Visit {
        /// The page.
        page: Url,
    },
    /// The keyring must be unlocked.
    Unlock,
    /// Try again after changing something on this computer.
    TryAgain,
    /// Create a new vault beside the old one, which no key opens.
    StartAfresh,
    /// Nothing in this program; the message says what to do.
    Tell,
}

impl Cause {
    pub(super) fn remedy(&self) -> Remedy {
        match self {
            Cause::Unreachable { .. } | Cause::InnerToken | Cause::Refused { .. } | Cause::Unreadable(_) => {
                Remedy::Retry { after: None }
            }
            Cause::Passing { retry_after, .. } => Remedy::Retry { after: *retry_after },
            Cause::Unnamed | Cause::NoClearance => Remedy::Retry { after: None },
            Cause::SignInExpired { .. } | Cause::NotAccepted | Cause::NoRefreshToken => Remedy::SignIn,
            Cause::NotSignedIn => Remedy::SignIn,
            Cause::ForeignState | Cause::Cancelled | Cause::CodeExpired => Remedy::SignIn,
            Cause::PageRefused { error } => of_page(error),
            Cause::Setup { mistake: Some(AppMisconfiguration::PublicFlowsOff), .. } => Remedy::OtherWay,
            Cause::Setup { .. } | Cause::NotAGuid | Cause::RedirectNotAllowed => Remedy::ChangeApp,
            Cause::NothingFound | Cause::NoClientId | Cause::NoApp | Cause::LedAway { .. } => Remedy::ChangeApp,
            Cause::PageNotLoaded | Cause::PageSilent | Cause::NoPort { .. } | Cause::NotThisWay => Remedy::OtherWay,
            Cause::Account { xerr, link } => match (xerr.remedy(), link) {
                (Remedy::Retry { after }, _) => Remedy::Retry { after },
                // The service knows best where the user has to go.
                (_, Some(page)) => Remedy::Visit { page: page.clone() },
                (remedy, None) => remedy,
            },
            Cause::OtherAccount { .. } => Remedy::AddOther,
            Cause::Key(cause) => of_key(*cause),
            Cause::KeyFile { why, .. } => of_key_file(why),
            Cause::Vault(cause) => of_vault(cause),
            Cause::Settings(SettingsCause::Unnameable | SettingsCause::Io { .. }) => Remedy::TryAgain,
            Cause::Settings(SettingsCause::NotUnderstood { .. }) | Cause::OtherOwner { .. } => Remedy::Tell,
            Cause::Busy | Cause::SessionOnly | Cause::NotThePage | Cause::Pasted(_) | Cause::TokenFile(_) => {
                Remedy::Tell
            }
            Cause::ClockOff { .. } | Cause::ClockUnconfirmed | Cause::AskedToWait { .. } => Remedy::Tell,
        }
    }
}

/// Errors of the sign-in page (RFC 6749, section 4.1.2.1, and `OpenID` Connect); any other concerns the app.
fn of_page(error: &str) -> Remedy {
    match error {
        "server_error" | "temporarily_unavailable" | "interaction_required" | "login_required" | "consent_required" => {
            Remedy::SignIn
        }
        _ => Remedy::ChangeApp,
    }
}

const fn of_key(cause: KeyCause) -> Remedy {
    match cause {
        KeyCause::Locked | KeyCause::Dismissed => Remedy::Unlock,
        KeyCause::NoKeyring | KeyCause::Silent | KeyCause::Failed => Remedy::TryAgain,
        KeyCause::Missing | KeyCause::Garbled => Remedy::StartAfresh,
    }
}

const fn of_key_file(cause: &KeyFileCause) -> Remedy {
    match cause {
        KeyFileCause::Missing | KeyFileCause::Garbled | KeyFileCause::OtherKey => Remedy::StartAfresh,
        KeyFileCause::Relative
        | KeyFileCause::NotMade
        | KeyFileCause::OtherOwner
        | KeyFileCause::OthersCanRead { .. }
        | KeyFileCause::FolderOpen { .. }
        | KeyFileCause::FolderShared { .. }
        | KeyFileCause::Io { .. } => Remedy::TryAgain,
    }
}

const fn of_vault(cause: &VaultCause) -> Remedy {
    match cause {
        VaultCause::Truncated | VaultCause::Foreign | VaultCause::OtherKey | VaultCause::Unreadable => {
            Remedy::StartAfresh
        }
        VaultCause::LaterVersion { .. } => Remedy::Tell,
        VaultCause::Busy | VaultCause::Io { .. } => Remedy::TryAgain,
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
