//! Lines for shells, sourced in those shells.

use std::{fs, process::Command};

use proptest::prelude::*;
use secrecy::{ExposeSecret, SecretString};
use spartan_session::format::{Format, Shell};

use crate::bed::{HOSTILE, asking, holding, hostile};

const SHELLS: [&str; 2] = ["sh", "bash"];

/// Returns what a shell prints after running this, split at each NUL.
fn printed(shell: &str, script: &str) -> Vec<String> {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("script");
    fs::write(&file, script).unwrap();
    let output = Command::new(shell).arg(&file).output().unwrap_or_else(|error| panic!("{shell}: {error}"));
    assert!(output.stderr.is_empty(), "{shell}: {}\n{script}", String::from_utf8_lossy(&output.stderr));
    let text = String::from_utf8(output.stdout).unwrap();
    text.split_terminator('\0').map(str::to_owned).collect()
}

/// Returns the values of the variables `V0`, `V1`… after a shell has read these lines.
fn sourced(shell: &str, lines: &str, count: usize) -> Vec<String> {
    let names: Vec<String> = (0..count).map(|at| format!("\"$V{at}\"")).collect();
    printed(shell, &format!("{lines}\nprintf '%s\\0' {}\n", names.join(" ")))
}

fn variables(values: &[&str]) -> Vec<(&'static str, SecretString)> {
    const NAMES: [&str; 5] = ["V0", "V1", "V2", "V3", "V4"];
    NAMES.into_iter().zip(values.iter().map(|value| SecretString::from(*value))).collect()
}

fn assert_sourced(values: &[&str]) {
    for form in [Shell::Dotenv, Shell::Posix] {
        let lines = form.write(&variables(values));
        for shell in SHELLS {
            assert_eq!(sourced(shell, lines.expose_secret(), values.len()), values, "{form:?} in {shell}");
        }
    }
}

/// Returns the arguments of each call of `spartan` by a program that gets nothing from it.
fn asked(shell: &str, program: &str) -> Vec<String> {
    let spartan = "spartan() { printf '%s\\0' \"$@\" >&3; return 3; }\ncurl() { printf 'curl\\0' >&3; }\nexec 3>&1\n";
    printed(shell, &format!("{spartan}{program}\n"))
}

#[test]
fn hostile_values_are_sourced_as_they_are() {
    for values in HOSTILE.chunks(5) {
        assert_sourced(values);
    }
}

#[test]
fn what_is_exported_reaches_programs_and_what_is_no_export_does_not() {
    let reached = |form: Shell| {
        let lines = form.write(&variables(&["it's"]));
        printed("sh", &format!("{}\nsh -c 'printf \"%s\\0\" \"$V0\"'\n", lines.expose_secret()))
    };
    assert_eq!(reached(Shell::Posix), ["it's"]);
    assert_eq!(reached(Shell::Dotenv), [""]);
}

#[test]
fn a_program_asks_for_exactly_that_account_and_where_it_gets_no_token_goes_no_further() {
    for name in HOSTILE {
        for shell in SHELLS {
            let words = asked(shell, &asking(Format::Curl, name));
            assert_eq!(words, ["token", "--format=header", &format!("--account={name}")], "{shell}");
        }
    }
}

#[test]
fn a_program_that_is_sourced_and_gets_no_token_leaves_its_shell_running() {
    for shell in SHELLS {
        let spartan = "spartan() { return 3; }\ncurl() { printf 'curl\\0'; }\n";
        let program = asking(Format::Curl, "Nadia");
        assert_eq!(printed(shell, &format!("{spartan}{program}\nprintf '%s\\0' \"$?\"\n")), ["3"], "{shell}");
    }
}

#[test]
fn a_shell_that_traces_shows_no_token_of_a_program_that_asks() {
    for shell in SHELLS {
        let spartan = "spartan() { echo v4=traced; }\ncurl() { cat; }\n";
        let script = format!("{spartan}set -x\n{}\n", asking(Format::Curl, "Nadia"));
        let traced = Command::new(shell).args(["-c", &script]).output().unwrap();
        let trace = String::from_utf8(traced.stderr).unwrap();
        assert!(traced.stdout.starts_with(b"v4=traced") && !trace.contains("v4="), "{shell}: {trace}");
    }
}

#[test]
fn tokens_go_to_curl_in_lines_and_never_as_its_words() {
    let curl = "curl() { printf '%s\\0' \"$*\"; cat; }\n";
    for shell in SHELLS {
        let told = printed(shell, &format!("{curl}{}\n", holding(Format::CurlWithToken, "it's $(x)"))).join("\n");
        let (words, lines) = told.split_once('\n').unwrap();
        assert!(words.contains("--header @-") && !words.contains("it's"), "{words}");
        assert_eq!(lines, "x-343-authorization-spartan: it's $(x)\n343-clearance: clear-1\n");
    }
}

proptest! {
    // Each case starts four shells.
    #![proptest_config(ProptestConfig::with_cases(40))]

    #[test]
    fn any_value_is_sourced_as_it_is(values in prop::collection::vec(hostile(), 1..5)) {
        assert_sourced(&values.iter().map(String::as_str).collect::<Vec<_>>());
    }

    #[test]
    fn any_account_is_one_word(name in hostile()) {
        let words = asked("bash", &asking(Format::Curl, &name));
        prop_assert_eq!(&words[2..], [format!("--account={name}")]);
    }
}
