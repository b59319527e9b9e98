//! What the tray shows, as plain data: a function of the status, the time and whether the program starts at login.

use jiff::{SignedDuration, Timestamp};
use spartan_auth::{
    leg::Leg,
    status::{Renewal, SignedIn, SignedOut, Status},
};

use super::left;

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

/// A line of the menu.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Entry {
    /// Words that do nothing.
    Words(String),
    Separator,
    /// What a click does.
    Act(Act),
    /// What a click would do at another time.
    Idle(Act),
    /// A line with a tick, or without.
    Tick(Act, bool),
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

impl Shown {
    /// What is shown of `status` at `now`, by this computer's clock.
    pub(crate) fn of(status: &Status, now: Timestamp, starts_at_login: bool) -> Shown {
        let (icon, headline, acts) = match status {
            Status::Opening => (Icon::Renewing, "Opening your sign-in".into(), Vec::new()),
            Status::Shut { trouble } if trouble.asks_to_unlock() => {
                (Icon::Attention, "Locked".into(), vec![Entry::Act(Act::Unlock)])
            }
            Status::Shut { .. } => (Icon::Attention, "Your sign-in cannot be opened".into(), Vec::new()),
            Status::SignedOut { why } => (icon_of(why), "Signed out".into(), vec![Entry::Act(Act::SignIn)]),
            Status::SigningIn { .. } => (Icon::Renewing, "Signing in".into(), vec![Entry::Act(Act::Cancel)]),
            Status::SignedIn(signed_in) => {
                let left = Left::of(signed_in, now);
                (left.icon(&signed_in.renewal), headline(signed_in, left), acts(&signed_in.renewal, left))
            }
        };
        let trouble = status.trouble().map(|trouble| Entry::Words(trouble.what.clone()));
        let frame = [Entry::Act(Act::Open), Entry::Separator, Entry::Tick(Act::StartAtLogin, starts_at_login)];
        let mut menu = vec![Entry::Words(headline.clone())];
        menu.extend(trouble);
        menu.push(Entry::Separator);
        menu.extend(acts);
        menu.extend(frame);
        menu.push(Entry::Act(Act::Quit));
        Shown { icon, headline, menu }
    }
}

impl Act {
    /// Every one, in no order that matters.
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

    /// Its name, on which tests and people's habits rely.
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

    /// The one with this name.
    pub(crate) fn named(name: &str) -> Option<Act> {
        Act::ALL.into_iter().find(|act| act.name() == name)
    }
}

/// What is left of the Spartan token, by the services' clock.
#[derive(Clone, Copy)]
enum Left {
    NotHereYet,
    Expired,
    Good(SignedDuration),
}

impl Left {
    fn of(SignedIn { legs, clock_error_ms, .. }: &SignedIn, now: Timestamp) -> Left {
        let expires_at = legs.iter().find(|leg| leg.leg == Leg::Spartan).and_then(|leg| leg.expires_at);
        let Some(expires_at) = expires_at else { return Left::NotHereYet };
        match expires_at.duration_since(now) + SignedDuration::from_millis(*clock_error_ms) {
            left if left.is_positive() => Left::Good(left),
            _ => Left::Expired,
        }
    }

    /// A passing trouble needs nobody's attention while the token is good.
    const fn icon(self, renewal: &Renewal) -> Icon {
        match (renewal, self) {
            (Renewal::NeedsSignIn { .. }, _) | (Renewal::Stale { .. }, Left::Expired | Left::NotHereYet) => {
                Icon::Attention
            }
            (Renewal::Renewing, _) => Icon::Renewing,
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

fn headline(signed_in: &SignedIn, left: Left) -> String {
    let name = signed_in.gamertag.as_deref().unwrap_or("Xbox account");
    match left {
        Left::Good(left) => format!("{name} · {} left", left::words(left)),
        Left::Expired => format!("{name} · expired"),
        Left::NotHereYet => format!("{name} · no token yet"),
    }
}

fn acts(renewal: &Renewal, left: Left) -> Vec<Entry> {
    let mut acts = match renewal {
        Renewal::NeedsSignIn { trouble } if trouble.asks_to_sign_in() => vec![Entry::Act(Act::SignIn)],
        Renewal::NeedsSignIn { trouble } if trouble.asks_to_unlock() => vec![Entry::Act(Act::Unlock)],
        Renewal::NeedsSignIn { .. } | Renewal::Fresh { .. } | Renewal::Renewing | Renewal::Stale { .. } => Vec::new(),
    };
    // A token that is about to expire is renewed first, so it can be copied unless only a person can go on.
    acts.push(match (renewal, left) {
        (Renewal::NeedsSignIn { .. }, Left::Expired | Left::NotHereYet) => Entry::Idle(Act::CopySpartanToken),
        _ => Entry::Act(Act::CopySpartanToken),
    });
    acts.push(match renewal {
        Renewal::Renewing => Entry::Idle(Act::RenewNow),
        Renewal::Fresh { .. } | Renewal::Stale { .. } | Renewal::NeedsSignIn { .. } => Entry::Act(Act::RenewNow),
    });
    acts.push(Entry::Act(Act::SignOut));
    acts
}
