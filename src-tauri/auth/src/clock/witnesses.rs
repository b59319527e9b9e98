//! The times reported in responses, and when to trust them.
//!
//! A `Date` can come from a cache, a middlebox, or a service whose own clock is wrong, so a single one isn't trusted.
//! Two hosts must agree, or a `Date` and the issue time of the token in the response, or that issue time and this
//! computer's clock.

use std::collections::HashMap;

use jiff::{SignedDuration, Timestamp};
use reqwest::Url;
use url::Origin;

use crate::clock::{
    Moment,
    clock_error::{ClockError, DISTURBED},
    instant,
};

/// The maximum difference between times that agree.
const AGREE: SignedDuration = SignedDuration::from_mins(2);
/// `Date` has whole seconds, so a smaller difference isn't a clock error.
const NOISE: SignedDuration = SignedDuration::from_secs(3);
/// A clock that was set by less may only run unevenly.
const STEP: SignedDuration = SignedDuration::from_secs(2);
/// No certificate is valid for longer (398 days), so if the clock is further off, there should be no response. A larger
/// error counts only if a token's issue time is among what agrees on it.
const ABSURD: SignedDuration = SignedDuration::from_hours(398 * 24);

/// Where a response states the time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Source {
    /// In its `Date` header.
    Date,
    /// In its body, as the issue time of a token.
    IssueInstant,
}

/// When a request was sent and its response arrived.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Exchange {
    pub(crate) sent: Moment,
    pub(crate) answered: Moment,
}

/// The time that each host last reported.
#[derive(Debug, Default)]
pub(crate) struct Witnesses {
    readings: HashMap<(Origin, Source), Reading>,
}

#[derive(Clone, Copy, Debug)]
struct Reading {
    source: Source,
    ahead: SignedDuration,
    at: Moment,
}

impl Witnesses {
    /// Records that a response from `host` reported the time `told`.
    pub(crate) fn hear(&mut self, host: &Url, source: Source, told: Timestamp, exchange: Exchange) {
        let key = (host.origin(), source);
        let ahead = ahead(told, exchange);
        if !instant::is_plausible(told) || !is_undisturbed(exchange.sent, exchange.answered) {
            self.readings.remove(&key);
            return;
        }
        self.readings.insert(key, Reading { source, ahead, at: exchange.answered });
    }

    /// Returns this computer's clock error on which most sources agree at `now`; `None` until two do.
    pub(crate) fn agreed(&self, now: Moment) -> Option<ClockError> {
        let sound: Vec<Reading> = self.readings.values().filter_map(|reading| reading.as_of(now)).collect();
        let around = |middle: &Reading| -> Vec<Reading> {
            sound.iter().copied().filter(|other| (other.ahead - middle.ahead).abs() <= AGREE).collect()
        };
        // Lifetimes are based on the clock that also sets the issue times. If two of them agree, or one agrees with this
        // computer's clock, they override any number of `Date`s.
        let is_issue = |reading: &Reading| reading.source == Source::IssueInstant;
        let has_issue = |group: &[Reading]| group.iter().any(is_issue);
        let counts = |group: &Vec<Reading>| {
            let is_known = group.len() > 1 && lower_median(group).abs() <= ABSURD;
            is_known || has_issue(group) && support(group) > 1
        };
        let groups = sound.iter().map(around).filter(counts);
        let issues = sound.iter().filter(|reading| is_issue(reading));
        let are_known = issues.clone().count() > 1 || issues.into_iter().any(|issue| agrees_with_own(issue.ahead));
        let chosen = groups.max_by_key(|group| {
            let ahead = lower_median(group).abs();
            (!are_known || has_issue(group), support(group), std::cmp::Reverse(ahead))
        })?;
        // `Date`s that agree with an issue time still may be older than it, and make tokens look younger.
        let issues: Vec<Reading> = chosen.iter().copied().filter(is_issue).collect();
        let of_issues = if issues.is_empty() { None } else { Some(lower_median(&issues)) };
        let ahead = lower_median(&chosen);
        Some(ClockError::new(of_issues.map_or(ahead, |issued| issued.min(ahead)), now))
    }
}

impl Reading {
    /// Returns what it says at `now`, which differs if the clock was set by a little meanwhile; `None` if it was set by more.
    fn as_of(&self, now: Moment) -> Option<Reading> {
        let set = now.set_since(self.at).filter(|set| set.abs() < DISTURBED)?;
        let set = if set.abs() < STEP { SignedDuration::ZERO } else { set };
        Some(Reading { ahead: self.ahead.saturating_add(set), at: now, ..*self })
    }
}

/// Returns the number of sources in a group; this computer's own clock counts as one too.
fn support(group: &[Reading]) -> usize {
    group.len() + usize::from(agrees_with_own(lower_median(group)))
}

/// Whether a source agrees with this computer's clock, which is this far ahead of it.
fn agrees_with_own(ahead: SignedDuration) -> bool {
    ahead.abs() <= AGREE
}

