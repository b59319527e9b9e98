//! The steps of `cargo xtask test`, as data.

/// Something that must be true.
pub struct Step {
    /// What the step verifies, in a few words.
    pub headline: &'static str,
    /// How the step verifies it.
    pub check: Check,
}

/// The condition for a step to pass.
pub enum Check {
    /// The command succeeds.
    EndsWell(Call),
    /// The command prints a tree of packages, and none of these is in it.
    NamesNone(Call, &'static [&'static str]),
    /// No two files of ours import each other, directly or around a circle.
    NoCircles,
    /// No name that was replaced is in the product's code.
    NoReplacedNames,
}

/// One command.
pub struct Call {
    /// The program to start.
    pub tool: Tool,
    /// Its arguments, separated by spaces.
    pub arguments: &'static str,
    /// The folder that it runs in, from the top of the checkout.
    pub folder: &'static str,
}

/// A program that a step starts.
#[derive(Debug, PartialEq, Eq)]
pub enum Tool {
    /// The cargo that started this program.
    Cargo,
    /// The Node on the path.
    Node,
    /// TypeScript's compiler, which only checks.
    Tsc,
}

/// Every step, in order. Steps that need no build come first, and steps that share built dependencies are next to each
/// other.
pub const STEPS: &[Step] = &[
    cargo("The code is formatted", "fmt --all --check"),
    Step { headline: "No files import each other around a circle", check: Check::NoCircles },
    Step { headline: "No replaced name has come back", check: Check::NoReplacedNames },
    absent(
        "The wire knows no keyring and no vault",
        "tree --locked -p spartan-auth -e normal,build --prefix none",
        &["chacha20poly1305", "directories", "keyring-core", "spartan-vault", "zbus"],
    ),
    absent(
        "The vault knows no HTTP client",
        "tree --locked -p spartan-vault -e normal,build --prefix none --depth 1",
        &["hyper", "reqwest", "rustls"],
    ),
    absent(
        "The session knows no sentence",
        "tree --locked -p spartan-session -e normal,build --prefix none",
        &["clap", "spartan-messages", "tauri"],
    ),
    absent("The command knows no window", "tree --locked -p spartan-cli -e normal,build --prefix none", &["tauri"]),
    absent(
        "The mock services know no code under test",
        "tree --locked -p spartan-fakes -e normal --prefix none",
        &["spartan-auth", "spartan-cli", "spartan-messages", "spartan-session", "spartan-tray", "spartan-vault"],
    ),
    absent(
        "What people install contains no mock services",
        "tree --locked -p spartan-cli -p spartan-tray -e normal,build --prefix none --all-features",
        &["spartan-fakes"],
    ),
    Step {
        headline: "The page's types, against those of Rust",
        check: Check::EndsWell(Call { tool: Tool::Tsc, arguments: "--project .", folder: "src-tauri/tests/ui" }),
    },
    // Passed as the working folder: later versions of Node no longer accept a folder as an argument.
    Step {
        headline: "The page",
        check: Check::EndsWell(Call { tool: Tool::Node, arguments: "--test", folder: "src-tauri/tests/ui" }),
    },
    cargo("Lints", "clippy --locked --workspace --all-targets --features demo -- -D warnings"),
    cargo("Lints, the program on the real services", "clippy --locked --workspace --all-targets -- -D warnings"),
    cargo("Documentation", "rustdoc --locked -p spartan-auth -- -D warnings"),
    cargo(
        "The library, as it would be published",
        "package --locked -p spartan-auth --no-verify --allow-dirty --quiet",
    ),
    cargo("Tests, and the program in a real desktop", "test --locked --workspace --features demo"),
];

/// Returns which of the packages are in a tree printed by `cargo tree --prefix none`.
pub fn named<'package>(tree: &str, packages: &[&'package str]) -> Vec<&'package str> {
    let is_named = |package: &&str| tree.lines().any(|line| line.split(' ').next() == Some(*package));
    packages.iter().copied().filter(is_named).collect()
}

const fn cargo(headline: &'static str, arguments: &'static str) -> Step {
    Step { headline, check: Check::EndsWell(Call { tool: Tool::Cargo, arguments, folder: "." }) }
}

const fn absent(headline: &'static str, arguments: &'static str, packages: &'static [&'static str]) -> Step {
    Step { headline, check: Check::NamesNone(Call { tool: Tool::Cargo, arguments, folder: "." }, packages) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn calls() -> impl Iterator<Item = (&'static str, &'static Call)> {
        STEPS.iter().filter_map(|step| match &step.check {
            Check::EndsWell(call) | Check::NamesNone(call, _) => Some((step.headline, call)),
            Check::NoCircles | Check::NoReplacedNames => None,
        })
    }

    #[test]
    fn whatever_resolves_dependencies_respects_the_lockfile() {
        for (headline, call) in
            calls().filter(|(_, call)| call.tool == Tool::Cargo && !call.arguments.starts_with("fmt"))
        {
            assert!(call.arguments.contains("--locked"), "{headline}");
        }
    }

    #[test]
    fn a_warning_of_the_linter_fails_its_step() {
        for (headline, call) in calls().filter(|(_, call)| call.arguments.starts_with("clippy")) {
            assert!(call.arguments.ends_with("-- -D warnings"), "{headline}");
        }
    }

    #[test]
    fn a_package_is_found_by_its_whole_name() {
        let tree = "spartan-auth v0.1.0 (/somewhere/tauri)\ntauri-utils v2.9.0\nserde v1.0.0 (*)\n";
        assert_eq!(named(tree, &["tauri", "serde"]), ["serde"]);
    }
}
