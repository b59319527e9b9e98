//! What an expression is made of isn't a value: parts of strings, defaults, and names that get another value later.

use crate::{is_public, read, sent};

const APP: &str = "CLIENT_ID = \"{CLIENT}\"\n";
/// The two halves of a token; the first one looks like a token itself.
const HALVES: [(&str, &str); 2] = [("{A}", "M.C535_BL2.0.U.-CqL3v0*live!"), ("{B}", "aB7cD9eF1gH2iJ4kL6mN8oP0qR$")];

fn has_no_token(code: &str) {
    let code = HALVES.iter().fold(code.to_owned(), |code, (name, half)| code.replace(name, half));
    for text in [format!("{APP}{code}\n"), format!("{APP}{code}\n").replace('\n', "\r\n")] {
        let brought = read(&text, None).unwrap_or_else(|error| panic!("{error}\n{text}"));
        assert_eq!(sent(&brought).2, None, "{text}");
    }
}

#[test]
fn half_of_a_joined_token_is_none() {
    for code in [
        "refresh_token=\"{A}\" \\\n\"{B}\"",
        "refresh_token=\"{A}\"\\\n\"{B}\"",
        "SPNKR_REFRESH_TOKEN={A}\\\n{B}",
        "SPNKR_REFRESH_TOKEN={A} \\\n    {B}",
        "REFRESH_TOKEN={A}\n{B}",
        "REFRESH_TOKEN={A} {B}",
        "{A}\n{B}",
        "REFRESH_TOKEN = x ||{LIVE}|| y",
        "$env:REFRESH_TOKEN = \"{A}\" + `\n  \"{B}\"",
        "$env:REFRESH_TOKEN = \"{A}\" `\n  + \"{B}\"",
        "refreshToken = \"{A}\" & _\n  \"{B}\"",
        "refreshToken = \"{A}\" _\n  & \"{B}\"",
        "refresh_token: {A}\n  {B}",
        "refresh_token: >-\n  {A}\n  {B}",
        "refresh_token = (\n    \"{A}\"  # one\n    # two\n    \"{B}\"\n)",
        "const char *refresh_token = \"{A}\"\n    \"{B}\";",
        "const char *refresh_token =\n    \"{A}\"\n    \"{B}\";",
        "const refreshToken = `{A}${b}`;",
        "data = {\"refresh_token\": \"{A}\"\n  \"{B}\"}",
        "f(refresh_token=\"{A}\"\n  \"{B}\")",
        "refresh_token = [\"{A}\", \"{B}\"].join(\"\")",
        "refresh_token = \"{A}\"\"{B}\"",
        "refresh_token = '{A}'\"{B}\"",
        "refresh_token={A}\"{B}\"",
        "refresh_token={A}'{B}'",
        "refresh_token=\"{A}\"{B}",
        "REFRESH_TOKEN={A}`tail`",
        "TAIL={B}\nREFRESH_TOKEN={A}$TAIL",
        "refresh_token = [\"{A}\", tail].join(\"\")",
    ] {
        has_no_token(code);
    }
    for operator in ["+", ".", "..", "<>", "~", "++", "||", "&", "-"] {
        has_no_token(&format!("refresh_token = \"{{A}}\" {operator} \"{{B}}\""));
        if operator != "-" {
            has_no_token(&format!("refresh_token = \"{{A}}\"\n  {operator} \"{{B}}\""));
            has_no_token(&format!("refresh_token = x {operator}\n  \"{{A}}\""));
        }
    }
}

