//! Texts in one file: `ways.txt` has ways in which people write one sign-in, and each is used without a question; in `doubts.txt`,
//! something is another person's, another service's, or not a value.

use crate::{CLIENT, CONFIDENTIAL, CONFIDENTIAL_LIVE, DEAD, LIVE, SECRET, is_asked, read, sent};

/// Returns the texts with what's expected of each, which stands behind `%%`.
fn texts(file: &str) -> Vec<(String, String)> {
    let blanks = [("{NBSP}", "\u{a0}"), ("{ZWSP}", "\u{200b}"), ("{TAB}", "\t")];
    let file = blanks.into_iter().fold(file.to_owned(), |text, (name, blank)| text.replace(name, blank));
    let texts = file.split("%% ").filter_map(|text| text.split_once('\n'));
    texts.map(|(expected, text)| (expected.to_owned(), text.to_owned())).collect()
}

#[test]
fn one_sign_in_is_used_unasked_however_it_is_written() {
    for (expected, text) in texts(include_str!("ways.txt")) {
        let expected = match expected.as_str() {
            "public" => (CLIENT.into(), None, Some(LIVE)),
            "app" => (CONFIDENTIAL.into(), Some(SECRET), None),
            "token" => (CONFIDENTIAL.into(), Some(SECRET), Some(CONFIDENTIAL_LIVE)),
            other => panic!("{other}"),
        };
        for text in [text.clone(), text.replace('\n', "\r\n")] {
            let brought = read(&text, None).unwrap_or_else(|error| panic!("{error}\n{text}"));
            assert_eq!(sent(&brought), expected, "{text}");
        }
    }
}

#[test]
fn what_is_in_doubt_is_not_sent() {
    for (expected, text) in texts(include_str!("doubts.txt")) {
        let read = read(&text, None);
        let (_, secret, token) = read.as_ref().map(sent).unwrap_or_default();
        match expected.as_str() {
            "asked" => is_asked(&text, None),
            "no token" => assert_eq!(token, None, "{text}"),
            "no secret" => assert_eq!(secret, None, "{text}"),
            "not dead" => assert_ne!(token, Some(DEAD), "{text}"),
            other => panic!("{other}"),
        }
    }
}

#[test]
fn a_table_of_several_people_is_asked_about() {
    for rows in ["| {LIVE} |\n| {DEAD} |\n", "| {LIVE} |\n\n| {DEAD} |\n"] {
        is_asked(&format!("CLIENT_ID={{CLIENT}}\n\n| Refresh token |\n|---|\n{rows}"), None);
    }
    is_asked("CLIENT_ID={CLIENT}\n\n| Who | Refresh token |\n|---|---|\n| bob | {LIVE} |\n", None);
}

#[test]
fn a_secret_without_a_full_name_counts_only_in_microsofts_shape() {
    crate::is_public("CLIENT_ID={CLIENT}\nSECRET=d1sc0rd-hush-hush-01\nREFRESH_TOKEN={LIVE}\n", None);
    crate::is_public("CLIENT_ID={CLIENT}\nDISCORD_SECRET={SECRET}\nREFRESH_TOKEN={LIVE}\n", None);
    crate::is_public("{\"client_id\": \"{CLIENT}\", \"secret\": \"{SECRET}\", \"refresh_token\": \"{LIVE}\"}", None);
}

#[test]
fn a_call_that_reads_a_variable_has_a_default_and_no_value() {
    for call in ["os.getenv", "os.environ.get", "getenv", "config.get", "env.str"] {
        let text = format!("CLIENT_ID = \"{{CLIENT}}\"\nREFRESH_TOKEN = {call}(\"REFRESH_TOKEN\", \"{{LIVE}}\")\n");
        assert!(read(&text, None).map_or(true, |brought| brought.refresh.is_none()), "{text}");
    }
}
