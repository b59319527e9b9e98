//! The commands that a person runs, in order, and their expected results.

/// A command and its expected result.
pub struct Call {
    /// What it proves, in a few words.
    pub headline: &'static str,
    /// The program to start.
    pub program: Program,
    /// The arguments.
    pub words: &'static [&'static str],
    /// The expected exit code.
    pub exit: i32,
    /// The expected standard output.
    pub prints: Prints,
}

/// A program to start.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Program {
    /// The command line under test.
    Spartan,
    /// Windows' own view of its registry, in which Wine stores the credentials.
    Registry,
}

/// The expected standard output.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Prints {
    /// Nothing at all.
    Nothing,
    /// A Spartan token, alone on its line.
    Token,
    /// Contains all of these.
    All(&'static [&'static str]),
    /// Contains none of these.
    None(&'static [&'static str]),
}

/// Where Wine stores what Windows stores in its credential store.
const STORE: &[&str] = &["query", r"HKCU\Software\Wine\Credential Manager", "/s"];

/// Before a sign-in.
pub const NOBODY: &[Call] = &[spartan("A token while nobody is signed in", &["token"], 3, Prints::Nothing)];

/// After a sign-in.
pub const SOMEBODY: &[Call] = &[
    Call {
        headline: "The key is in the credential store, and stays on this computer",
        program: Program::Registry,
        words: STORE,
        exit: 0,
        prints: Prints::All(&["app.spartantray.demo", "Persist    REG_DWORD    0x2"]),
    },
    spartan("A token", &["token"], 0, Prints::Token),
    spartan("The clearance", &["clearance"], 0, Prints::All(&["-"])),
    spartan("A token for Xbox", &["xsts", "--relying-party", "http://xboxlive.com"], 0, Prints::All(&["XBL3.0 x="])),
    spartan("Who is signed in", &["accounts"], 0, Prints::All(&["aCurtis X89"])),
    spartan("How things stand", &["status"], 0, Prints::All(&["aCurtis X89"])),
    spartan("The same for a program", &["status", "--json"], 0, Prints::All(&["\"schema\": 1", "aCurtis X89"])),
    spartan(
        "An environment for PowerShell",
        &["env", "--shell", "powershell"],
        0,
        Prints::All(&["$env:HALO_SPARTAN_TOKEN = 'v4="]),
    ),
    spartan(
        "A command with a token in its environment",
        &["exec", "--", "cmd", "/c", "echo %HALO_SPARTAN_TOKEN%"],
        0,
        Prints::Token,
    ),
    spartan("A command's own exit code", &["exec", "--", "cmd", "/c", "exit 7"], 7, Prints::Nothing),
    spartan("A command that is not there", &["exec", "--", "no-such-command"], 127, Prints::Nothing),
    spartan("An account that nobody knows", &["token", "--account", "Nobody"], 5, Prints::Nothing),
    spartan("A word that no command knows", &["tokens"], 2, Prints::Nothing),
];

/// Where Windows lists the programs that start at sign-in.
const AT_LOGIN: &str = r"HKCU\Software\Microsoft\Windows\CurrentVersion\Run";

/// When all accounts sign out, and the program is removed.
pub const LEAVING: &[Call] = &[
    spartan("Everybody signs out", &["sign-out", "--all"], 0, Prints::Nothing),
    spartan("A token after that", &["token"], 3, Prints::Nothing),
    Call {
        headline: "The key is gone from the credential store",
        program: Program::Registry,
        words: STORE,
        exit: 0,
        prints: Prints::None(&["app.spartantray.demo"]),
    },
    Call {
        headline: "The program starts at login",
        program: Program::Registry,
        words: &["add", AT_LOGIN, "/v", "app.spartantray.demo", "/d", "spartan-tray.exe"],
        exit: 0,
        prints: Prints::All(&[]),
    },
    spartan(
        "What would be removed",
        &["purge", "--dry-run"],
        0,
        Prints::All(&["app.spartantray.demo in HKEY_CURRENT_USER"]),
    ),
    spartan("Everything is removed", &["purge", "--yes"], 0, Prints::Nothing),
    Call {
        headline: "Nothing starts at login any more",
        program: Program::Registry,
        words: &["query", AT_LOGIN],
        exit: 0,
        prints: Prints::None(&["app.spartantray.demo"]),
    },
    spartan("Nothing is left to remove", &["purge", "--dry-run"], 0, Prints::Nothing),
];

impl Prints {
    /// Returns whether standard output is as expected.
    pub fn are(self, output: &str) -> bool {
        match self {
            Self::Nothing => output.is_empty(),
            Self::Token => is_token(output),
            Self::All(texts) => texts.iter().all(|text| output.contains(text)),
            Self::None(texts) => !texts.iter().any(|text| output.contains(text)),
        }
    }
}

/// Returns whether this is one Spartan token on one line.
pub fn is_token(output: &str) -> bool {
    let line = output.strip_suffix('\n').unwrap_or_default().trim_end_matches('\r');
    line.starts_with("v4=") && !line.contains(char::is_whitespace)
}

const fn spartan(headline: &'static str, words: &'static [&'static str], exit: i32, prints: Prints) -> Call {
    Call { headline, program: Program::Spartan, words, exit, prints }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_token_is_alone_on_one_line() {
        assert!(is_token("v4=abc\n") && is_token("v4=abc\r\n"));
        for output in ["", "v4=abc", "v4=abc def\n", "v4=a\nv4=b\n", "token\n", "\n"] {
            assert!(!is_token(output), "{output:?}");
        }
    }

    #[test]
    fn what_is_printed_is_looked_at_as_the_step_says() {
        assert!(Prints::Nothing.are("") && !Prints::Nothing.are("\n"));
        assert!(Prints::All(&["a", "b"]).are("ba") && !Prints::All(&["a", "b"]).are("a"));
        assert!(Prints::None(&["a", "b"]).are("c") && !Prints::None(&["a", "b"]).are("cb"));
    }
}
