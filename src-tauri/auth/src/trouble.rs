//! An error as a person meets it: words, a button and details.

use std::time::Duration;

use jiff::SignedDuration;
use serde::{Deserialize, Serialize};
use url::Url;

use crate::{
    catalogue::{self, Entry},
    error::{Cause, Error, Remedy, SettingsCause},
    words::{entry, fill, todo, what},
};

/// An error as a person meets it: words, at most one button, and details to copy that hold no token.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
#[error("{what} {todo}")]
pub struct Trouble {
    /// Area and code: the key of the catalogue's entry that it is told with; empty where it is none of the catalogue's.
    #[serde(default)]
    pub key: String,
    /// What happened.
    pub what: String,
    /// What to do.
    pub todo: String,
    /// What can be done at once.
    pub button: Option<Button>,
    /// For a support thread: step, status, codes, correlation ids.
    pub details: String,
}

/// A button beside a trouble.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Button {
    /// What it does.
    pub act: Act,
    /// What it says.
    pub label: String,
    /// The page that it opens, where it opens one.
    pub link: Option<Url>,
}

/// What a button does.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Act {
    /// Opens Microsoft's page again.
    SignIn,
    /// Renews now.
    Renew,
    /// Opens the vault again.
    Retry,
    /// Asks the keyring to unlock.
    Unlock,
    /// Puts the vault aside and begins a new one.
    StartAfresh,
    /// Shows the Azure app's settings.
    ChangeApp,
    /// Opens a page in the browser.
    OpenLink,
    /// Keeps the account that came in the place of the one that was to sign in again.
    AddOther,
    /// Shows the other ways to sign in.
    OtherWay,
}

impl From<&Error> for Trouble {
    fn from(error: &Error) -> Trouble {
        Trouble {
            key: entry(error).key.to_owned(),
            what: what(error),
            todo: todo(error),
            button: button(error),
            details: details(error),
        }
    }
}

impl Trouble {
    /// What an entry says, for whoever has no error of this crate to tell of; names in braces stay empty.
    #[must_use]
    pub fn of(entry: &Entry, details: &str) -> Trouble {
        let words = |sentence| fill(sentence, |_| None);
        let details = format!("Spartan Tray {}\nabout: {}\n{details}", env!("CARGO_PKG_VERSION"), entry.key);
        Trouble {
            key: entry.key.to_owned(),
            what: words(entry.what),
            todo: words(entry.todo),
            button: button_for(entry.help.remedy()),
            details,
        }
    }

    /// What to say of a clock that is ahead by `error`; nothing up to two minutes.
    #[must_use]
    pub fn of_clock(error: SignedDuration) -> Option<Trouble> {
        let minutes = (error.abs() > SignedDuration::from_mins(2)).then(|| error.abs().as_mins().to_string())?;
        let entry = catalogue::find("clock.off");
        let what = fill(entry.what, |_| Some(minutes.clone()));
        Some(Trouble { what, ..Trouble::of(&entry, &format!("ahead by: {} s", error.as_secs())) })
    }

    /// Returns the same trouble with the wait that a service asked for: until then, nothing that a person does helps.
    #[must_use]
    pub fn until(self, left: Duration) -> Trouble {
        let minutes = left.as_secs().div_ceil(60);
        let left =
            if minutes > 1 { format!("{minutes} minutes") } else { format!("{} seconds", left.as_secs().max(1)) };
        let entry = catalogue::find("http.wait");
        Trouble { todo: fill(entry.todo, |_| Some(left.clone())), button: None, ..self }
    }

    /// Whether it is no trouble at all: the person cancelled what was asked for.
    #[must_use]
    pub fn is_cancel(&self) -> bool {
        self.key == "page.cancelled"
    }

    /// Whether only unlocking the keyring helps.
    #[must_use]
    pub fn asks_to_unlock(&self) -> bool {
        self.button.as_ref().is_some_and(|button| button.act == Act::Unlock)
    }

    /// Whether only signing in again helps.
    #[must_use]
    pub fn asks_to_sign_in(&self) -> bool {
        self.button.as_ref().is_some_and(|button| button.act == Act::SignIn)
    }
}

/// Whether a link that came from a service may be opened: https, and Microsoft's or Xbox's own.
#[must_use]
pub fn may_open(link: &Url) -> bool {
    const OURS: [&str; 4] = ["xbox.com", "xboxlive.com", "live.com", "microsoft.com"];
    let Some(host) = link.host_str() else { return false };
    let known = OURS.iter().any(|ours| host.strip_suffix(ours).is_some_and(|sub| sub.is_empty() || sub.ends_with('.')));
    link.scheme() == "https" && known && link.username().is_empty() && link.port().is_none()
}

fn button(error: &Error) -> Option<Button> {
    let mut button = button_for(error.remedy())?;
    if let Cause::OtherAccount { came, .. } = &error.cause {
        button.label = format!("Add {came}");
    }
    Some(button)
}

