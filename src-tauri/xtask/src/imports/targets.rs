//! What cargo builds from the workspace's packages, except tests, benchmarks and examples.

use std::path::Path;

use serde_json::Value;

use crate::process;

/// A library, a program or a build script.
#[derive(Debug, PartialEq, Eq)]
pub struct Target {
    /// The name of its package.
    pub package: String,
    /// The file at its root, from the top of the checkout.
    pub root: String,
}

/// Returns the targets of the workspace, from cargo.
pub fn of_workspace() -> Result<Vec<Target>, String> {
    let mut cargo = process::cargo();
    let said = process::output(cargo.args(["metadata", "--locked", "--no-deps", "--format-version", "1"]))?;
    let said = serde_json::from_str(&said).map_err(|error| format!("What cargo says of the packages: {error}."))?;
    targets(&said).ok_or_else(|| "cargo names no targets.".to_owned())
}

fn targets(metadata: &Value) -> Option<Vec<Target>> {
    let top = Path::new(metadata["workspace_root"].as_str()?);
    let mut found = Vec::new();
    for package in metadata["packages"].as_array()? {
        for target in package["targets"].as_array()?.iter().filter(|target| !is_for_trying(target)) {
            let root = Path::new(target["src_path"].as_str()?).strip_prefix(top).ok()?;
            let segments: Vec<_> = root.iter().map(|segment| segment.to_string_lossy()).collect();
            found.push(Target { package: package["name"].as_str()?.to_owned(), root: segments.join("/") });
        }
    }
    Some(found)
}

fn is_for_trying(target: &Value) -> bool {
    let kinds = target["kind"].as_array().into_iter().flatten();
    kinds.filter_map(Value::as_str).any(|kind| matches!(kind, "test" | "bench" | "example"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn programs_are_found_and_tests_are_not() {
        let program = serde_json::json!({ "kind": ["bin"], "src_path": "/home/me/tray/cli/src/main.rs" });
        let test = serde_json::json!({ "kind": ["test"], "src_path": "/home/me/tray/cli/tests/command.rs" });
        let metadata = serde_json::json!({
            "workspace_root": "/home/me/tray",
            "packages": [{ "name": "cli", "targets": [program, test] }],
        });
        let expected = Target { package: "cli".to_owned(), root: "cli/src/main.rs".to_owned() };
        assert_eq!(targets(&metadata), Some(vec![expected]));
    }
}