/// Returns the lower of the two middle values, because it makes tokens look older.
fn lower_median(group: &[Reading]) -> SignedDuration {
    let mut ahead: Vec<SignedDuration> = group.iter().map(|reading| reading.ahead).collect();
    ahead.sort_unstable();
    ahead.get((ahead.len().saturating_sub(1)) / 2).copied().unwrap_or_default()
}

fn is_undisturbed(earlier: Moment, later: Moment) -> bool {
    later.set_since(earlier).is_some_and(|set| set.abs() < DISTURBED)
}

/// Returns by how much the clock is ahead, as close to zero as possible: the response was written sometime during the
/// exchange.
fn ahead(told: Timestamp, Exchange { sent, answered }: Exchange) -> SignedDuration {
    let second = SignedDuration::from_secs(1);
    let least = sent.wall.duration_since(told).saturating_sub(second);
    let most = answered.wall.duration_since(told);
    let ahead = if least.is_positive() { least } else { most.min(SignedDuration::ZERO) };
    if ahead.abs() < NOISE { SignedDuration::ZERO } else { ahead }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;

    const HOUR: i64 = 3600;
    const NOW: i64 = 1_795_284_000;

    /// Returns the moment after this many seconds, by a correct wall clock.
    fn moment(seconds: i64) -> Moment {
        let wall = Timestamp::from_second(NOW + seconds).unwrap();
        Moment { wall, elapsed: Duration::from_secs(u64::try_from(HOUR + seconds).unwrap()), boot: None }
    }

    /// Returns the agreed clock error if hosts report these times, in seconds from now.
    fn agreed(told: &[(&str, Source, i64)]) -> Option<i64> {
        let mut witnesses = Witnesses::default();
        for (host, source, seconds) in told {
            let url = Url::parse(&format!("https://{host}/")).unwrap();
            let exchange = Exchange { sent: moment(0), answered: moment(0) };
            witnesses.hear(&url, *source, moment(0).wall + SignedDuration::from_secs(*seconds), exchange);
        }
        witnesses.agreed(moment(1)).map(|error| error.ahead().as_secs())
    }

    #[test]
    fn no_single_answer_counts() {
        use Source::{Date, IssueInstant};
        for seconds in [-2 * HOUR, 0, 2 * HOUR] {
            assert_eq!(agreed(&[("a", Date, seconds)]), None, "{seconds}");
            assert_eq!(agreed(&[("a", Date, seconds), ("a", Date, seconds)]), None, "{seconds}: one host twice is one");
            for agreeing in [("b", Date, seconds), ("a", IssueInstant, seconds)] {
                let ahead = agreed(&[("a", Date, seconds), agreeing]).unwrap();
                assert!((ahead + seconds).abs() <= 1, "{seconds} {agreeing:?}: {ahead}");
            }
        }
    }

    #[test]
    fn witnesses_agree_within_two_minutes_and_the_one_that_makes_tokens_older_counts() {
        use Source::Date;
        assert_eq!(agreed(&[("a", Date, HOUR), ("b", Date, HOUR + 120)]), Some(-HOUR - 120));
        assert_eq!(agreed(&[("a", Date, HOUR), ("b", Date, HOUR + 121)]), None);
    }

    #[test]
    fn a_difference_below_three_seconds_is_none() {
        use Source::Date;
        for (seconds, expected) in [(2, 0), (3, -3), (-3, 0), (-4, 3)] {
            assert_eq!(agreed(&[("a", Date, seconds), ("b", Date, seconds)]), Some(expected), "{seconds}");
        }
    }

    #[test]
    fn a_stale_answer_among_good_ones_changes_nothing() {
        use Source::{Date, IssueInstant};
        let good = [("login", Date, 0), ("user", Date, 0), ("user", IssueInstant, 0)];
        for stale in [-2 * HOUR, 2 * HOUR] {
            let told: Vec<_> = good.into_iter().chain([("halo", Date, stale)]).collect();
            assert_eq!(agreed(&told), Some(0), "{stale}");
        }
    }

    #[test]
    fn the_majority_counts_and_this_computers_own_clock_is_one_of_it() {
        use Source::Date;
        let two = [("a", Date, HOUR), ("b", Date, HOUR)];
        let against = |more: &[(&'static str, Source, i64)]| agreed(&[two.as_slice(), more].concat());
        assert_eq!(against(&[("c", Date, 0)]), Some(-HOUR));
        assert_eq!(against(&[("c", Date, 0), ("d", Date, 0)]), Some(0));
    }

    #[test]
    fn against_the_times_at_which_tokens_were_issued_no_number_of_dates_counts() {
        use Source::{Date, IssueInstant};
        let dates = ["login", "user", "xsts", "settings"].map(|host| (host, Date, -2 * HOUR));
        let issued = [("user", IssueInstant, 0), ("xsts", IssueInstant, 0)];
        assert_eq!(agreed(&[dates.as_slice(), &issued].concat()), Some(0));
        let issued = issued.map(|(host, source, _)| (host, source, HOUR));
        assert_eq!(agreed(&[dates.as_slice(), &issued].concat()), Some(-HOUR), "they agree with each other");
        assert_eq!(agreed(&dates), Some(2 * HOUR - 1), "nothing says otherwise");
    }

    #[test]
    fn dates_do_not_count_against_an_issue_time_that_this_computers_clock_agrees_with() {
        use Source::{Date, IssueInstant};
        for seconds in [-2 * HOUR, 2 * HOUR] {
            let dates = ["login", "xsts", "spartan", "settings"].map(|host| (host, Date, seconds));
            for issued in [-119, 0, 119] {
                let ahead = agreed(&[dates.as_slice(), &[("xsts", IssueInstant, issued)]].concat()).unwrap();
                assert!((ahead + issued).abs() <= 1, "{seconds} {issued}: {ahead}");
            }
            let other = agreed(&[dates.as_slice(), &[("xsts", IssueInstant, -seconds)]].concat()).unwrap();
            assert!((other + seconds).abs() <= 1, "{seconds}: an issue time that nothing agrees with");
        }
    }

    #[test]
    fn old_dates_make_no_token_look_younger_than_the_issue_time_that_they_nearly_agree_with() {
        use Source::{Date, IssueInstant};
        for old in [-30, -60, -100] {
            let dates = ["login", "xsts", "spartan", "settings"].map(|host| (host, Date, old));
            assert_eq!(agreed(&[dates.as_slice(), &[("xsts", IssueInstant, 0)]].concat()), Some(0), "{old}");
        }
    }

    #[test]
    fn a_clock_that_was_set_back_by_a_little_between_two_answers_is_measured_as_it_is_now() {
        for back in [5, 20, 29] {
            let mut witnesses = Witnesses::default();
            let after = moment(60);
            let after = Moment { wall: after.wall - SignedDuration::from_secs(back), ..after };
            let told = |seconds: i64| moment(seconds).wall;
            let [one, other] = ["one", "other"].map(|host| Url::parse(&format!("https://{host}/")).unwrap());
            let third = Url::parse("https://third/").unwrap();
            for host in [&one, &other, &third] {
                let exchange = Exchange { sent: moment(0), answered: moment(0) };
                witnesses.hear(host, Source::Date, told(0), exchange);
            }
            witnesses.hear(&one, Source::Date, told(60), Exchange { sent: after, answered: after });
            let agreed = witnesses.agreed(after).unwrap();
            assert!(agreed.services_time(after) >= told(59), "{back}: {:?}", agreed.ahead());
            assert_eq!(agreed.ahead().as_secs(), -back);
        }
    }

    #[test]
    fn an_error_of_years_takes_more_than_dates() {
        use Source::{Date, IssueInstant};
        let year = 365 * 24 * HOUR;
        for seconds in [-2 * year / 3, 2 * year, 20 * year] {
            let dates = [("a", Date, seconds), ("b", Date, seconds), ("c", Date, seconds)];
            let is_within = seconds.abs() < year;
            assert_eq!(agreed(&dates).is_some(), is_within, "{seconds}");
            let issued = [dates.as_slice(), &[("b", IssueInstant, seconds)]].concat();
            let ahead = agreed(&issued).unwrap();
            assert!((ahead + seconds).abs() <= 1, "{seconds}: {ahead}");
            assert_eq!(agreed(&[("b", IssueInstant, seconds)]), None, "{seconds}: one alone");
        }
    }

    #[test]
    fn a_time_before_this_program_was_written_is_dropped_whoever_agrees() {
        use Source::{Date, IssueInstant};
        let year = 365 * 24 * HOUR;
        for seconds in [-32 * year, -2 * year] {
            let told = [("a", Date, seconds), ("b", Date, seconds), ("b", IssueInstant, seconds)];
            assert_eq!(agreed(&told), None, "{seconds}");
        }
        assert_eq!(
            agreed(&[("a", Date, 0), ("b", Date, 0), ("a", Date, -32 * year)]),
            None,
            "nor does the one before count"
        );
    }

    #[test]
    fn what_was_heard_before_the_clock_was_set_is_void() {
        let mut witnesses = Witnesses::default();
        for host in ["https://a/", "https://b/"] {
            let exchange = Exchange { sent: moment(0), answered: moment(0) };
            witnesses.hear(&Url::parse(host).unwrap(), Source::Date, moment(0).wall, exchange);
        }
        let set = Moment { wall: moment(HOUR).wall, ..moment(1) };
        assert!(witnesses.agreed(moment(1)).is_some());
        assert_eq!(witnesses.agreed(set), None);
    }

    #[test]
    fn a_slow_answer_is_no_error_of_the_clock() {
        let slow = Exchange { sent: moment(0), answered: moment(30) };
        for written in [0, 15, 30] {
            assert_eq!(ahead(moment(written).wall, slow), SignedDuration::ZERO, "{written}");
        }
        let ahead = |told| ahead(moment(0).wall + SignedDuration::from_secs(told), slow).as_secs();
        assert_eq!((ahead(-HOUR), ahead(HOUR)), (HOUR - 1, 30 - HOUR));
    }
}
