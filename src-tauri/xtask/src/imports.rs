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

/// Returns every circle, with the name of what it was found in.
fn problems(found: &[(String, Vec<Circle>)]) -> Vec<String> {
    let in_one =
        |(name, circles): &(String, Vec<Circle>)| circles.iter().map(|one| format!("In {name}:\n{one}")).collect();
    found.iter().flat_map::<Vec<_>, _>(in_one).collect()
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
    fn every_circle_is_a_problem() {
        let found = [("spartan-auth".to_owned(), Vec::new()), ("xtask".to_owned(), some_circle())];
        assert_eq!(
            problems(&found),
            ["In xtask:\na.rs -> b.rs -> a.rs\n  a.rs takes from b.rs: B\n  b.rs takes from a.rs: A"]
        );
    }
}
