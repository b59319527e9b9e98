//! The contents of the tray as plain data: a function of the status, the settings and the time.

#[cfg(test)]
mod tests;

use std::time::Duration;

use jiff::Timestamp;
use spartan_session::{
    error::Error,
    format::{Format, Group},
    settings::Choices,
    status::{AccountLine, Renewal, SignedIn, SignedOut, Status, Storage},
};

use super::{
    entry::{Account, Act, Entry, FormatLine},
    words::{self, Left},
};
use crate::streaming::Streaming;

/// The input of the tray.
#[derive(Clone, Copy, Debug)]
pub(crate) struct View<'a> {
    pub(crate) status: &'a Status,
    /// In the person's order.
    pub(crate) accounts: &'a [AccountLine],
    pub(crate) choices: &'a Choices,
    /// What was just done, shown instead of the headline.
    pub(crate) said: Option<&'a str>,
    /// By this computer's clock.
    pub(crate) now: Timestamp,
}

/// Icon, tooltip and menu.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Shown {
    pub(crate) icon: Icon,
    /// The tooltip, and the menu's first line.
    pub(crate) headline: String,
    pub(crate) menu: Vec<Entry>,
}

/// Icons that differ in shape, not only in colour.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Icon {
    SignedOut,
    Fresh,
    Renewing,
    Attention,
}

impl Shown {
    /// Returns what to show.
    pub(crate) fn of(view: View<'_>) -> Shown {
        let View { status, accounts, choices, said, now } = view;
        let streaming = Streaming::new(choices.streaming, status, accounts);
        let (icon, headline) = match status {
            Status::Opening | Status::Unlocking => (Icon::Renewing, "Opening your sign-in".into()),
            Status::Shut { problem } if problem.asks_to_unlock() => (Icon::Attention, "Locked".into()),
            Status::Shut { .. } => (Icon::Attention, "Your sign-in cannot be opened".into()),
            Status::SignedOut { why } => (icon_of(why), "Signed out".into()),
            Status::SigningIn { .. } => (Icon::Renewing, words::signing_in(accounts, now, &streaming)),
            Status::SignedIn(shown) => {
                let left = Left::of_shown(shown, now);
                let place = accounts.iter().position(|account| account.id == shown.account);
                let icon =
                    if others_in_need(accounts).next().is_some() { Icon::Attention } else { left.icon(&shown.renewal) };
                (icon, words::headline(shown, left, place, &streaming))
            }
        };
        let headline = said.map_or(headline, String::from);
        let mut menu = vec![Entry::Words(headline.clone())];
        let problems = status.problem().into_iter().chain(view.clock_problem());
        menu.extend(problems.map(|error| Entry::Words(streaming.problem(error).message)));
        menu.extend(
            others_in_need(accounts).map(|(place, account)| Entry::Words(words::need(account, place, &streaming))),
        );
        menu.push(Entry::Separator);
        menu.extend(view.at_hand().map(AtHand::entries).into_iter().flatten());
        menu.push(Entry::Act(Act::Open));
        menu.extend(others(view, &streaming));
        menu.extend(account(status).iter().copied().map(Entry::Act));
        let starts_at_login = Entry::Tick(Act::StartAtLogin, choices.start_at_login);
        menu.extend([Entry::Separator, starts_at_login, Entry::Act(Act::Quit)]);
        Shown { icon, headline, menu }
    }
}

impl<'a> View<'a> {
    /// Returns how long the contents stay right by themselves.
    pub(super) fn lasts(self) -> Option<Duration> {
        let shown = self.status.signed_in().map(|shown| Left::of_shown(shown, self.now));
        let listed = self.accounts.iter().map(|account| Left::of_line(account, self.now));
        shown.into_iter().chain(listed).filter_map(Left::lasts).min()
    }

    fn at_hand(self) -> Option<AtHand<'a>> {
        match self.status {
            Status::SignedIn(shown) => {
                let left = Left::of_shown(shown, self.now);
                Some(AtHand { renewal: &shown.renewal, left, storage: shown.storage, renews: true })
            }
            Status::SigningIn { .. } => self.accounts.iter().find(|account| account.is_shown).map(|account| {
                let left = Left::of_line(account, self.now);
                AtHand { renewal: &account.renewal, left, storage: account.storage, renews: false }
            }),
            Status::Opening | Status::Unlocking | Status::Shut { .. } | Status::SignedOut { .. } => None,
        }
    }

    /// Returns the problem with this computer's clock, also while somebody signs in.
    fn clock_problem(self) -> Option<&'a Error> {
        match self.status {
            Status::SignedIn(shown) => shown.clock_problem.as_deref(),
            Status::SigningIn { .. } => self.accounts.iter().find(|account| account.is_shown)?.clock_problem.as_deref(),
            Status::Opening | Status::Unlocking | Status::Shut { .. } | Status::SignedOut { .. } => None,
        }
    }
}

