//! Makes sure that no two files import each other, directly or around a circle.

mod circle;
mod graph;
mod page;
mod rust;
mod targets;

use std::fs;

use circle::Circle;
use graph::Graph;

use crate::{process, sources};

/// The crates whose circles aren't broken yet. Remove a crate from this list once it has none.
const TIED: &[&str] = &["spartan-auth"];

/// Fails with the circles of imports in the workspace's crates and in the page.
pub fn check() -> Result<(), String> {
    let read = |path: &str| fs::read_to_string(process::checkout().join(path)).ok();
    let mut found = Vec::new();
    for target in targets::of_workspace()? {
        found.push((target.package, circle::all(&rust::graph(&target.root, &read)?)));
    }
    found.push(("the page".to_owned(), circle::all(&page_graph()?)));
    let problems = problems(&found);
    if problems.is_empty() { Ok(()) } else { Err(problems.join("\n\n")) }
}

fn page_graph() -> Result<Graph, String> {
    page::graph(&sources::below("ui/js", "mjs").map_err(|error| format!("The page can't be read: {error}."))?)
}

/// Returns the circles of crates that must have none, and the names that are listed as tied without a circle.
fn problems(found: &[(String, Vec<Circle>)]) -> Vec<String> {
    let circles = found.iter().filter(|(name, _)| !TIED.contains(&name.as_str()));
    let circles = circles.flat_map(|(name, circles)| circles.iter().map(move |one| format!("In {name}:\n{one}")));
    let is_tied = |name: &str| found.iter().any(|(other, circles)| other == name && !circles.is_empty());
    let untied = TIED.iter().filter(|name| !is_tied(name));
    let untied = untied.map(|name| format!("{name} has no circle left: remove it from `TIED` in imports.rs."));
    circles.chain(untied).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn some_circle() -> Vec<Circle> {
        let mut graph = Graph::default();
        let [a, b] = ["a.rs", "b.rs"].map(|name| graph.file(name, &[name]));
        graph.arrow(a, b, "B");
        graph.arrow(b, a, "A");
        circle::all(&graph)
    }

    #[test]
    fn a_circle_is_a_problem_unless_its_crate_is_listed() {
        let mut found: Vec<_> = TIED.iter().map(|&name| (name.to_owned(), some_circle())).collect();
        assert_eq!(problems(&found), Vec::<String>::new());
        found.push(("xtask".to_owned(), some_circle()));
        assert_eq!(
            problems(&found),
            ["In xtask:\na.rs -> b.rs -> a.rs\n  a.rs takes from b.rs: B\n  b.rs takes from a.rs: A"]
        );
    }

    #[test]
    fn a_listed_crate_without_a_circle_is_a_problem() {
        let found: Vec<_> = TIED.iter().map(|&name| (name.to_owned(), Vec::new())).collect();
        assert_eq!(problems(&found).len(), TIED.len());
    }
}