#[test]
fn a_default_a_condition_and_a_call_are_no_values() {
    for operator in ["??=", "||=", "&&=", "?=", "+=", ".=", "|="] {
        has_no_token(&format!("refresh_token {operator} \"{{LIVE}}\""));
        has_no_token(&format!("REFRESH_TOKEN {operator} {{LIVE}}"));
    }
    for expression in [
        "\"{LIVE}\" if x else y",
        "\"{LIVE}\"\n  if x else y",
        "x ? \"{LIVE}\" : \"{DEAD}\"",
        "x\n  ? \"{LIVE}\"\n  : \"{DEAD}\"",
        "y or \"{LIVE}\"",
        "\"{LIVE}\" or y",
        "\"{LIVE}\" and y",
        "\"{LIVE}\" && y",
        "\"{LIVE}\" in y",
        "\"{LIVE}\" > y",
        "\"{LIVE}\" unless y",
        "\"{LIVE}\" rescue y",
        "\"{LIVE}\" -replace \"a\", \"b\"",
        "\"{LIVE}\" -f y",
        "\"{LIVE}\" |> f",
        "\"{LIVE}\" % y",
        "\"{LIVE}\".format(y)",
        "\"{LIVE}\"\n  .strip()",
        "\"{LIVE}\"[0:5]",
        "[\"{LIVE}\"][1]",
        "[\"{LIVE}\"] + y",
        "match x { 1 => \"{DEAD}\", _ => \"{LIVE}\" }",
        "x || [\"a\", \"{LIVE}\"]",
        "f\"{LIVE}{x}\"",
        "!\"{LIVE}\"",
        "not \"{LIVE}\"",
        "<string>\"{LIVE}\"",
        "{{ \"{LIVE}\" | decode }}",
    ] {
        // Python's condition on a line of its own is in parentheses.
        if !expression.contains("\n  if") {
            has_no_token(&format!("refresh_token = {expression}"));
        }
        has_no_token(&format!("refresh_token = ({expression})"));
    }
    for code in [": ${REFRESH_TOKEN:={LIVE}}", "x ||= \"{LIVE}\"", "return x ? y : \"{LIVE}\""] {
        has_no_token(code);
    }
}

#[test]
fn a_name_that_is_emptied_removed_or_extended_later_has_no_value() {
    for (code, later) in [
        ("refresh_token = \"{LIVE}\"", "refresh_token = None"),
        ("refresh_token = \"{LIVE}\"", "refresh_token = \"\""),
        ("refresh_token = \"{LIVE}\"", "refresh_token = null;"),
        ("refresh_token = \"{LIVE}\"", "refresh_token += \"x\""),
        ("refresh_token=\"{LIVE}\"", "refresh_token+=x"),
        ("refresh_token=\"{LIVE}\"", "refresh_token.=\"x\""),
        ("refresh_token = \"{LIVE}\"", "del refresh_token"),
        ("REFRESH_TOKEN={LIVE}", "REFRESH_TOKEN="),
        ("REFRESH_TOKEN={LIVE}", "REFRESH_TOKEN=\"\""),
        ("REFRESH_TOKEN={LIVE}", "export REFRESH_TOKEN="),
        ("REFRESH_TOKEN={LIVE}", "unset REFRESH_TOKEN"),
        ("set REFRESH_TOKEN={LIVE}", "set REFRESH_TOKEN="),
        ("$env:REFRESH_TOKEN = \"{LIVE}\"", "$env:REFRESH_TOKEN = $null"),
        ("process.env.REFRESH_TOKEN = \"{LIVE}\";", "delete process.env.REFRESH_TOKEN;"),
        ("os.environ[\"REFRESH_TOKEN\"] = \"{LIVE}\"", "os.environ.pop(\"REFRESH_TOKEN\")"),
        ("refresh_token = \"{LIVE}\"", "refresh_token = refresh_token + \"x\""),
        ("REFRESH_TOKEN=\"{LIVE}\"", "REFRESH_TOKEN=\"$REFRESH_TOKEN$TAIL\""),
    ] {
        has_no_token(&format!("{code}\n{later}"));
        is_public(&format!("{APP}{later}\n{code}\n"), None);
    }
    has_no_token("refresh_token = \"{LIVE}\"; refresh_token = None");
    has_no_token("$env:REFRESH_TOKEN = \"{LIVE}\"\nRemove-Item Env:REFRESH_TOKEN");
    for elsewhere in [
        "SPNKR_REFRESH_TOKEN=",
        "REFRESH_TOKEN =",
        "    REFRESH_TOKEN=",
        "[other]\nREFRESH_TOKEN=",
        "unset SPNKR_REFRESH_TOKEN",
        "if REFRESH_TOKEN != \"\": pass",
        "if REFRESH_TOKEN == None: pass",
        "def f(REFRESH_TOKEN=None): pass",
    ] {
        is_public(&format!("{APP}REFRESH_TOKEN={{LIVE}}\n{elsewhere}\n"), None);
    }
}