fn button_for(remedy: Remedy) -> Option<Button> {
    let button = |act, label: &str, link| Some(Button { act, label: label.into(), link });
    match remedy {
        Remedy::Retry { .. } => button(Act::Renew, "Try now", None),
        Remedy::SignIn => button(Act::SignIn, "Sign in again", None),
        Remedy::ChangeApp => button(Act::ChangeApp, "Change the app", None),
        Remedy::Visit(link) => button(Act::OpenLink, "Open the page", Some(link)),
        Remedy::AddOther => button(Act::AddOther, "Add this account", None),
        Remedy::OtherWay => button(Act::OtherWay, "Another way", None),
        Remedy::Unlock => button(Act::Unlock, "Unlock", None),
        Remedy::TryAgain => button(Act::Retry, "Try again", None),
        Remedy::StartAfresh => button(Act::StartAfresh, "Start afresh", None),
        Remedy::Tell => None,
    }
}

fn details(error: &Error) -> String {
    let mut lines = vec![format!("Spartan Tray {}", env!("CARGO_PKG_VERSION")), format!("step: {}", error.step)];
    lines.push(match &error.cause {
        Cause::Account { xerr, .. } => format!("XErr: {xerr}"),
        Cause::SignInExpired { error } | Cause::Setup { error, mistake: None } | Cause::PageRefused { error } => {
            format!("error: {error}")
        }
        Cause::Setup { error, mistake: Some(mistake) } => format!("error: {error}\nmistake: {mistake:?}"),
        Cause::Settings(SettingsCause::NotUnderstood { why, .. }) => format!("cause: {why}"),
        Cause::Settings(SettingsCause::Io { kind }) => format!("cause: {kind}"),
        // A path may name the person.
        cause @ (Cause::KeyFile { .. } | Cause::OtherOwner { .. } | Cause::Kept(_) | Cause::Settings(_)) => {
            format!("cause: {}", catalogue::key(cause))
        }
        // Gamertags are the person's own business.
        Cause::OtherAccount { .. } => "cause: another account".into(),
        _ => format!("cause: {}", what(error)),
    });
    if let Some(trail) = &error.trail {
        lines.extend(trail.status.map(|status| format!("status: {status}")));
        lines.extend(trail.ids.iter().map(|(name, value)| format!("{name}: {value}")));
    }
    lines.join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        error::{Step, Trail},
        leg::Leg,
        xerr::XErr,
    };

    #[test]
    fn only_https_pages_of_microsoft_and_xbox_may_be_opened() {
        let good = ["https://xbox.com/", "https://start.ui.xboxlive.com/CreateAccount", "https://account.live.com/x"];
        for good in good {
            assert!(may_open(&Url::parse(good).unwrap()), "{good}");
        }
        let bad = [
            "http://xbox.com/",
            "https://evilxbox.com/",
            "https://xbox.com.evil.example/",
            "https://xbox.com@evil.example/",
            "https://u@xbox.com/",
            "https://xbox.com:8443/",
            "file:///etc/passwd",
            "javascript:alert(1)",
        ];
        for bad in bad {
            assert!(!may_open(&Url::parse(bad).unwrap()), "{bad}");
        }
    }

    #[test]
    fn details_name_step_code_and_correlation_ids() {
        let error = Error {
            step: Step::Leg(Leg::XstsXbox),
            cause: Cause::Account { xerr: XErr(2_148_916_238), link: None },
            trail: Some(Box::new(Trail { status: Some(401), ids: vec![("MS-CV", "abc.0".into())] })),
        };
        let details = Trouble::from(&error).details;
        for part in ["step: XSTS Xbox Live", "XErr: 2148916238 (0x8015DC0E)", "status: 401", "MS-CV: abc.0"] {
            assert!(details.contains(part), "{details}");
        }
    }

    #[test]
    fn somebody_else_may_be_added_by_name_and_the_details_do_not_tell_who() {
        let cause = Cause::OtherAccount { expected: "Anna".into(), came: "Bert".into() };
        let trouble = Trouble::from(&Error::new(Step::Leg(Leg::XstsXbox), cause));
        let button = trouble.button.unwrap();
        assert_eq!((button.act, button.label.as_str()), (Act::AddOther, "Add Bert"));
        assert!(!trouble.details.contains("Anna") && !trouble.details.contains("Bert"), "{}", trouble.details);
    }

    #[test]
    fn a_clock_is_told_from_two_minutes_on_in_either_direction() {
        for seconds in [0, 119, 120, -120] {
            assert_eq!(Trouble::of_clock(SignedDuration::from_secs(seconds)), None, "{seconds}");
        }
        for seconds in [420, -420] {
            let trouble = Trouble::of_clock(SignedDuration::from_secs(seconds)).unwrap();
            assert_eq!(trouble.what, "This computer's clock is 7 minutes off.");
            assert!(trouble.button.is_none());
        }
    }
}
