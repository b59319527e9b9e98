//! Ways in which people write one sign-in: each is used without a question. `ways.txt` has them, each below `%% token`, or `%% app` if
//! it has no refresh token.

use crate::{CONFIDENTIAL, CONFIDENTIAL_LIVE, SECRET, read, sent};

#[test]
fn one_sign_in_is_used_unasked_however_it_is_written() {
    let ways = include_str!("ways.txt");
    let blanks = [("{NBSP}", "\u{a0}"), ("{ZWSP}", "\u{200b}"), ("{TAB}", "\t")];
    let ways = blanks.into_iter().fold(ways.to_owned(), |text, (name, blank)| text.replace(name, blank));
    for (kind, text) in ways.split("%% ").filter_map(|way| way.split_once('\n')) {
        let token = (kind == "token").then_some(CONFIDENTIAL_LIVE);
        for text in [text.to_owned(), text.replace('\n', "\r\n")] {
            let brought = read(&text, None).unwrap_or_else(|error| panic!("{error}\n{text}"));
            assert_eq!(sent(&brought), (CONFIDENTIAL.into(), Some(SECRET), token), "{text}");
        }
    }
}

#[test]
fn a_table_of_several_people_is_asked_about() {
    for rows in ["| {LIVE} |\n| {DEAD} |\n", "| {LIVE} |\n\n| {DEAD} |\n"] {
        crate::is_asked(&format!("CLIENT_ID={{CLIENT}}\n\n| Refresh token |\n|---|\n{rows}"), None);
    }
    crate::is_asked("CLIENT_ID={CLIENT}\n\n| Who | Refresh token |\n|---|---|\n| bob | {LIVE} |\n", None);
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