#[test]
fn a_value_with_something_beside_it_that_changes_nothing_is_used() {
    for code in [
        "let refreshToken = \"{LIVE}\" as string;",
        "let refreshToken = \"{LIVE}\"!;",
        "refresh_token = (\"{LIVE}\")",
        "refresh_token = (\n    \"{LIVE}\"\n)",
        "refresh_token: >-\n  {LIVE}",
        "export REFRESH_TOKEN=\"{LIVE}\" && python bot.py",
        "REFRESH_TOKEN={LIVE} \\\n  python bot.py",
        "docker run -e REFRESH_TOKEN=\"{LIVE}\" \\\n  \"image\"",
        "docker run -e REFRESH_TOKEN={LIVE} \\\n  ghcr.io/me/halo2infinite",
        "refresh_token = \"{LIVE}\"\n\nif refresh_token:\n    run()",
        "refresh_token = \"{LIVE}\"\n\"client.json\": x",
        "The refresh token is \"{LIVE}\". Thanks!",
        "refresh_token = \"{LIVE}\" # or \"{DEAD}\"",
        "refresh_token = \"{LIVE}\"\nrefresh_token = refresh_token.strip()",
        "REFRESH_TOKEN={LIVE}\nexport REFRESH_TOKEN=\"$REFRESH_TOKEN\"",
        "REFRESH_TOKEN={LIVE}\n2533274812345678",
    ] {
        is_public(&format!("{APP}{code}\n"), None);
    }
}

#[test]
fn a_long_line_of_names_without_values_is_read_in_pieces() {
    for piece in ["setx CLIENT_ID ", "refresh token ", "refresh_token(", "refresh_token += ", "unset REFRESH_TOKEN "] {
        let line = piece.repeat(20_000 / piece.len());
        assert!(read(&line, None).is_err(), "{piece}");
        is_public(&format!("{line}\nCLIENT_ID={{CLIENT}}\nREFRESH_TOKEN={{LIVE}}\n"), None);
    }
}

#[test]
fn names_and_values_of_more_languages_and_on_one_line_are_read() {
    for text in [
        "My client ID is {CLIENT} and my refresh token is {LIVE}",
        "My client ID is {CLIENT}. My refresh token is {LIVE}.",
        "{\"cells\": [{\"cell_type\": \"code\", \"source\": [\n    \"client_id = \\\"{CLIENT}\\\"\\n\",\n    \"refresh_token = \\\"{LIVE}\\\"\"\n]}]}",
        "{\"ENV\": \"{\\\"client_id\\\": \\\"{CLIENT}\\\", \\\"refresh_token\\\": \\\"{LIVE}\\\"}\"}",
        "CLIENT_ID=||{CLIENT}||\nREFRESH_TOKEN=||{LIVE}||",
        "CLIENT_ID={CLIENT}\n||REFRESH_TOKEN={LIVE}||",
        "client_id={CLIENT}&refresh_token=M.C535_BL2.0.U.-CqL3v0%2Alive%21aB7cD9eF1gH2iJ4kL6mN8oP0qR%24",
        "client_id <- \"{CLIENT}\"\nrefresh_token <- \"{LIVE}\"",
        "Dim client_id As String = \"{CLIENT}\"\nDim refresh_token As String = \"{LIVE}\"",
        "var clientID string = \"{CLIENT}\"\nvar refreshToken string = \"{LIVE}\"",
    ] {
        is_public(text, None);
    }
}
