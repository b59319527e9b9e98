//! Durations in words, in the units that a person would say.

use spartan_auth::jiff::SignedDuration;

const MINUTE: i64 = 60;
const HOUR: i64 = 60 * MINUTE;
const DAY: i64 = 24 * HOUR;
/// The average Gregorian year.
const YEAR: i64 = 31_556_952;

/// Returns a duration for a label, rounded down, such as "3 h 58 min".
#[must_use]
pub fn short(duration: SignedDuration) -> String {
    let seconds = duration.as_secs().max(0);
    let pair = |much: i64, unit: &str, rest: i64, small: &str| match rest {
        0 => format!("{much} {unit}"),
        rest => format!("{much} {unit} {rest} {small}"),
    };
    match seconds {
        _ if seconds < MINUTE => format!("{seconds} s"),
        _ if seconds < HOUR => format!("{} min", seconds / MINUTE),
        _ if seconds < DAY => pair(seconds / HOUR, "h", seconds % HOUR / MINUTE, "min"),
        _ if seconds < 2 * DAY => pair(1, "day", seconds % DAY / HOUR, "h"),
        _ => format!("{} days", seconds / DAY),
    }
}

/// Returns a duration for a sentence, such as "3 hours 58 minutes". Days and years are rounded to the nearest.
#[must_use]
pub fn long(duration: SignedDuration) -> String {
    let seconds = duration.as_secs().max(0);
    let nearest = |unit| seconds / unit + i64::from(seconds % unit >= unit / 2);
    match seconds {
        _ if seconds < MINUTE => counted(seconds, "second"),
        _ if seconds < HOUR => counted(seconds / MINUTE, "minute"),
        _ if seconds < 2 * DAY => match seconds % HOUR / MINUTE {
            0 => counted(seconds / HOUR, "hour"),
            minutes => format!("{} {}", counted(seconds / HOUR, "hour"), counted(minutes, "minute")),
        },
        _ if seconds < 2 * YEAR => counted(nearest(DAY), "day"),
        _ => counted(nearest(YEAR), "year"),
    }
}

fn counted(count: i64, unit: &str) -> String {
    format!("{count} {unit}{}", if count == 1 { "" } else { "s" })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sentence_has_the_unit_that_a_person_would_say() {
        for (seconds, expected) in [
            (0, "0 seconds"),
            (1, "1 second"),
            (59, "59 seconds"),
            (60, "1 minute"),
            (540, "9 minutes"),
            (HOUR, "1 hour"),
            (HOUR + MINUTE, "1 hour 1 minute"),
            (14_339, "3 hours 58 minutes"),
            (DAY, "24 hours"),
            (2 * DAY, "2 days"),
            (3 * DAY - 1, "3 days"),
            (398 * DAY, "398 days"),
            (2 * 365 * DAY, "730 days"),
            (7304 * DAY, "20 years"),
            (7306 * DAY, "20 years"),
        ] {
            assert_eq!(long(SignedDuration::from_secs(seconds)), expected, "{seconds}");
        }
        assert_eq!(long(SignedDuration::from_secs(-5)), "0 seconds");
        assert!(long(SignedDuration::MAX).ends_with(" years"));
    }
}
