//! What the command line asks for.

/// What `cargo xtask help` prints.
pub const HELP: &str = "\
cargo xtask demo [--yes]     open the program on stand-ins: no account, no Azure app, no internet
cargo xtask run  [--yes]     open the program on the real services
cargo xtask test [--yes]     everything that CI runs
cargo xtask bench chain      time the token chain beside SPNKr's and python-xbox's
cargo xtask bench cli        time `spartan token` beside a Python script that does the same with SPNKr
cargo xtask bench desktop    weigh the program beside a bare Tauri program, in a desktop without a screen;
                             with --full ten minutes hidden, 500 renewals and 100 openings instead of a sample
cargo xtask help             these lines

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
    /// How long something takes.
    Bench(Bench, Consent),
    /// The list of commands.
    Help,
}

/// What can be measured.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Bench {
    /// The token chain.
    Chain,
    /// The command `spartan`.
    Cli,
    /// The program in a desktop.
    Desktop(Extent),
}

/// How thoroughly something is measured.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Extent {
    /// Enough to see where things stand.
    Sample,
    /// Everything, in its time.
    Full,
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
        let (words, consent) = match words.split_last() {
            Some((&"--yes", words)) => (words, Consent::Given),
            _ => (&words[..], Consent::ToAsk),
        };
        match words {
            [] | ["help" | "--help" | "-h"] => Ok(Self::Help),
            ["demo"] => Ok(Self::Demo(consent)),
            ["run"] => Ok(Self::Run(consent)),
            ["test"] => Ok(Self::Test(consent)),
            ["bench", "chain"] => Ok(Self::Bench(Bench::Chain, consent)),
            ["bench", "cli"] => Ok(Self::Bench(Bench::Cli, consent)),
            ["bench", "desktop"] => Ok(Self::Bench(Bench::Desktop(Extent::Sample), consent)),
            ["bench", "desktop", "--full"] => Ok(Self::Bench(Bench::Desktop(Extent::Full), consent)),
            ["bench"] => Err(format!("What is to be measured?\n\n{HELP}")),
            ["demo" | "run" | "test" | "bench" | "help", rest @ ..] => {
                Err(format!("`{}` is not understood here.\n\n{HELP}", rest.join(" ")))
            }
            [other, ..] => Err(format!("There is no command `{other}`.\n\n{HELP}")),
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
        assert_eq!(parse("bench chain"), Ok(Order::Bench(Bench::Chain, Consent::ToAsk)));
        assert_eq!(parse("bench cli"), Ok(Order::Bench(Bench::Cli, Consent::ToAsk)));
        assert_eq!(parse("bench chain --yes"), Ok(Order::Bench(Bench::Chain, Consent::Given)));
    }

    #[test]
    fn the_desktop_is_measured_as_a_sample_unless_all_of_it_is_asked_for() {
        let desktop = |extent, consent| Ok(Order::Bench(Bench::Desktop(extent), consent));
        assert_eq!(parse("bench desktop"), desktop(Extent::Sample, Consent::ToAsk));
        assert_eq!(parse("bench desktop --full --yes"), desktop(Extent::Full, Consent::Given));
    }

    #[test]
    fn nothing_at_all_asks_for_help() {
        assert_eq!(parse(""), Ok(Order::Help));
    }

    #[test]
    fn an_unknown_word_is_named_with_the_commands_there_are() {
        for line in
            ["paint", "demo --loud", "test --yes --yes", "bench", "bench paint", "bench chain --full", "bench paint it"]
        {
            let words = parse(line).unwrap_err();
            assert!(words.contains("cargo xtask demo"), "{words}");
        }
    }
}
