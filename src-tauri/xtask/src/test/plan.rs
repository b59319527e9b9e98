//! The steps of `cargo xtask test`, as data.

/// One command and what must be true of it.
pub struct Step {
    /// What the step makes sure of, in a few words.
    pub headline: &'static str,
    /// The program to start.
    pub tool: Tool,
    /// Its arguments, parted by spaces.
    pub arguments: &'static str,
    /// Where it runs, from the top of the checkout.
    pub folder: &'static str,
    /// What must be true of it.
    pub rule: Rule,
}

/// A program that a step starts.
#[derive(Debug, PartialEq, Eq)]
pub enum Tool {
    /// The cargo that started us.
    Cargo,
    /// The Node on the path.
    Node,
}

/// When a step has passed.
#[derive(Debug, PartialEq, Eq)]
pub enum Rule {
    /// The command ends with success.
    EndsWell,
    /// The command prints a tree of packages, and this one is not in it.
    NeverNames(&'static str),
}

/// Every step, in order. What needs no build comes first, and steps that share built dependencies stand together.
pub const STEPS: &[Step] = &[
    cargo("The code is formatted", "fmt --all --check"),
    absent("The domain knows no window", "tree --locked -p spartan-auth -e normal,build --prefix none", "tauri"),
    absent("The command knows no window", "tree --locked -p spartan-cli -e normal,build --prefix none", "tauri"),
    absent(
        "The stand-ins know no code under test",
        "tree --locked -p spartan-fakes -e normal --prefix none",
        "spartan-auth",
    ),
    // Given as the working folder: later versions of Node no longer take a folder as an argument.
    Step { folder: "src-tauri/tests/ui", ..step(Tool::Node, "The page", "--test", Rule::EndsWell) },
    cargo("Lints", "clippy --locked --workspace --all-targets --features demo -- -D warnings"),
    cargo("Lints, the program on the real services", "clippy --locked --workspace --all-targets -- -D warnings"),
    cargo("Lints, the wire alone", "clippy --locked -p spartan-auth --no-default-features -- -D warnings"),
    cargo("Documentation", "rustdoc --locked -p spartan-auth -- -D warnings"),
    cargo(
        "The library, as it would be published",
        "package --locked -p spartan-auth --no-verify --allow-dirty --quiet",
    ),
    cargo("Tests, and the program in a real desktop", "test --locked --workspace --features demo"),
    cargo("Tests, the wire alone", "test --locked -p spartan-auth --no-default-features"),
];

/// Whether a tree printed by `cargo tree --prefix none` has this package.
pub fn names(tree: &str, package: &str) -> bool {
    tree.lines().any(|line| line.split(' ').next() == Some(package))
}

const fn cargo(headline: &'static str, arguments: &'static str) -> Step {
    step(Tool::Cargo, headline, arguments, Rule::EndsWell)
}

const fn absent(headline: &'static str, arguments: &'static str, package: &'static str) -> Step {
    step(Tool::Cargo, headline, arguments, Rule::NeverNames(package))
}

const fn step(tool: Tool, headline: &'static str, arguments: &'static str, rule: Rule) -> Step {
    Step { headline, tool, arguments, folder: ".", rule }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whatever_resolves_dependencies_respects_the_lockfile() {
        for step in STEPS.iter().filter(|step| step.tool == Tool::Cargo && !step.arguments.starts_with("fmt")) {
            assert!(step.arguments.contains("--locked"), "{}", step.headline);
        }
    }

    #[test]
    fn a_warning_of_the_linter_fails_its_step() {
        for step in STEPS.iter().filter(|step| step.arguments.starts_with("clippy")) {
            assert!(step.arguments.ends_with("-- -D warnings"), "{}", step.headline);
        }
    }

    #[test]
    fn a_package_is_found_by_its_whole_name() {
        let tree = "spartan-auth v0.1.0 (/somewhere/tauri)\ntauri-utils v2.9.0\nserde v1.0.0 (*)\n";
        assert!(!names(tree, "tauri"));
        assert!(names(tree, "serde"));
    }
}
