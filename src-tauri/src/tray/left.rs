//! The remaining time of a token, in the page's words.

use std::time::Duration;

use jiff::SignedDuration;
use spartan_messages::duration;

/// Returns the time as "3 h 58 min". With seconds, the menu would be drawn again each second.
pub(super) fn words(left: SignedDuration) -> String {
    if left.as_mins() == 0 { "less than a minute".into() } else { duration::short(left) }
}

/// Returns how long these words stay right: until a minute less is left.
pub(super) fn lasts(left: SignedDuration) -> Duration {
    let beyond = SignedDuration::from_millis_i128(left.as_millis() % 60_000);
    beyond.unsigned_abs() + Duration::from_millis(1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_looked_at_again_the_moment_they_are_wrong() {
        for millis in [1, 59_999, 60_000, 60_001, 119_500, 14_339_250] {
            let left = SignedDuration::from_millis(millis);
            let then = left - SignedDuration::try_from(lasts(left)).unwrap();
            assert_eq!(words(then + SignedDuration::from_millis(1)), words(left), "{millis} ms");
            assert!(then.is_negative() || words(then) != words(left), "{millis} ms");
        }
    }

    #[test]
    fn a_length_of_time_is_told_in_whole_minutes_that_are_left() {
        let table = [
            (1, "less than a minute"),
            (59, "less than a minute"),
            (60, "1 min"),
            (3599, "59 min"),
            (3600, "1 h"),
            (14_339, "3 h 58 min"),
            (360_000, "4 days"),
        ];
        for (seconds, expected) in table {
            assert_eq!(words(SignedDuration::from_secs(seconds)), expected);
        }
    }
}
