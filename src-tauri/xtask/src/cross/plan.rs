//! The cargo commands in the folder's Debian, as data.

/// A call of cargo.
#[derive(Clone, Copy)]
pub struct Step {
    /// What it proves, in a few words.
    pub headline: &'static str,
    /// Cargo's command.
    command: &'static str,
    /// The target system and the packages.
    selection: &'static str,
    /// The remaining arguments.
    rest: &'static str,
}

/// Nothing is downloaded, and the standard library is built from source, because Debian packages it only for Linux.
const EVERYWHERE: &str = "--locked --offline -Zbuild-std=std,panic_unwind";

/// The same packages in each step, so that their dependencies have the features of all and are built once.
const FOR_WINDOWS: &str = "--target x86_64-pc-windows-gnu -p spartan-tray -p spartan-cli -p spartan-auth -p spartan-vault \
     -p spartan-session -p spartan-messages --features spartan-cli/demo";

/// The same for macOS.
const FOR_MACOS: &str = "--target aarch64-apple-darwin --workspace --all-targets";

/// The environment variables of every step.
pub const ENVIRONMENT: &[(&str, &str)] = &[
    ("CARGO_HOME", "/cargo"),
    ("CARGO_TARGET_DIR", BUILDS),
    // Building the standard library is unstable.
    ("RUSTC_BOOTSTRAP", "1"),
    // As they ship: with debug assertions, a program keeps its console.
    ("CARGO_PROFILE_DEV_DEBUG_ASSERTIONS", "false"),
];

/// The folder of the builds in the folder's Debian.
pub const BUILDS: &str = "/builds";

/// The folder of both programs after the build.
pub const WINDOWS_PROGRAMS: &str = "builds/x86_64-pc-windows-gnu/debug";

/// The command line program; a test is included because tests affect the features, too.
pub const WINDOWS_COMMAND: Step =
    windows("The command line, built for Windows and the stand-ins", "build", "--bin spartan --test vault");

/// The tray program.
pub const WINDOWS_TRAY: Step = windows("The tray program, built for Windows", "build", "--bins --test vault");

/// The tests to run under Windows. Without those that start their own mock services, because Wine only trusts the
/// authorities that the system trusts when it starts, and those that run git, which isn't installed there.
pub const WINDOWS_TESTS: Step = windows(
    "The domain's tests, under Windows",
    "test",
    "--no-fail-fast --test contract --test crash --test files --test loopback --test properties --test session --test vault \
     -- --skip killed:: --skip it_says_when_git_would_take_the_token_along",
);

/// Everything that is compiled on Windows, including tests, with the features of a release, as in the workflows.
pub const WINDOWS_LINTS: Step = Step {
    headline: "The workspace, linted for Windows",
    command: "clippy",
    selection: "--target x86_64-pc-windows-gnu -p spartan-tray -p spartan-cli -p spartan-auth -p spartan-vault \
                -p spartan-session -p spartan-messages -p spartan-fakes -p xtask",
    rest: "--all-targets -- -D warnings",
};

/// The checks for macOS that work without a Mac.
pub const MACOS_CHECKS: &[Step] = &[
    macos("The workspace, checked for macOS", "check", ""),
    macos("The workspace, linted for macOS", "clippy", "-- -D warnings"),
];

impl Step {
    /// Returns the arguments of `cargo`.
    pub fn words(&self) -> impl Iterator<Item = &'static str> {
        let texts = [self.command, EVERYWHERE, self.selection, self.rest];
        texts.into_iter().flat_map(str::split_whitespace)
    }
}

const fn windows(headline: &'static str, command: &'static str, rest: &'static str) -> Step {
    Step { headline, command, selection: FOR_WINDOWS, rest }
}

const fn macos(headline: &'static str, command: &'static str, rest: &'static str) -> Step {
    Step { headline, command, selection: FOR_MACOS, rest }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn all() -> impl Iterator<Item = Step> {
        [WINDOWS_COMMAND, WINDOWS_TESTS, WINDOWS_TRAY, WINDOWS_LINTS].into_iter().chain(MACOS_CHECKS.iter().copied())
    }

    #[test]
    fn no_step_reaches_for_the_network_or_changes_the_lock_file() {
        for step in all() {
            let words: Vec<_> = step.words().collect();
            assert_eq!(words[1..3], ["--locked", "--offline"], "{}", step.headline);
        }
    }

    #[test]
    fn a_warning_of_the_linter_fails_its_step() {
        for step in all().filter(|step| step.command == "clippy") {
            assert!(step.rest.ends_with("-- -D warnings"), "{}", step.headline);
        }
    }
}
