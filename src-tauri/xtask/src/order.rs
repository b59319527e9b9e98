//! The command line of `cargo xtask`.

mod bundle;

pub use bundle::{AppImage, Bundle};

/// The output of `cargo xtask help`.
pub const HELP: &str = "\
cargo xtask demo [--yes]     open the program on stand-ins: no account, no Azure app, no internet
cargo xtask run  [--yes]     open the program on the real services
cargo xtask test [--yes]     what CI runs on Linux
cargo xtask bench chain      time the token chain beside SPNKr's and python-xbox's
cargo xtask bench cli        time `spartan token` beside a Python script that does the same with SPNKr
cargo xtask bench desktop    weigh the program beside a bare Tauri program, in a desktop without a screen;
                             with --full ten minutes hidden, 500 renewals and 100 openings instead of a sample
cargo xtask bundle           everything that a release consists of, in `packages` beside the builds;
                             --appimage fetches what an AppImage takes, --target TRIPLE builds for another processor,
                             --config FILE has further settings for Tauri's bundler
cargo xtask bundle --twice   make it in two places, and compare byte by byte
cargo xtask bundle --check   install it in a fresh Debian 12, use it there, and remove it
cargo xtask wheel            the command line as a wheel for Python's pip; further words go to maturin
cargo xtask wheel --check    a quick one, installed where nothing else is, and run
cargo xtask screenshots      the pictures of the documents, made anew
cargo xtask windows          build both programs for Windows, and try them under Wine: in a Debian of its own, which
                             is made in the person's cache folder; half an hour and 8 GB the first time
cargo xtask macos            check the workspace for macOS, in the same
cargo xtask help             these lines

Missing system packages are named and installed after one question; --yes answers it.";

/// A command, with its answer about installing packages.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Order {
    /// Runs the program with the mock services.
    Demo(Consent),
    /// Runs the program with the real services.
    Run(Consent),
    /// Runs what CI runs on Linux.
    Test(Consent),
    /// Measures durations.
    Bench(Bench, Consent),
    /// Creates the packages of a release.
    Bundle(Bundle, Consent),
    /// Creates the packages twice.
    BundleTwice(Consent),
    /// Creates and tests the packages.
    TryBundle(Consent),
    /// Builds the command line program as a wheel.
    Wheel(Wheel, Consent),
    /// Creates the screenshots for the documents.
    Screenshots(Consent),
    /// Builds and tests for Windows, from Linux.
    Windows(Consent),
    /// Checks for macOS, from Linux.
    Macos(Consent),
    /// Prints the list of commands.
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

/// The extent of a measurement.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Extent {
    /// Enough for a rough result.
    Sample,
    /// Everything, however long it takes.
    Full,
}

/// The purpose of a wheel.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Wheel {
    /// To publish, with further options for maturin.
    Release(Vec<String>),
    /// To install and run.
    Check,
}

/// Whether system packages may be installed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Consent {
    /// Ask once.
    ToAsk,
    /// Given in advance.
    Given,
}

impl Order {
    /// Parses the arguments of `cargo xtask`; the error is for the person who typed them.
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
            ["windows"] => Ok(Self::Windows(consent)),
            ["macos"] => Ok(Self::Macos(consent)),
            ["bundle", "--twice"] => Ok(Self::BundleTwice(consent)),
            ["bundle", "--check"] => Ok(Self::TryBundle(consent)),
            ["bundle", rest @ ..] => match Bundle::parse(rest) {
                Some(wanted) => Ok(Self::Bundle(wanted, consent)),
                None => Err(not_understood(rest)),
            },
            ["wheel", "--check"] => Ok(Self::Wheel(Wheel::Check, consent)),
            ["wheel", rest @ ..] => {
                Ok(Self::Wheel(Wheel::Release(rest.iter().copied().map(str::to_owned).collect()), consent))
            }
            ["screenshots"] => Ok(Self::Screenshots(consent)),
            ["bench"] => Err(format!("What is to be measured?\n\n{HELP}")),
            ["demo" | "run" | "test" | "bench" | "screenshots" | "windows" | "macos" | "help", rest @ ..] => {
                Err(not_understood(rest))
            }
            [other, ..] => Err(format!("There is no command `{other}`.\n\n{HELP}")),
        }
    }
}

fn not_understood(words: &[&str]) -> String {
    format!("`{}` is not understood here.\n\n{HELP}", words.join(" "))
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
        assert_eq!(parse("windows"), Ok(Order::Windows(Consent::ToAsk)));
        assert_eq!(parse("macos --yes"), Ok(Order::Macos(Consent::Given)));
    }

    #[test]
    fn the_desktop_is_measured_as_a_sample_unless_all_of_it_is_asked_for() {
        let desktop = |extent, consent| Ok(Order::Bench(Bench::Desktop(extent), consent));
        assert_eq!(parse("bench desktop"), desktop(Extent::Sample, Consent::ToAsk));
        assert_eq!(parse("bench desktop --full --yes"), desktop(Extent::Full, Consent::Given));
    }

    #[test]
    fn a_bundle_is_tried_only_where_that_is_asked_for() {
        assert_eq!(parse("bundle"), Ok(Order::Bundle(Bundle::default(), Consent::ToAsk)));
        assert_eq!(parse("bundle --check --yes"), Ok(Order::TryBundle(Consent::Given)));
        assert_eq!(parse("bundle --twice"), Ok(Order::BundleTwice(Consent::ToAsk)));
        assert_eq!(parse("wheel --check"), Ok(Order::Wheel(Wheel::Check, Consent::ToAsk)));
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
