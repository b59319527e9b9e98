//! Circles in a graph of imports, the shortest ones first.
//!
//! A module and its children belong together. Within such a family, what a child takes from its own parent closes no
//! circle. It does close one that leads through a file outside the family.

use std::{
    collections::{BTreeMap, BTreeSet, VecDeque},
    fmt,
};

use super::graph::{File, Graph};

/// Files of which each takes something from the next, and the last from the first.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Circle {
    arrows: Vec<Arrow>,
}

#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
struct Arrow {
    from: String,
    to: String,
    names: String,
}

/// Returns circles that share no arrow, the shortest first; none if and only if the graph has none.
pub fn all(graph: &Graph) -> Vec<Circle> {
    let mut found: Vec<Vec<File>> = modules(graph).iter().flat_map(|module| through(graph, module)).collect();
    found.sort_by_key(|files| (files.len(), files.clone()));
    let mut taken = BTreeSet::new();
    found.retain(|files| {
        let arrows: Vec<_> = arrows(files).collect();
        let is_new = arrows.iter().all(|arrow| !taken.contains(arrow));
        if is_new {
            taken.extend(arrows);
        }
        is_new
    });
    found.iter().map(|files| Circle::new(graph, files)).collect()
}

/// Returns every module that contains a file or another module.
fn modules(graph: &Graph) -> BTreeSet<&[String]> {
    graph.files().map(|file| graph.module(file)).flat_map(|path| (0..=path.len()).map(|end| &path[..end])).collect()
}

/// Returns the shortest circle over each arrow that leads from one child of a module to another, or from or to the
/// module itself.
fn through<'graph>(graph: &'graph Graph, module: &'graph [String]) -> impl Iterator<Item = Vec<File>> + 'graph {
    let is_inside = |file: File| graph.module(file).starts_with(module);
    let child = |file: File| graph.module(file).get(module.len());
    let counts = move |from: File, to: File| {
        let is_to_parent = child(to).is_none() && graph.module(from).len() == module.len() + 1;
        is_inside(from) && is_inside(to) && !is_to_parent
    };
    let crossing = graph.files().flat_map(|from| graph.from(from).map(move |to| (from, to)));
    let crossing = crossing.filter(move |&(from, to)| counts(from, to) && child(from) != child(to));
    crossing.filter_map(move |(from, to)| way(graph, to, from, counts).map(from_least))
}

/// Returns the shortest path from one file to another.
fn way(graph: &Graph, from: File, to: File, counts: impl Fn(File, File) -> bool) -> Option<Vec<File>> {
    let mut before = BTreeMap::from([(from, from)]);
    let mut waiting = VecDeque::from([from]);
    while let Some(here) = waiting.pop_front() {
        if here == to {
            let mut way = vec![to];
            while way[way.len() - 1] != from {
                way.push(before[&way[way.len() - 1]]);
            }
            way.reverse();
            return Some(way);
        }
        for next in graph.from(here).filter(|&next| counts(here, next)) {
            before.entry(next).or_insert_with(|| {
                waiting.push_back(next);
                here
            });
        }
    }
    None
}

/// Returns the same circle with its lowest file first, so that equal circles are equal lists.
fn from_least(mut files: Vec<File>) -> Vec<File> {
    let least = (0..files.len()).min_by_key(|&index| files[index]).unwrap_or_default();
    files.rotate_left(least);
    files
}

fn arrows(files: &[File]) -> impl Iterator<Item = (File, File)> {
    files.iter().copied().zip(files.iter().copied().cycle().skip(1))
}

impl Circle {
    fn new(graph: &Graph, files: &[File]) -> Self {
        let arrow = |(from, to)| Arrow {
            from: graph.name(from).to_owned(),
            to: graph.name(to).to_owned(),
            names: graph.names(from, to).collect::<Vec<_>>().join(", "),
        };
        Self { arrows: arrows(files).map(arrow).collect() }
    }
}

impl fmt::Display for Circle {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        for arrow in &self.arrows {
            write!(formatter, "{} -> ", arrow.from)?;
        }
        write!(formatter, "{}", self.arrows[0].from)?;
        for Arrow { from, to, names } in &self.arrows {
            write!(formatter, "\n  {from} takes from {to}: {names}")?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Draws arrows between modules, each in a file of its own, and returns the first line of each circle.
    fn circles(drawn: &[(&str, &str)]) -> Vec<String> {
        let modules: BTreeSet<&str> = drawn.iter().flat_map(|&(from, to)| [from, to]).collect();
        let mut graph = Graph::default();
        let mut files = BTreeMap::new();
        for name in modules {
            let path: Vec<&str> = name.split("::").skip(1).collect();
            files.insert(name, graph.file(name, &path));
        }
        for (from, to) in drawn {
            graph.arrow(files[from], files[to], "name");
        }
        all(&graph).iter().map(|circle| circle.to_string().lines().next().unwrap().to_owned()).collect()
    }

    #[test]
    fn two_files_that_import_each_other_are_a_circle() {
        assert_eq!(
            circles(&[("crate::a", "crate::b"), ("crate::b", "crate::a")]),
            ["crate::a -> crate::b -> crate::a"]
        );
    }

    #[test]
    fn arrows_that_go_one_way_are_none() {
        let drawn = [("crate::a", "crate::b"), ("crate::b", "crate::c"), ("crate::a", "crate::c")];
        assert!(circles(&drawn).is_empty());
    }

    #[test]
    fn the_shortest_way_around_is_reported() {
        let long =
            [("crate::a", "crate::b"), ("crate::b", "crate::c"), ("crate::c", "crate::d"), ("crate::d", "crate::a")];
        let short = [("crate::c", "crate::a")];
        assert_eq!(circles(&[&long[..], &short].concat()), ["crate::a -> crate::b -> crate::c -> crate::a"]);
    }

    #[test]
    fn circles_without_a_common_arrow_are_all_reported() {
        let drawn =
            [("crate::a", "crate::b"), ("crate::b", "crate::a"), ("crate::b", "crate::c"), ("crate::c", "crate::b")];
        assert_eq!(circles(&drawn).len(), 2);
    }

    #[test]
    fn a_child_may_use_its_parent() {
        assert!(circles(&[("crate::a", "crate::a::b"), ("crate::a::b", "crate::a")]).is_empty());
        assert!(circles(&[("crate", "crate::a"), ("crate::a", "crate")]).is_empty());
        let between = [("crate::a", "crate::a::b"), ("crate::a::b", "crate::a::c"), ("crate::a::c", "crate::a")];
        assert!(circles(&between).is_empty());
    }

    #[test]
    fn a_child_may_not_use_its_sibling_in_a_circle() {
        assert_eq!(circles(&[("crate::a::b", "crate::a::c"), ("crate::a::c", "crate::a::b")]).len(), 1);
    }

    #[test]
    fn a_grandchild_is_no_child() {
        assert_eq!(circles(&[("crate::a", "crate::a::b::c"), ("crate::a::b::c", "crate::a")]).len(), 1);
    }

    #[test]
    fn a_circle_through_a_child_of_a_sibling_counts() {
        let through_parent = [("crate::x", "crate::a"), ("crate::a", "crate::a::b"), ("crate::a::b", "crate::x")];
        assert_eq!(circles(&through_parent).len(), 1);
        let through_child = [("crate::x", "crate::a::b"), ("crate::a::b", "crate::a"), ("crate::a", "crate::x")];
        assert_eq!(circles(&through_child).len(), 1);
    }
}
