//! The output of `cargo metadata`: the packages that a program consists of, and the folders of their sources.

use std::{
    collections::{BTreeMap, BTreeSet},
    path::{Path, PathBuf},
};

use serde_json::Value;

use crate::process;

/// Every package of the workspace and its dependencies.
pub struct Metadata(Value);

/// A third-party package that a program contains.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Part {
    /// The name of the package.
    pub name: String,
    /// The version of the package.
    pub version: String,
    /// The licence as an SPDX expression, or what is given instead.
    pub license: String,
    /// The folder of the sources.
    pub folder: PathBuf,
}

impl Metadata {
    /// Runs cargo for one target.
    pub fn read(target: &str) -> Result<Self, String> {
        let mut cargo = process::cargo();
        cargo.args(["metadata", "--locked", "--format-version", "1", "--filter-platform", target]);
        let said = process::output(&mut cargo)?;
        serde_json::from_str(&said).map(Self).map_err(|error| format!("What cargo says of the packages: {error}."))
    }

    /// Returns the folder of the builds.
    pub fn target_folder(&self) -> Result<PathBuf, String> {
        let folder = self.0["target_directory"].as_str().ok_or("cargo names no folder for builds.")?;
        Ok(PathBuf::from(folder))
    }

    /// Returns the version of one of our packages.
    pub fn version_of(&self, name: &str) -> Result<String, String> {
        let version = self.ours(name)?["version"].as_str().ok_or("cargo names no version.")?;
        Ok(version.to_owned())
    }

    /// Returns the third-party packages that these packages of ours contain, by name and version.
    pub fn parts(&self, ours: &[&str]) -> Result<Vec<Part>, String> {
        let needs = self.needs();
        let mut waiting: Vec<&str> = Vec::new();
        for name in ours {
            waiting.push(self.ours(name)?["id"].as_str().unwrap_or_default());
        }
        let mut seen = BTreeSet::new();
        while let Some(id) = waiting.pop() {
            if seen.insert(id) {
                waiting.extend(needs.get(id).into_iter().flatten());
            }
        }
        let others = self.packages().filter(|package| !package["source"].is_null());
        let mut parts: Vec<Part> =
            others.filter(|package| package["id"].as_str().is_some_and(|id| seen.contains(id))).map(part).collect();
        parts.sort();
        Ok(parts)
    }

    fn packages(&self) -> impl Iterator<Item = &Value> {
        self.0["packages"].as_array().into_iter().flatten()
    }

    fn ours(&self, name: &str) -> Result<&Value, String> {
        let is_ours = |package: &&Value| package["name"] == name && package["source"].is_null();
        self.packages().find(is_ours).ok_or_else(|| format!("There is no package {name} here."))
    }

    /// Returns the dependencies of each package, without build and test dependencies.
    fn needs(&self) -> BTreeMap<&str, Vec<&str>> {
        let nodes = self.0["resolve"]["nodes"].as_array().into_iter().flatten();
        nodes.map(|node| (node["id"].as_str().unwrap_or_default(), built_in(node).collect())).collect()
    }
}

fn built_in(node: &Value) -> impl Iterator<Item = &str> {
    let goes_in = |dependency: &&Value| {
        dependency["dep_kinds"].as_array().is_some_and(|kinds| kinds.iter().any(|kind| kind["kind"].is_null()))
    };
    let dependencies = node["deps"].as_array().into_iter().flatten();
    dependencies.filter(goes_in).filter_map(|dependency| dependency["pkg"].as_str())
}

fn part(package: &Value) -> Part {
    let text = |key: &str| package[key].as_str().unwrap_or_default().to_owned();
    let manifest = text("manifest_path");
    Part {
        name: text("name"),
        version: text("version"),
        license: package["license"].as_str().unwrap_or("see its licence file").to_owned(),
        folder: Path::new(&manifest).parent().unwrap_or(Path::new("")).to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn what_only_builds_or_tests_a_program_is_no_part_of_it() {
        let package = |id: &str, source: Option<&str>| json!({ "id": id, "name": id, "version": "1.0.0", "source": source, "license": "MIT", "manifest_path": "/s/Cargo.toml" });
        let need = |id: &str, kind: Option<&str>| json!({ "pkg": id, "dep_kinds": [{ "kind": kind }] });
        let metadata = Metadata(json!({
            "packages": [package("ours", None), package("in", Some("r")), package("deep", Some("r")), package("builds", Some("r")), package("tests", Some("r"))],
            "resolve": { "nodes": [
                { "id": "ours", "deps": [need("in", None), need("builds", Some("build")), need("tests", Some("dev"))] },
                { "id": "in", "deps": [need("deep", None)] },
                { "id": "deep", "deps": [need("in", None)] },
            ] },
        }));
        let names: Vec<_> = metadata.parts(&["ours"]).unwrap().into_iter().map(|part| part.name).collect();
        assert_eq!(names, ["deep", "in"]);
        assert!(metadata.parts(&["theirs"]).is_err());
    }
}
