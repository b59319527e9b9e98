//! Literals of JavaScript and C#, whose escapes are a subset of JSON's: parsed as JSON, they are the original text.

use proptest::prelude::*;
use spartan_session::format::Format;

use crate::bed::{asking, holding, hostile};

/// Returns the `spartan` arguments in a program's text, which are between these two marks.
fn words(text: &str, open: &str, close: &str) -> Vec<String> {
    let line = text.split_once(open).unwrap().1.split('\n').next().unwrap();
    let (inner, _) = line.rsplit_once(close).unwrap();
    serde_json::from_str(&format!("[{inner}]")).unwrap_or_else(|error| panic!("{error}: {inner}"))
}

/// Returns the literal after this text.
fn literal(text: &str, before: &str) -> String {
    let line = text.split_once(before).unwrap().1.split('\n').next().unwrap();
    serde_json::from_str(line.trim_end_matches(';')).unwrap_or_else(|error| panic!("{error}: {line}"))
}

proptest! {
    #[test]
    fn an_account_is_one_word_of_a_javascript_and_a_csharp_program(name in hostile()) {
        let account = format!("--account={name}");
        let javascript = asking(Format::Javascript, &name);
        prop_assert_eq!(words(&javascript, "const SPARTAN = [", "];"), ["token", "--format=json", &account]);
        let csharp = asking(Format::Csharp, &name);
        prop_assert_eq!(words(&csharp, "string[] Spartan = { ", " };"), ["token", "--format=json", &account]);
    }

    #[test]
    fn a_token_is_one_literal_of_a_javascript_and_a_csharp_program(token in hostile()) {
        let javascript = holding(Format::JavascriptWithToken, &token);
        prop_assert_eq!(literal(&javascript, "const SPARTAN_TOKEN = "), token.as_str());
        let csharp = holding(Format::CsharpWithToken, &token);
        prop_assert_eq!(literal(&csharp, "var spartanToken = "), token.as_str());
    }

    #[test]
    fn json_is_read_as_what_went_in(token in hostile()) {
        let object: serde_json::Value = serde_json::from_str(&holding(Format::Json, &token)).unwrap();
        prop_assert_eq!(object["spartan_token"].as_str(), Some(token.as_str()));
    }
}