impl Left {
    /// Returns the icon. A temporary problem needs no attention while the token is valid.
    const fn icon(self, renewal: &Renewal) -> Icon {
        match (renewal, self) {
            (Renewal::NeedsAction { .. }, _) | (Renewal::Stale { .. }, Left::Expired | Left::NotHereYet) => {
                Icon::Attention
            }
            (Renewal::Renewing, _) => Icon::Renewing,
            (Renewal::Fresh { .. } | Renewal::Stale { .. }, Left::Unknown) => Icon::Attention,
            (Renewal::Fresh { .. } | Renewal::Stale { .. }, _) => Icon::Fresh,
        }
    }
}

const fn icon_of(why: &SignedOut) -> Icon {
    match why {
        SignedOut::Never | SignedOut::Cancelled | SignedOut::ByPerson { .. } => Icon::SignedOut,
        SignedOut::Failed { .. } => Icon::Attention,
    }
}

/// The tokens that can be copied: those of the shown account, even while another one signs in.
struct AtHand<'a> {
    renewal: &'a Renewal,
    left: Left,
    storage: Storage,
    /// Whether they can be renewed, which isn't possible during a sign-in.
    renews: bool,
}

impl AtHand<'_> {
    /// Returns what can be done with the tokens.
    fn entries(self) -> [Entry; 3] {
        let AtHand { renewal, left, storage, renews } = self;
        // A token that is about to expire is renewed first, so it can be copied unless only a person can go on.
        let is_gone = matches!((renewal, left), (Renewal::NeedsAction { .. }, Left::Expired | Left::NotHereYet));
        let copy = if is_gone { Entry::Idle(Act::CopySpartanToken) } else { Entry::Act(Act::CopySpartanToken) };
        let renew = match renewal {
            Renewal::Renewing => Entry::Idle(Act::RenewNow),
            Renewal::Fresh { .. } | Renewal::Stale { .. } | Renewal::NeedsAction { .. } if !renews => {
                Entry::Idle(Act::RenewNow)
            }
            Renewal::Fresh { .. } | Renewal::Stale { .. } | Renewal::NeedsAction { .. } => Entry::Act(Act::RenewNow),
        };
        [copy, Entry::CopyAs(formats(is_gone, left, storage)), renew]
    }
}

/// Returns every format, in groups.
fn formats(is_gone: bool, left: Left, storage: Storage) -> Vec<FormatLine> {
    let is_idle = |format: Format| match format.group() {
        // Another program can't use an account that's in no vault.
        Group::Asking => storage == Storage::Memory,
        Group::Values | Group::Settings | Group::Holding => is_gone && format.holds_secret(),
    };
    let line = |format| if is_idle(format) { FormatLine::Idle(format) } else { FormatLine::Format(format) };
    let group = |group| {
        let formats = Format::ALL.into_iter().filter(move |format| format.group() == group);
        [FormatLine::Separator, FormatLine::Words(words::group(group, left))].into_iter().chain(formats.map(line))
    };
    Group::ALL.into_iter().flat_map(group).skip(1).collect()
}

/// Returns the accounts that need the person and aren't shown, with their places. Nothing else in the tray shows them
/// directly.
fn others_in_need(accounts: &[AccountLine]) -> impl Iterator<Item = (usize, &AccountLine)> {
    let waits = |account: &AccountLine| !account.is_shown && matches!(account.renewal, Renewal::NeedsAction { .. });
    accounts.iter().enumerate().filter(move |(_, account)| waits(account))
}

/// Returns the accounts to choose from. A single account is in the headline already.
fn others(view: View<'_>, streaming: &Streaming) -> Option<Entry> {
    let View { accounts, now, .. } = view;
    let account = |(place, account): (usize, &AccountLine)| Account {
        id: account.id,
        words: words::line(account, place, Left::of_line(account, now), streaming),
        is_shown: account.is_shown,
    };
    (accounts.len() > 1).then(|| Entry::Accounts(accounts.iter().enumerate().map(account).collect()))
}

/// Returns what can be done with the sign-in.
fn account(status: &Status) -> &'static [Act] {
    match status {
        Status::Shut { problem } if problem.asks_to_unlock() => &[Act::Unlock],
        Status::Opening | Status::Unlocking | Status::Shut { .. } => &[],
        Status::SignedOut { .. } => &[Act::SignIn],
        Status::SigningIn { .. } => &[Act::Cancel],
        Status::SignedIn(SignedIn { renewal: Renewal::NeedsAction { problem }, .. }) if problem.asks_to_sign_in() => {
            &[Act::SignIn, Act::SignOut]
        }
        Status::SignedIn(SignedIn { renewal: Renewal::NeedsAction { problem }, .. }) if problem.asks_to_unlock() => {
            &[Act::Unlock, Act::SignOut]
        }
        Status::SignedIn(_) => &[Act::SignOut],
    }
}
