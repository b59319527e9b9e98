//! Programs where `spartan` has no token for them: what they ask it, and that they end.

use std::process::Command;

use spartan_auth::format::Format;

use crate::{
    bed::{HOSTILE, asking},
    command::{Spartan, found},
    programs,
};

/// Runs a program whose `spartan` knows nobody; gives what it asked and how it ended.
fn asked(program: &str, name: &str, text: &str) -> (Vec<Vec<String>>, Option<i32>) {
    let spartan = Spartan::new();
    let file = spartan.file(name, text);
    let output = Command::new("env").args([&spartan.path(), program, &file]).output().unwrap();
    (spartan.asked(), output.status.code())
}

fn words(name: &str) -> Vec<Vec<String>> {
    vec![vec!["token".to_owned(), "--format=json".to_owned(), format!("--account={name}")]]
}

#[test]
fn node_asks_for_exactly_that_account() {
    if found("node").is_none() {
        return;
    }
    for name in HOSTILE {
        let (asked, status) = asked("node", "program.mjs", &asking(Format::Javascript, name));
        assert_eq!((asked, status), (words(name), Some(1)));
    }
}

#[test]
fn python_asks_for_exactly_that_account_and_ends_as_spartan_did() {
    let python = programs::python().unwrap();
    for name in ["it's \"$(x)\" `y` \\", "two\nlines", "é 😀 \u{2028}"] {
        let (asked, status) = asked(python.to_str().unwrap(), "program.py", &asking(Format::Python, name));
        assert_eq!((asked, status), (words(name), Some(3)));
    }
}
