//! Programs whose `spartan` has no token: what they request from it, and that their process keeps running.

use std::process::{Command, Output};

use spartan_session::format::{Format, Group};

use crate::{
    bed::{HOSTILE, asking, without_example},
    command::{Spartan, found},
    programs,
};

/// The error message of `spartan`, and its exit code.
const REFUSED: &str = "spartan: Nobody is signed in. (exit code 3)\n";

const CAUGHT_IN_PYTHON: &str = "
async def caught():
    async with ClientSession() as session:
        try:
            await Halo(session).call(None)
        except RuntimeError as error:
            print(error)

asyncio.run(caught())
";

const CAUGHT_IN_JAVASCRIPT: &str = "
await halo(\"https://profile.svc.halowaypoint.com/users/me\").catch((error) => {
  console.log(`${error.stderr.trim()} (exit code ${error.code})`);
});
";

/// Runs a program while nobody is signed in to its `spartan`. Returns the arguments of each call and the output.
fn asked(program: &str, name: &str, text: &str) -> (Vec<Vec<String>>, Output) {
    let spartan = Spartan::new();
    let file = spartan.file(name, text);
    let output = Command::new("env").args([&spartan.path(), program, &file]).output().unwrap();
    (spartan.asked(), output)
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
        let (asked, ended) = asked("node", "program.mjs", &asking(Format::Javascript, name));
        assert_eq!((asked, ended.status.code()), (words(name), Some(1)));
    }
}

#[test]
fn python_asks_for_exactly_that_account() {
    let python = programs::python().unwrap();
    for name in ["it's \"$(x)\" `y` \\", "two\nlines", "é 😀 \u{2028}"] {
        let (asked, ended) = asked(python.to_str().unwrap(), "program.py", &asking(Format::Python, name));
        assert_eq!((asked, ended.status.code()), (words(name), Some(1)));
    }
}

#[test]
fn without_a_token_the_caller_catches_an_error_that_says_why() {
    let python = programs::python().unwrap();
    let program = without_example(Format::Python, CAUGHT_IN_PYTHON);
    let (_, ended) = asked(python.to_str().unwrap(), "program.py", &program);
    assert_eq!((ended.status.code(), String::from_utf8(ended.stdout).unwrap().as_str()), (Some(0), REFUSED));
    if found("node").is_none() {
        return;
    }
    let (_, ended) = asked("node", "program.mjs", &without_example(Format::Javascript, CAUGHT_IN_JAVASCRIPT));
    assert_eq!((ended.status.code(), String::from_utf8(ended.stdout).unwrap().as_str()), (Some(0), REFUSED));
}

/// What ends a process in one of the languages. In a subshell, `exit` ends only the subshell, as the shells' tests
/// show.
const ENDINGS: [&str; 8] =
    ["SystemExit", "sys.exit", "os._exit", "quit(", "process.exit(", "process.abort(", "Environment.", "[Environment]"];

#[test]
fn no_program_ends_the_process_that_it_lives_in() {
    for format in Format::ALL.into_iter().filter(|format| matches!(format.group(), Group::Asking | Group::Holding)) {
        let program = asking(format, "Nadia");
        let found = ENDINGS.into_iter().find(|ending| program.contains(ending));
        assert_eq!(found, None, "{format}");
    }
}
