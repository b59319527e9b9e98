//! Timestamps and durations in the services' formats.

use jiff::{SignedDuration, Timestamp, fmt::rfc2822::DateTimePrinter};

/// `2026-11-21T09:00:00.1234567Z`, the Xbox format.
pub(crate) fn seven_digits(time: Timestamp) -> String {
    time.strftime("%Y-%m-%dT%H:%M:%S%.7fZ").to_string()
}

/// `2026-11-21T09:00:00Z`, the Halo format.
pub(crate) fn whole_seconds(time: Timestamp) -> String {
    time.strftime("%Y-%m-%dT%H:%M:%SZ").to_string()
}

/// `2026-11-21 09:00:00Z`, the format of Microsoft's refusals.
pub(crate) fn with_a_space(time: Timestamp) -> String {
    time.strftime("%Y-%m-%d %H:%M:%SZ").to_string()
}

/// `Sat, 21 Nov 2026 09:00:00 GMT`, the format of HTTP headers.
pub(crate) fn http_date(time: Timestamp) -> String {
    DateTimePrinter::new().timestamp_to_rfc9110_string(&time).unwrap_or_default()
}

/// `PT3H59M49.4904271S`, an ISO 8601 duration.
pub(crate) fn iso_duration(length: SignedDuration) -> String {
    let seconds = length.as_secs().max(0);
    let fraction = length.subsec_nanos().max(0) / 100;
    format!("PT{}H{}M{}.{fraction:07}S", seconds / 3600, seconds / 60 % 60, seconds % 60)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_spelled_as_the_services_do() {
        let time: Timestamp = "2022-02-06T05:12:27.910845799Z".parse().unwrap();
        assert_eq!(seven_digits(time), "2022-02-06T05:12:27.9108457Z");
        assert_eq!(whole_seconds(time), "2022-02-06T05:12:27Z");
        assert_eq!(with_a_space(time), "2022-02-06 05:12:27Z");
        assert_eq!(http_date(time), "Sun, 06 Feb 2022 05:12:27 GMT");
        assert_eq!(iso_duration(SignedDuration::new(14_389, 490_427_100)), "PT3H59M49.4904271S");
    }
}
