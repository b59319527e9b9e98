//! The lines of the menu, and what a click on them does.

use spartan_session::format::Format;
use spartan_vault::account::AccountId;
use uuid::Uuid;

/// A line of the menu.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Entry {
    /// Words that do nothing.
    Words(String),
    Separator,
    /// A line that can be clicked.
    Act(Act),
    /// A line that can't be clicked now.
    Idle(Act),
    /// A line with a tick that is on or off.
    Tick(Act, bool),
    /// A submenu with every format.
    CopyAs(Vec<FormatLine>),
    /// A submenu with every account.
    Accounts(Vec<Account>),
}

/// A line of the formats' menu.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum FormatLine {
    /// The heading of the formats below it.
    Words(String),
    Separator,
    /// A click copies in this format.
    Format(Format),
    /// A format that can't be copied now, or not for this account.
    Idle(Format),
}

/// An account of the menu; a click shows it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Account {
    pub(crate) id: AccountId,
    pub(crate) words: String,
    pub(crate) is_shown: bool,
}

/// What a click in the menu does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Act {
    CopySpartanToken,
    RenewNow,
    Unlock,
    Open,
    SignIn,
    Cancel,
    SignOut,
    StartAtLogin,
    Quit,
}

/// A click in the menu.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Click {
    Act(Act),
    CopyAs(Format),
    Account(AccountId),
}

/// The prefix of a format's name in the ID of its line.
const COPY_AS: &str = "copy as ";

impl Act {
    /// Every action, in any order.
    const ALL: [Act; 9] = [
        Act::CopySpartanToken,
        Act::RenewNow,
        Act::Unlock,
        Act::Open,
        Act::SignIn,
        Act::Cancel,
        Act::SignOut,
        Act::StartAtLogin,
        Act::Quit,
    ];

    /// Returns its name, which tests and people's habits rely on.
    pub(crate) const fn name(self) -> &'static str {
        match self {
            Act::CopySpartanToken => "Copy Spartan token",
            Act::RenewNow => "Renew now",
            Act::Unlock => "Unlock",
            Act::Open => "Open",
            Act::SignIn => "Sign in…",
            Act::Cancel => "Cancel",
            Act::SignOut => "Sign out",
            Act::StartAtLogin => "Start at login",
            Act::Quit => "Quit",
        }
    }
}

impl Click {
    /// Returns the click on the line with this ID.
    pub(crate) fn of(id: &str) -> Option<Click> {
        let account = Uuid::try_parse(id).map(|id| Click::Account(AccountId(id))).ok();
        let format = || id.strip_prefix(COPY_AS).and_then(|name| name.parse().ok()).map(Click::CopyAs);
        account.or_else(format).or_else(|| Act::ALL.into_iter().find(|act| act.name() == id).map(Click::Act))
    }

    /// Returns the ID of the line.
    pub(crate) fn id(self) -> String {
        match self {
            Click::Act(act) => act.name().into(),
            Click::CopyAs(format) => format!("{COPY_AS}{format}"),
            Click::Account(id) => id.0.to_string(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_click_is_known_by_the_line_that_was_clicked() {
        let account = Click::Account(AccountId(Uuid::nil()));
        let formats = Format::ALL.map(Click::CopyAs);
        for click in Act::ALL.map(Click::Act).into_iter().chain(formats).chain([account]) {
            assert_eq!(Click::of(&click.id()), Some(click));
        }
        assert_eq!(Click::of("Signed out"), None);
    }
}
