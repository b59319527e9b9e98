//! Lengths of time, as people write them.

use jiff::SignedDuration;

/// Reads `10m`, `1h 30m`, `90s` or a bare number of seconds.
pub fn parse(text: &str) -> Result<SignedDuration, String> {
    let seconds = text.parse().ok().map(SignedDuration::from_secs);
    let length = seconds.or_else(|| text.parse().ok()).filter(|length| *length >= SignedDuration::ZERO);
    length.ok_or_else(|| "write a duration as 90s, 10m or 1h30m".to_owned())
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
}
