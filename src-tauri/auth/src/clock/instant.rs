//! Times in the services' formats: ISO 8601 with zero to nine fractional digits, and HTTP dates.

use jiff::{Timestamp, civil, fmt::rfc2822, tz::Offset};

/// Parses `2026-11-21T18:00:00.1234567Z` and similar; without an offset, it's UTC.
pub(crate) fn iso8601(text: &str) -> Option<Timestamp> {
    let text = text.trim();
    let without_offset = || text.parse::<civil::DateTime>().ok().and_then(|time| Offset::UTC.to_timestamp(time).ok());
    text.parse().ok().or_else(without_offset)
}

/// Parses an HTTP date (`Sat, 21 Nov 2026 18:00:00 GMT`).
pub(crate) fn http_date(text: &str) -> Option<Timestamp> {
    rfc2822::DateTimeParser::new().parse_timestamp(text.trim()).ok()
}

/// Whether a service can have sent this time. It's implausible if it's before this program was written.
pub(crate) fn is_plausible(told: Timestamp) -> bool {
    told.as_second() >= 1_767_225_600 // 2026-01-01
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn zero_to_nine_digits_and_offsets_are_read() {
        let second: Timestamp = "2022-02-06T05:12:27Z".parse().unwrap();
        let cases = [
            ("2022-02-06T05:12:27Z", 0),
            ("2022-02-06T05:12:27.5Z", 500_000_000),
            ("2022-02-06T05:12:27.123Z", 123_000_000),
            ("2022-02-06T05:12:27.123456Z", 123_456_000),
            ("2022-02-06T05:12:27.1234567Z", 123_456_700),
            ("2022-02-06T05:12:27.123456789Z", 123_456_789),
            ("2022-02-06T07:12:27+02:00", 0),
            ("2022-02-06T05:12:27", 0),
        ];
        for (text, nanoseconds) in cases {
            let read = iso8601(text).unwrap_or_else(|| panic!("{text}"));
            assert_eq!(read.as_second(), second.as_second(), "{text}");
            assert_eq!(read.subsec_nanosecond(), nanoseconds, "{text}");
        }
    }

    #[test]
    fn nonsense_is_no_time() {
        for text in ["", "soon", "2022-02-06", "2022-13-06T05:12:27Z", "1644124347"] {
            assert!(iso8601(text).is_none_or(|time| text == "2022-02-06" && time.subsec_nanosecond() == 0), "{text}");
        }
        assert_eq!(http_date("yesterday"), None);
    }

    #[test]
    fn http_dates_are_read() {
        let read = http_date("Sun, 06 Feb 2022 05:12:27 GMT").unwrap();
        assert_eq!(read, "2022-02-06T05:12:27Z".parse().unwrap());
    }
}
