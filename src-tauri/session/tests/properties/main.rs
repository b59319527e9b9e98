//! The properties that the fuzz targets check, in every test run: with random input, and with input that is almost
//! correct.
#![allow(
    clippy::expect_used,
    reason = "clippy exempts tests but not the properties that they share with the fuzz targets"
)]

use proptest::prelude::*;

#[path = "../../../fuzz/properties/answers.rs"]
mod answers;
#[path = "../../../fuzz/properties/lines.rs"]
mod lines;
#[path = "../../../fuzz/properties/redirect.rs"]
mod redirect;
#[path = "../../../fuzz/properties/sealed.rs"]
mod sealed;
#[path = "../../../fuzz/properties/times.rs"]
mod times;

/// Returns texts made of these pieces, in any order.
fn made_of(pieces: &'static [&'static str], at_most: usize) -> impl Strategy<Value = String> {
    prop::collection::vec(prop::sample::select(pieces), 0..at_most).prop_map(|pieces| pieces.concat())
}

const ADDRESS: &[&str] = &[
    "http://localhost",
    "https://localhost:8400/cb",
    "https://127.0.0.1",
    "https://[::1]:8400/cb",
    "localhost.",
    " ",
    "\n",
    "%20",
    "+",
    "\u{200b}",
    "&amp;",
    "https://login.live.com/oauth20_desktop.srf",
    "my-program://auth",
    "msal12345678-1234-1234-1234-123456789abc://auth",
    "right@",
    ":80",
    "/",
    "?",
    "&",
    "#",
    "%26",
    "state=right",
    "state=wrong",
    "st%61te=right",
    "code=c",
    "error=access_denied",
];

const LINES: &[&str] = &[
    "SPNKR_CLIENT_ID",
    "client_secret",
    "redirect_uri",
    "REFRESH_TOKEN",
    "12345678-1234-1234-1234-123456789abc",
    "http://localhost",
    "AzureApp(",
    ")",
    "{",
    "}",
    ":",
    "{\"refresh_token\":\"M.C535_BL2.0.U.*!$x=\"}",
    ",",
    "=",
    "\"",
    "'",
    " #",
    "// ",
    "/*",
    "*/",
    "\"\"\"",
    "[",
    "]",
    "discord",
    "os.environ",
    "M.C535_BL2.0.U.-Cn*!x$",
    "\\",
    "\n",
    "\r\n",
    "export ",
    "$env:",
    " ",
    "hush-hush-hush-01",
    "é",
    "\u{2028}",
];

const BODY: &[&str] = &[
    "{",
    "}",
    "[",
    "]",
    ":",
    ",",
    "\"Token\"",
    "\"SpartanToken\"",
    "\"access_token\"",
    "\"expires_in\"",
    "\"FlightConfigurationId\"",
    "\"NotAfter\"",
    "\"DisplayClaims\":{\"xui\":[{\"uhs\":\"1\"}]}",
    "\"XErr\"",
    "\"Redirect\"",
    "\"https://xbox.com/\"",
    "\"https://xbox.com.evil.example/\"",
    "\"error\"",
    "\"invalid_grant\"",
    "\"2026-11-21T18:00:00Z\"",
    "2148916238",
    "-2146051058",
    "1e999",
    "null",
];

/// Returns objects whose fields are correct, unusual or missing.
fn object() -> impl Strategy<Value = String> {
    let name = prop::sample::select(
        &[
            "Token",
            "SpartanToken",
            "access_token",
            "refresh_token",
            "expires_in",
            "FlightConfigurationId",
            "NotAfter",
            "IssueInstant",
            "ExpiresUtc",
            "DisplayClaims",
            "XErr",
            "Redirect",
            "error",
        ][..],
    );
    let value = prop::sample::select(
        &[
            "\"t\"",
            "\"\"",
            "7",
            "-1",
            "1e300",
            "null",
            "[]",
            "{}",
            "true",
            "2148916238",
            "\"2148916255\"",
            "\"0x8015DC09\"",
            "\"invalid_grant\"",
            "\"invalid_client\"",
            "\"2022-02-06T05:12:27.9108457Z\"",
            "{\"ISO8601Date\":\"2022-02-06T05:12:27Z\"}",
            "{\"xui\":[{\"uhs\":\"1\",\"xid\":7}]}",
            "\"https://xbox.com/\"",
            "\"https://evil.example/\"",
        ][..],
    );
    prop::collection::btree_map(name, value, 0..8).prop_map(|fields| {
        let fields: Vec<_> = fields.into_iter().map(|(name, value)| format!("\"{name}\":{value}")).collect();
        format!("{{{}}}", fields.join(","))
    })
}

fn header() -> impl Strategy<Value = String> {
    prop_oneof![
        "[ -~]{0,20}",
        any::<i64>().prop_map(|number| number.to_string()),
        Just("0x8015DC0E".to_owned()),
        Just("Sun, 06 Feb 2033 05:12:27 GMT".to_owned()),
    ]
}

/// Returns a status; the important ones are more frequent.
fn status() -> impl Strategy<Value = u16> {
    let telling = prop::sample::select(&[200_u16, 201, 302, 400, 401, 403, 408, 429, 500, 503][..]);
    prop_oneof![telling.prop_map(|status| status - 200), any::<u16>()]
}

proptest! {
    #[test]
    fn a_code_is_taken_only_at_the_redirect_with_the_state(address in prop_oneof![made_of(ADDRESS, 9), "\\PC{0,80}"]) {
        redirect::holds(&address);
    }

    #[test]
    fn what_is_found_in_pasted_text_stands_in_it(text in prop_oneof![made_of(LINES, 24), "(?s).{0,200}"]) {
        lines::holds(&text);
    }

    #[test]
    fn no_answer_is_taken_for_more_than_it_says(
        leg in any::<u8>(),
        status in status(),
        header in header(),
        body in prop_oneof![object(), made_of(BODY, 20), "(?s).{0,100}"],
    ) {
        answers::holds(leg, status, &header, body.as_bytes());
    }

    #[test]
    fn bytes_that_are_no_text_are_no_answer(leg in any::<u8>(), status in status(), body in any::<Vec<u8>>()) {
        answers::holds(leg, status, "", &body);
    }

    #[test]
    fn a_time_is_read_exactly_in_every_spelling(
        second in any::<i64>(),
        nanosecond in any::<u32>(),
        digits in any::<u8>(),
        offset in any::<i16>(),
    ) {
        times::holds_for_a_spelling(second, nanosecond, digits, offset);
    }

    #[test]
    fn what_is_no_time_gives_a_short_life(text in prop_oneof!["(?s).{0,40}", "[0-9TZ:.+-]{0,40}"]) {
        times::holds(&text);
    }
}

proptest! {
    #[test]
    fn only_what_was_sealed_opens(bytes in prop::collection::vec(any::<u8>(), 0..600)) {
        sealed::holds(&bytes);
    }

    #[test]
    fn a_sealed_file_opens_only_as_it_was_sealed(changes in prop::collection::vec(any::<u8>(), 0..12)) {
        sealed::holds_for_a_changed_file(&changes);
    }
}
