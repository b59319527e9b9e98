//! What the command line asks for.

/// What `cargo xtask help` prints.
pub const HELP: &str = "\
cargo xtask demo [--yes]   open the program on stand-ins: no account, no Azure app, no internet
cargo xtask run  [--yes]   open the program on the real services
cargo xtask test [--yes]   everything that CI runs
cargo xtask help           these lines

Missing system packages are named and installed after one question; --yes answers it.";

/// One command with its answer about installing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Order {
    /// The program on the stand-ins.
    Demo(Consent),
    /// The program on the real services.
    Run(Consent),
    /// Everything that CI runs.
    Test(Consent),
    /// The list of commands.
    Help,
}

/// Whether system packages may be installed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Consent {
    /// Ask once.
    ToAsk,
    /// Said beforehand.
    Given,
}

impl Order {
    /// Reads the words after `cargo xtask`; the error is for the person who typed them.
    pub fn parse(words: impl Iterator<Item = String>) -> Result<Self, String> {
        let words: Vec<String> = words.collect();
        let words: Vec<&str> = words.iter().map(String::as_str).collect();
        let (command, consent) = match words[..] {
            [] => return Ok(Self::Help),
            [command] => (command, Consent::ToAsk),
            [command, "--yes"] => (command, Consent::Given),
            [_, other, ..] => return Err(format!("`{other}` is not understood here.\n\n{HELP}")),
        };
        match command {
            "demo" => Ok(Self::Demo(consent)),
            "run" => Ok(Self::Run(consent)),
            "test" => Ok(Self::Test(consent)),
            "help" | "--help" | "-h" => Ok(Self::Help),
            other => Err(format!("There is no command `{other}`.\n\n{HELP}")),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(line: &str) -> Result<Order, String> {
        Order::parse(line.split_whitespace().map(str::to_owned))
    }

    #[test]
    fn installing_is_asked_for_unless_yes_was_said() {
        assert_eq!(parse("demo"), Ok(Order::Demo(Consent::ToAsk)));
        assert_eq!(parse("test --yes"), Ok(Order::Test(Consent::Given)));
    }

    #[test]
    fn nothing_at_all_asks_for_help() {
        assert_eq!(parse(""), Ok(Order::Help));
    }

    #[test]
    fn an_unknown_word_is_named_with_the_commands_there_are() {
        for line in ["paint", "demo --loud", "test --yes --yes"] {
            let words = parse(line).unwrap_err();
            assert!(words.contains("cargo xtask demo"), "{words}");
        }
    }
}
