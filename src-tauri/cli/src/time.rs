//! Lengths of time, as people write and read them.

use jiff::SignedDuration;

/// Reads `10m`, `1h 30m`, `90s` or a bare number of seconds.
pub fn parse(text: &str) -> Result<SignedDuration, String> {
    let seconds = text.parse().ok().map(SignedDuration::from_secs);
    let length = seconds.or_else(|| text.parse().ok()).filter(|length| *length >= SignedDuration::ZERO);
    length.ok_or_else(|| "a length of time is written as 90s, 10m or 1h30m".to_owned())
}

/// Writes it to the minute, or to the second where that is all: `3 h 58 min`, `40 s`.
pub fn told(length: SignedDuration) -> String {
    let (hours, minutes) = (length.as_hours(), length.as_mins() % 60);
    match (hours, minutes) {
        (0, 0) => format!("{} s", length.as_secs()),
        (0, minutes) => format!("{minutes} min"),
        (hours, _) if hours >= 48 => format!("{} days", hours / 24),
        (hours, minutes) => format!("{hours} h {minutes} min"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_length_is_read_as_people_write_it() {
        let seconds = |text| parse(text).map(|length| length.as_secs()).ok();
        for (text, expected) in
            [("10m", 600), ("1h", 3600), ("1h30m", 5400), ("1h 30m", 5400), ("90s", 90), ("600", 600), ("0", 0)]
        {
            assert_eq!(seconds(text), Some(expected), "{text}");
        }
        for text in ["", "soon", "-1m", "-5", "10x", "99999999999999999999h"] {
            assert_eq!(seconds(text), None, "{text}");
        }
    }

    #[test]
    fn a_length_is_told_as_coarsely_as_it_is_long() {
        for (seconds, expected) in [
            (0, "0 s"),
            (59, "59 s"),
            (60, "1 min"),
            (14_280, "3 h 58 min"),
            (172_800, "2 days"),
            (1_209_500, "13 days"),
        ] {
            assert_eq!(told(SignedDuration::from_secs(seconds)), expected);
        }
    }
}
