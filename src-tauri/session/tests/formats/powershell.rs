//! PowerShell's rules for single quotes, applied strictly. No Debian package contains the shell itself: these rules are
//! from its tokenizer, which accepts five characters as a single quote, and two in a row as the second of them.

use proptest::prelude::*;
use secrecy::{ExposeSecret, SecretString};
use spartan_session::format::{Format, Shell};

use crate::bed::{HOSTILE, asking, holding, hostile};

/// Parses one literal at the start of a text. Returns it and the rest. Panics if the text starts with anything else.
fn literal(text: &str) -> (String, &str) {
    let is_quote = |c: char| matches!(c, '\'' | '\u{2018}' | '\u{2019}' | '\u{201a}' | '\u{201b}');
    let mut rest = text.strip_prefix('\'').unwrap_or_else(|| panic!("no literal: {text}")).chars();
    let mut read = String::new();
    loop {
        let c = rest.next().unwrap_or_else(|| panic!("a literal without an end: {text}"));
        if !is_quote(c) {
            read.push(c);
            continue;
        }
        match rest.clone().next().filter(|next| is_quote(*next)) {
            Some(second) => {
                rest.next();
                read.push(second);
            }
            None => return (read, rest.as_str()),
        }
    }
}

/// Returns what follows this text.
fn behind<'a>(text: &'a str, words: &str) -> &'a str {
    text.split_once(words).unwrap_or_else(|| panic!("no {words} in {text}")).1
}

proptest! {
    #[test]
    fn a_variable_is_set_to_exactly_its_value(values in prop::collection::vec(hostile(), 2)) {
        let variables = [("A", values[0].as_str().into()), ("B", SecretString::from(values[1].as_str()))];
        let lines = Shell::Powershell.write(&variables);
        let (a, rest) = literal(behind(lines.expose_secret(), "$env:A = "));
        let (b, rest) = literal(rest.strip_prefix("\n$env:B = ").unwrap());
        prop_assert_eq!([a, b], [&*values[0], &*values[1]]);
        prop_assert_eq!(rest, "");
    }

    #[test]
    fn a_token_inside_is_one_literal(token in hostile()) {
        let text = holding(Format::CurlPowershellWithToken, &token);
        let (read, rest) = literal(behind(&text, "$token = "));
        prop_assert_eq!(read, token);
        prop_assert!(rest.starts_with("\n  $clearance = 'clear-1'\n"), "{}", rest);
    }
}

#[test]
fn an_account_is_one_word_and_where_no_powershell_hands_it_on_its_xuid() {
    for name in HOSTILE {
        let text = asking(Format::CurlPowershell, name);
        let (word, rest) = literal(behind(&text, "$told = spartan token '--format=json' "));
        let is_handed_on = name.chars().all(|c| (' '..='~').contains(&c) && c != '"') && !name.ends_with('\\');
        let account = if is_handed_on { name } else { "2533274855333605" };
        assert_eq!(word, format!("--account={account}"));
        assert!(rest.starts_with("\n  if (-not $told)"), "{rest}");
    }
}
