//! How other programs read it: Python its literals, grammars C# and PowerShell, and parsers `.env` files.

use std::{
    fmt::Debug,
    io::Write as _,
    process::{Command, Stdio},
};

use proptest::{prelude::*, strategy::ValueTree as _, test_runner::TestRunner};
use secrecy::ExposeSecret;
use serde::{Serialize, de::DeserializeOwned};
use serde_json::{Value, json};
use spartan_session::format::{Format, Shell};

use crate::{
    bed::{HOSTILE, asking, holding, hostile},
    command::found,
    halo::script,
    programs,
};

/// Passes a script one line of JSON for each of these, and returns what it prints for each.
fn each<T: DeserializeOwned + Debug>(name: &str, given: &[impl Serialize]) -> Vec<T> {
    let mut python = Command::new(programs::python().unwrap())
        .arg(script(name))
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let lines: String = given.iter().map(|given| serde_json::to_string(given).unwrap() + "\n").collect();
    let mut input = python.stdin.take().unwrap();
    let write = std::thread::spawn(move || input.write_all(lines.as_bytes()).unwrap());
    let output = python.wait_with_output().unwrap();
    write.join().unwrap();
    assert!(output.status.success(), "{name} failed");
    let printed = String::from_utf8(output.stdout).unwrap();
    let read: Vec<T> = printed.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!(read.len(), given.len(), "{name} stopped");
    read
}

/// Returns the hostile texts, and as many random ones.
fn texts() -> Vec<String> {
    let mut runner = TestRunner::default();
    let random = std::iter::repeat_with(move || hostile().new_tree(&mut runner).unwrap().current());
    HOSTILE.iter().map(|text| (*text).to_owned()).chain(random.take(200)).collect()
}

/// Returns the first line of a text that starts like this.
fn line<'a>(text: &'a str, start: &str) -> &'a str {
    text.split('\n').find(|line| line.starts_with(start)).unwrap()
}

#[test]
fn python_reads_each_literal_as_what_went_in() {
    let texts = texts();
    let tokens: Vec<String> =
        texts.iter().map(|text| line(&holding(Format::PythonWithToken, text), "SPARTAN_TOKEN = ").to_owned()).collect();
    assert_eq!(each::<String>("literals.py", &tokens), texts);
    let accounts: Vec<String> =
        texts.iter().map(|text| line(&asking(Format::Python, text), "SPARTAN = ").to_owned()).collect();
    for (words, name) in each::<Vec<String>>("literals.py", &accounts).into_iter().zip(texts) {
        assert_eq!(words, ["spartan", "token", "--format=json", &format!("--account={name}")]);
    }
}

#[test]
fn csharp_and_powershell_are_written_in_those_languages_whatever_is_in_them() {
    let mut programs = Vec::new();
    for text in HOSTILE {
        programs.push(("csharp", asking(Format::Csharp, text)));
        programs.push(("csharp", holding(Format::CsharpWithToken, text)));
        programs.push(("powershell", asking(Format::CurlPowershell, text)));
        programs.push(("powershell", holding(Format::CurlPowershellWithToken, text)));
    }
    for (wrong, program) in each::<Vec<String>>("grammars.py", &programs).into_iter().zip(&programs) {
        assert!(wrong.is_empty(), "{wrong:?} in {}", program.1);
    }
    let broken = [("csharp", "var a = \"b;"), ("powershell", "$a = 'b")];
    assert!(each::<Vec<String>>("grammars.py", &broken).iter().all(|wrong| !wrong.is_empty()), "it finds mistakes");
}

#[test]
fn who_reads_env_files_reads_tokens_as_they_are() {
    let values = ["v4=eyJhbGciOi.J-_9/+==", "XBL3.0 x=7;eyJ.abc==", "a#b c"];
    let lines = Shell::Dotenv.write(&[("A", values[0].into()), ("B", values[1].into()), ("C", values[2].into())]);
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join(".env");
    std::fs::write(&file, format!("# A comment\n{}\n", lines.expose_secret())).unwrap();
    let expected = json!({ "A": values[0], "B": values[1], "C": values[2] });

    let python = Command::new(programs::python().unwrap()).arg(script("env_file.py")).arg(&file).output().unwrap();
    assert_eq!(serde_json::from_slice::<Value>(&python.stdout).unwrap(), expected);

    if found("node").is_none() {
        return;
    }
    let print = "const { A, B, C } = process.env; console.log(JSON.stringify({ A, B, C }))";
    let node = Command::new("node").arg(format!("--env-file={}", file.display())).args(["-e", print]).output().unwrap();
    if !node.status.success() {
        let _ = writeln!(std::io::stderr(), "Not run with Node, which knows no --env-file here.");
        return;
    }
    assert_eq!(serde_json::from_slice::<Value>(&node.stdout).unwrap(), expected);
}
