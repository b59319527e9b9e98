//! The tray's words for an account: its name, the time left, and its state.

use std::time::Duration;

use jiff::{SignedDuration, Timestamp};
use spartan_auth::leg::Leg;
use spartan_messages::{format_label, group_label};
use spartan_session::{
    error::{Cause, Error},
    format::{Format, Group},
    status::{AccountLine, Renewal, SignedIn, clock_check::ClockCheck},
};

use super::left;
use crate::streaming::Streaming;

/// The remaining time of a Spartan token, by the services' clock.
#[derive(Clone, Copy)]
pub(super) enum Left {
    NotHereYet,
    Expired,
    /// This computer's clock is behind by an unknown amount.
    Unknown,
    Good(SignedDuration),
}

impl Left {
    /// Returns the remaining time of the shown account.
    pub(super) fn of_shown(shown: &SignedIn, now: Timestamp) -> Left {
        let SignedIn { legs, clock_error_ms, .. } = shown;
        let expires_at = legs.iter().find(|leg| leg.leg == Leg::Spartan).and_then(|leg| leg.expires_at);
        Left::until(expires_at, services_time(now, *clock_error_ms)).unless_behind(shown.clock_problem.as_deref())
    }

    /// Returns the remaining time of an account in the list.
    pub(super) fn of_line(account: &AccountLine, now: Timestamp) -> Left {
        let left = Left::until(account.expires_at, services_time(now, account.clock_error_ms));
        left.unless_behind(account.clock_problem.as_deref())
    }

    /// Returns the time until a token expires. Both times are by the services' clock.
    pub(super) fn until(expires_at: Option<Timestamp>, now: Timestamp) -> Left {
        let Some(expires_at) = expires_at else { return Left::NotHereYet };
        match expires_at.duration_since(now) {
            left if left.is_positive() => Left::Good(left),
            _ => Left::Expired,
        }
    }

    /// Returns that nobody knows if this computer's clock is behind by an unknown amount.
    fn unless_behind(self, clock_problem: Option<&Error>) -> Left {
        match (self, clock_problem) {
            (Left::Good(_) | Left::Expired, Some(Error { cause: Cause::ClockBehind, .. })) => Left::Unknown,
            _ => self,
        }
    }

    /// Returns how long its words stay right.
    pub(super) fn lasts(self) -> Option<Duration> {
        match self {
            Left::Good(left) => Some(left::lasts(left)),
            Left::Expired | Left::NotHereYet | Left::Unknown => None,
        }
    }

    fn words(self) -> String {
        match self {
            Left::Good(left) => format!("{} left", left::words(left)),
            Left::Expired => "expired".into(),
            Left::Unknown => "time left unknown".into(),
            Left::NotHereYet => "no token yet".into(),
        }
    }
}

/// Returns the services' time at this computer's time `now`.
pub(super) fn services_time(now: Timestamp, clock_error_ms: i64) -> Timestamp {
    now.checked_sub(SignedDuration::from_millis(clock_error_ms)).unwrap_or(now)
}

/// Returns the tooltip for the shown account, which has this place in the list.
pub(super) fn headline(shown: &SignedIn, left: Left, place: Option<usize>, streaming: &Streaming) -> String {
    let name = isolated(streaming.name(shown.name.as_deref(), shown.gamertag.as_deref(), place));
    format!("{name} · {}", left.words())
}

/// Returns an account's line in the list.
pub(super) fn line(account: &AccountLine, place: usize, left: Left, streaming: &Streaming) -> String {
    let name = name(account, place, streaming);
    let state = match account.renewal {
        Renewal::Fresh { .. } => "",
        Renewal::Renewing => " · renewing",
        Renewal::Stale { .. } => " · tries again by itself",
        Renewal::NeedsAction { .. } => " · needs you",
    };
    format!("{name} · {}{state}", left.words())
}

