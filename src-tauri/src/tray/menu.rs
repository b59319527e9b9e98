//! What the tray shows, as plain data: a function of the status, the time and whether the program starts at login.

use std::time::Duration;

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
        let (icon, headline) = match status {
            Status::Opening => (Icon::Renewing, "Opening your sign-in".into()),
            Status::Shut { trouble } if trouble.asks_to_unlock() => (Icon::Attention, "Locked".into()),
            Status::Shut { .. } => (Icon::Attention, "Your sign-in cannot be opened".into()),
            Status::SignedOut { why } => (icon_of(why), "Signed out".into()),
            Status::SigningIn { .. } => (Icon::Renewing, "Signing in".into()),
            Status::SignedIn(signed_in) => {
                let left = Left::of(signed_in, now);
                (left.icon(&signed_in.renewal), headline(signed_in, left))
            }
        };
        let mut menu = vec![Entry::Words(headline.clone())];
        menu.extend(status.trouble().map(|trouble| Entry::Words(trouble.what.clone())));
        menu.push(Entry::Separator);
        menu.extend(token(status, now));
        menu.push(Entry::Act(Act::Open));
        menu.extend(account(status).iter().copied().map(Entry::Act));
        menu.extend([Entry::Separator, Entry::Tick(Act::StartAtLogin, starts_at_login), Entry::Act(Act::Quit)]);
        Shown { icon, headline, menu }
    }

    /// How long what is shown stays right by itself.
    pub(super) fn lasts(status: &Status, now: Timestamp) -> Option<Duration> {
        match Left::of(status.signed_in()?, now) {
            Left::Good(left) => Some(left::lasts(left)),
            Left::Expired | Left::NotHereYet => None,
        }
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

/// What can be done with the token.
fn token(status: &Status, now: Timestamp) -> Vec<Entry> {
    let Some(signed_in) = status.signed_in() else { return Vec::new() };
    // A token that is about to expire is renewed first, so it can be copied unless only a person can go on.
    let copy = match (&signed_in.renewal, Left::of(signed_in, now)) {
        (Renewal::NeedsSignIn { .. }, Left::Expired | Left::NotHereYet) => Entry::Idle(Act::CopySpartanToken),
        _ => Entry::Act(Act::CopySpartanToken),
    };
    let renew = match signed_in.renewal {
        Renewal::Renewing => Entry::Idle(Act::RenewNow),
        Renewal::Fresh { .. } | Renewal::Stale { .. } | Renewal::NeedsSignIn { .. } => Entry::Act(Act::RenewNow),
    };
    vec![copy, renew]
}

/// What can be done with the sign-in.
fn account(status: &Status) -> &'static [Act] {
    match status {
        Status::Shut { trouble } if trouble.asks_to_unlock() => &[Act::Unlock],
        Status::Opening | Status::Shut { .. } => &[],
        Status::SignedOut { .. } => &[Act::SignIn],
        Status::SigningIn { .. } => &[Act::Cancel],
        Status::SignedIn(SignedIn { renewal: Renewal::NeedsSignIn { trouble }, .. }) if trouble.asks_to_sign_in() => {
            &[Act::SignIn, Act::SignOut]
        }
        Status::SignedIn(SignedIn { renewal: Renewal::NeedsSignIn { trouble }, .. }) if trouble.asks_to_unlock() => {
            &[Act::Unlock, Act::SignOut]
        }
        Status::SignedIn(_) => &[Act::SignOut],
    }
}

#[cfg(test)]
mod tests {
    use spartan_auth::{
        account::{Account, AccountId, Person},
        azure_app::AzureApp,
        run::Run,
        status::{Kept, LegProgress, LegStatus, SigningIn},
        token::Tokens,
        trouble::{self, Button, Trouble},
        way::Way,
    };
    use uuid::Uuid;

    use super::*;

    /// When the Spartan token of the tests expires.
    const EXPIRES: i64 = 14_400;

    fn at(seconds: i64) -> Timestamp {
        Timestamp::from_second(seconds).unwrap()
    }

    fn trouble(act: Option<trouble::Act>) -> Trouble {
        let button = act.map(|act| Button { act, label: "a button".into(), link: None });
        Trouble { what: "It is so.".into(), todo: "Do that.".into(), button, details: "details".into() }
    }

    fn signed_in(renewal: Renewal) -> Status {
        let spartan = LegStatus {
            leg: Leg::Spartan,
            progress: LegProgress::Done { ms: None },
            issued_at: Some(at(0)),
            expires_at: Some(at(EXPIRES)),
            note: None,
        };
        let app = AzureApp::parse("12345678-1234-1234-1234-123456789abc", "http://localhost").unwrap();
        let account = Account::new(AccountId(Uuid::nil()), app, Tokens::default());
        let person = Some(Person { gamertag: "aCurtis X89".into(), xuid: "1".into() });
        let bare = SignedIn::new(&Account { person, ..account }, renewal, &Run::default());
        Status::SignedIn(SignedIn { legs: vec![spartan], ..bare })
    }

    fn signing_in() -> Status {
        Status::SigningIn {
            way: Way::Window,
            stage: SigningIn::Preparing,
            legs: Vec::new(),
            ways: Vec::new(),
            again: None,
            kept: Kept::Sealed,
        }
    }