/// Returns the tooltip during a sign-in, with the shown account.
pub(super) fn signing_in(accounts: &[AccountLine], now: Timestamp, streaming: &Streaming) -> String {
    let shown = accounts.iter().enumerate().find(|(_, account)| account.is_shown);
    let Some((place, account)) = shown else { return "Signing in".into() };
    let name = name(account, place, streaming);
    format!("{name} · {} · signing in", Left::of_line(account, now).words())
}

/// Returns the line of an account that needs the person and isn't shown.
pub(super) fn need(account: &AccountLine, place: usize, streaming: &Streaming) -> String {
    format!("{} needs you", name(account, place, streaming))
}

fn name(account: &AccountLine, place: usize, streaming: &Streaming) -> String {
    isolated(streaming.name(account.name.as_deref(), account.gamertag.as_deref(), Some(place)))
}

/// Returns a name that doesn't turn the words beside it, even if it's written from right to left.
fn isolated(name: String) -> String {
    let is_from_right = |letter: char| matches!(u32::from(letter), 0x590..=0x8ff | 0xfb1d..=0xfdff | 0xfe70..=0xfeff);
    if name.contains(is_from_right) { format!("\u{2068}{name}\u{2069}") } else { name }
}

/// Returns the heading of a group of formats.
pub(super) fn group(group: Group, left: Left) -> String {
    match (group, left) {
        (Group::Holding, Left::Good(left)) => format!("{} · good for {}", group_label(group), left::words(left)),
        _ => group_label(group).into(),
    }
}

/// Returns the tooltip after a copy.
pub(super) fn copied(format: Format, left: Left, clock: ClockCheck) -> String {
    let what = match format.group() {
        Group::Values | Group::Settings => format_label(format),
        Group::Asking | Group::Holding => "Program",
    };
    match (left, clock) {
        (Left::Good(left), ClockCheck::Confirmed) => format!("{what} copied · good for {}", left::words(left)),
        (Left::Good(left), ClockCheck::Unconfirmed) => {
            format!("{what} copied · good for {} if this computer's clock is right", left::words(left))
        }
        (Left::Expired | Left::NotHereYet | Left::Unknown, _) => format!("{what} copied"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_copy_is_told_by_its_name_with_the_time_that_is_left() {
        let (now, hours) = (Timestamp::UNIX_EPOCH, SignedDuration::from_mins(238));
        let cases = [
            (Format::Token, Some(now + hours), "Spartan token copied · good for 3 h 58 min"),
            (Format::Token, Some(now), "Spartan token copied"),
            (Format::DotenvSpnkr, Some(now + hours), ".env lines for SPNKr copied · good for 3 h 58 min"),
            (Format::Xuid, None, "XUID copied"),
            (Format::Python, None, "Program copied"),
            (Format::PythonWithToken, Some(now + hours), "Program copied · good for 3 h 58 min"),
        ];
        for (format, expires_at, words) in cases {
            assert_eq!(copied(format, Left::until(expires_at, now), ClockCheck::Confirmed), words);
        }
    }

    #[test]
    fn while_no_service_has_confirmed_the_clock_the_time_left_is_not_certain() {
        let (now, hours) = (Timestamp::UNIX_EPOCH, SignedDuration::from_mins(238));
        let words = |format, expires_at| copied(format, Left::until(expires_at, now), ClockCheck::Unconfirmed);
        let told = "Spartan token copied · good for 3 h 58 min if this computer's clock is right";
        assert_eq!(words(Format::Token, Some(now + hours)), told);
        assert_eq!(words(Format::Xuid, None), "XUID copied");
    }

    #[test]
    fn only_a_name_from_right_to_left_is_isolated() {
        assert_eq!(isolated("aCurtis X89".into()), "aCurtis X89");
        assert_eq!(isolated("לוחם 7".into()), "\u{2068}לוחם 7\u{2069}");
    }

    #[test]
    fn a_clock_that_is_ahead_is_put_right() {
        let now = Timestamp::from_second(600).unwrap();
        assert_eq!(services_time(now, 600_000), Timestamp::UNIX_EPOCH);
    }
}