    fn fresh() -> Status {
        signed_in(Renewal::Fresh { renews_at: at(13_200) })
    }

    /// The menu in short: words as they are, `-` for a separator, `(…)` for what is idle, `[x]` for a tick.
    fn lines(status: &Status, now: i64) -> (Icon, Vec<String>) {
        let Shown { icon, headline, menu } = Shown::of(status, at(now), true);
        assert_eq!(menu.first(), Some(&Entry::Words(headline)), "tooltip and first line say the same");
        let line = |entry: &Entry| match entry {
            Entry::Words(words) => words.clone(),
            Entry::Separator => "-".into(),
            Entry::Act(act) => act.name().into(),
            Entry::Idle(act) => format!("({})", act.name()),
            Entry::Tick(act, on) => format!("[{}] {}", if *on { "x" } else { " " }, act.name()),
        };
        let frame = ["-", "[x] Start at login", "Quit"];
        let lines: Vec<_> = menu.iter().map(line).collect();
        let own = lines.strip_suffix(&frame.map(String::from)).expect("every menu ends alike");
        (icon, own.to_vec())
    }

    #[test]
    fn each_state_has_its_icon_its_words_and_what_can_be_done() {
        use trouble::Act::{ChangeApp, Renew, SignIn, StartAfresh, Unlock};
        let shut = |act| Status::Shut { trouble: trouble(Some(act)) };
        let failed = Status::SignedOut { why: SignedOut::Failed { trouble: trouble(None) } };
        let stale = || signed_in(Renewal::Stale { trouble: trouble(Some(Renew)), tries_at: at(13_500) });
        let needs = |act| signed_in(Renewal::NeedsSignIn { trouble: trouble(Some(act)) });
        let (left, expired) = ("aCurtis X89 · 3 h 58 min left", "aCurtis X89 · expired");
        let (copy, renew, out) = ("Copy Spartan token", "Renew now", "Sign out");
        let table: [(Status, i64, Icon, &[&str]); 14] = [
            (Status::Opening, 0, Icon::Renewing, &["Opening your sign-in", "-", "Open"]),
            (shut(Unlock), 0, Icon::Attention, &["Locked", "It is so.", "-", "Open", "Unlock"]),
            (shut(StartAfresh), 0, Icon::Attention, &["Your sign-in cannot be opened", "It is so.", "-", "Open"]),
            (Status::SignedOut { why: SignedOut::Never }, 0, Icon::SignedOut, &["Signed out", "-", "Open", "Sign in…"]),
            (failed, 0, Icon::Attention, &["Signed out", "It is so.", "-", "Open", "Sign in…"]),
            (signing_in(), 0, Icon::Renewing, &["Signing in", "-", "Open", "Cancel"]),
            (fresh(), 90, Icon::Fresh, &[left, "-", copy, renew, "Open", out]),
            (signed_in(Renewal::Renewing), 90, Icon::Renewing, &[left, "-", copy, "(Renew now)", "Open", out]),
            (stale(), 90, Icon::Fresh, &[left, "It is so.", "-", copy, renew, "Open", out]),
            (stale(), EXPIRES, Icon::Attention, &[expired, "It is so.", "-", copy, renew, "Open", out]),
            (needs(SignIn), 90, Icon::Attention, &[left, "It is so.", "-", copy, renew, "Open", "Sign in…", out]),
            (needs(Unlock), 90, Icon::Attention, &[left, "It is so.", "-", copy, renew, "Open", "Unlock", out]),
            (needs(ChangeApp), 90, Icon::Attention, &[left, "It is so.", "-", copy, renew, "Open", out]),
            (
                needs(SignIn),
                EXPIRES,
                Icon::Attention,
                &[expired, "It is so.", "-", "(Copy Spartan token)", renew, "Open", "Sign in…", out],
            ),
        ];
        for (status, now, icon, expected) in table {
            assert_eq!(lines(&status, now), (icon, expected.iter().map(ToString::to_string).collect()), "{status:?}");
        }
    }

    #[test]
    fn within_a_minute_nothing_is_drawn_anew() {
        let shown = |now| Shown::of(&fresh(), at(now), false);
        assert_eq!(shown(61), shown(120));
        assert_ne!(shown(120), shown(121));
    }

    #[test]
    fn the_time_left_goes_by_the_services_clock() {
        let Status::SignedIn(mut ahead) = fresh() else { panic!("it is signed in") };
        ahead.clock_error_ms = 600_000;
        let shown = Shown::of(&Status::SignedIn(ahead), at(EXPIRES), false);
        assert_eq!(shown.headline, "aCurtis X89 · 10 min left");
    }

    #[test]
    fn an_account_without_a_name_or_a_token_yet_has_words_too() {
        let Status::SignedIn(signed_in) = fresh() else { panic!("it is signed in") };
        let bare = Status::SignedIn(SignedIn { gamertag: None, legs: Vec::new(), ..signed_in });
        assert_eq!(Shown::of(&bare, at(0), false).headline, "Xbox account · no token yet");
    }

    #[test]
    fn a_click_is_known_by_the_name_that_was_clicked() {
        for act in Act::ALL {
            assert_eq!(Act::named(act.name()), Some(act));
        }
        assert_eq!(Act::named("Signed out"), None);
    }
}
