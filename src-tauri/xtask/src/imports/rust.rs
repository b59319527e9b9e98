//! The graph of a crate's files.

mod attributes;
mod names;
mod paths;
mod tree;

use std::collections::BTreeMap;

use names::{Definition, resolve};
use tree::{Id, Tree};

use super::graph::Graph;

/// Reads a crate from its root on. `read` returns the text of the file at a path from the top of the checkout.
pub fn graph(root: &str, read: &dyn Fn(&str) -> Option<String>) -> Result<Graph, String> {
    let tree = Tree::read(root, read)?;
    let mut graph = Graph::default();
    let mut files = BTreeMap::new();
    for module in &tree.modules {
        let path: Vec<&str> = module.path.iter().map(String::as_str).collect();
        files.entry(module.file.as_str()).or_insert_with(|| graph.file(&module.file, &path));
    }
    for (id, module) in tree.modules.iter().enumerate() {
        let from = files[module.file.as_str()];
        let mut draw = |to: Id, name: &str| graph.arrow(from, files[tree.modules[to].file.as_str()], name);
        for definition in module.paths.iter().chain(&module.globs).flat_map(|path| resolve(&tree, id, path)) {
            if let Definition::Item { name, modules } = definition {
                draw(modules[0], &name);
                // What an enclosing module re-exports belongs to its own family.
                let others = modules[1..].iter().filter(|&&other| !module.path.starts_with(&tree.modules[other].path));
                others.for_each(|&other| draw(other, &name));
            }
        }
        for definition in module.globs.iter().flat_map(|glob| resolve(&tree, id, glob)) {
            if let Definition::Module(to) = definition {
                draw(to, "*");
            }
        }
    }
    Ok(graph)
}

#[cfg(test)]
mod tests {
    use super::super::circle;
    use super::*;

    /// Returns the circles of a crate whose files are given, each as its first line.
    fn circles(files: &[(&str, &str)]) -> Vec<String> {
        let read = |path: &str| files.iter().find(|(name, _)| *name == path).map(|(_, text)| (*text).to_owned());
        let graph = graph(files[0].0, &read).unwrap();
        circle::all(&graph).iter().map(|circle| circle.to_string().lines().next().unwrap().to_owned()).collect()
    }

    const LIB: (&str, &str) = ("lib.rs", "mod a; mod b; mod c;");
    const DIRECT: &str = "a.rs -> b.rs -> a.rs";

    #[test]
    fn two_files_that_use_each_other_are_a_circle() {
        let files =
            [LIB, ("a.rs", "use crate::b::B; pub struct A;"), ("b.rs", "use super::a::A; pub struct B;"), ("c.rs", "")];
        assert_eq!(circles(&files), [DIRECT]);
    }

    #[test]
    fn the_names_are_reported() {
        let files = [
            LIB,
            ("a.rs", "use crate::{c, b::{self, B, inner::{One as Two}}}; pub fn f() { b::g() }"),
            ("b.rs", "pub struct B; pub fn g() { crate::a::f() } pub mod inner { pub struct One; }"),
            ("c.rs", ""),
        ];
        let read = |path: &str| files.iter().find(|(name, _)| *name == path).map(|(_, text)| (*text).to_owned());
        let found = circle::all(&graph("lib.rs", &read).unwrap());
        assert_eq!(
            found[0].to_string(),
            format!("{DIRECT}\n  a.rs takes from b.rs: B, One, g\n  b.rs takes from a.rs: f")
        );
    }

    #[test]
    fn three_files_around_are_a_circle() {
        let files = [
            LIB,
            ("a.rs", "use crate::b::B; pub struct A;"),
            ("b.rs", "use crate::c::C; pub struct B;"),
            ("c.rs", "use crate::a::A; pub struct C;"),
        ];
        assert_eq!(circles(&files), ["a.rs -> b.rs -> c.rs -> a.rs"]);
    }

    #[test]
    fn a_name_that_is_passed_on_comes_from_the_file_that_defines_it() {
        let files = [
            ("lib.rs", "mod a; mod b; mod c; pub use a::A; pub use b::*;"),
            ("a.rs", "use crate::B; pub struct A;"),
            ("b.rs", "use crate::A as Other; pub struct B;"),
            ("c.rs", ""),
        ];
        assert_eq!(circles(&files), [DIRECT]);
        let one_way = [("lib.rs", "mod a; mod b; pub use a::A;"), ("a.rs", "pub struct A;"), ("b.rs", "use crate::A;")];
        assert!(circles(&one_way).is_empty());
    }

    #[test]
    fn a_name_that_is_passed_on_comes_from_the_file_that_passes_it_on_as_well() {
        let files = [
            ("lib.rs", "mod a; mod b;"),
            ("a.rs", "use crate::b::{D as E, f}; pub struct A;"),
            ("b.rs", "mod child; use crate::a::A; pub use child::*; pub use child::C as D;"),
            ("b/child.rs", "pub struct C; pub fn f() {}"),
        ];
        assert_eq!(circles(&files), [DIRECT]);
    }

    #[test]
    fn a_path_inside_a_line_counts() {
        let inline = [
            "fn f() -> crate::b::B { crate::b::B }",
            "fn f() { super::b::g::<u8>() }",
            "fn f() { println!(\"{}\", crate::b::g()) }",
            "#[derive(Deserialize)] struct S { #[serde(with = \"crate::b\")] s: u8 }",
            "impl crate::b::B for u8 {}",
            "fn f() { use crate::b; b::g() }",
            "mod inner { fn f() { super::super::b::g() } }",
        ];
        for line in inline {
            let a = format!("pub struct A; {line}");
            let files = [LIB, ("a.rs", &a), ("b.rs", "use crate::a::A; pub struct B; pub fn g() {}"), ("c.rs", "")];
            assert_eq!(circles(&files), [DIRECT], "{line}");
        }
    }

    #[test]
    fn a_circle_through_a_child_of_a_sibling_counts() {
        let files = [
            ("src/lib.rs", "mod a; mod b;"),
            ("src/a.rs", "use crate::b::child::C; pub struct A;"),
            ("src/b.rs", "pub mod child;"),
            ("src/b/child.rs", "use crate::a::A; pub struct C;"),
        ];
        assert_eq!(circles(&files), ["src/a.rs -> src/b/child.rs -> src/a.rs"]);
    }

    #[test]
    fn files_are_found_where_rust_finds_them() {
        let files = [
            ("src/lib.rs", "mod a; #[path = \"elsewhere/bee.rs\"] mod b;"),
            ("src/a/mod.rs", "mod child; mod inner { mod deep; }"),
            ("src/a/child.rs", "use super::inner::deep::D; pub struct C;"),
            ("src/a/inner/deep.rs", "use crate::b::B; pub struct D;"),
            ("src/elsewhere/bee.rs", "use crate::a::child::C; pub struct B;"),
        ];
        assert_eq!(
            circles(&files),
            ["src/a/child.rs -> src/a/inner/deep.rs -> src/elsewhere/bee.rs -> src/a/child.rs"]
        );
    }

    #[test]
    fn modules_of_one_name_for_different_systems_all_count() {
        for other in ["b.rs", "else.rs"] {
            let files = [
                ("lib.rs", "mod a; #[cfg(unix)] mod b; #[cfg(windows)] #[path = \"else.rs\"] mod b;"),
                ("a.rs", "use crate::b::B; pub struct A;"),
                ("b.rs", if other == "b.rs" { "use crate::a::A; pub struct B;" } else { "pub struct B;" }),
                ("else.rs", if other == "else.rs" { "use crate::a::A; pub struct B;" } else { "pub struct B;" }),
            ];
            assert_eq!(circles(&files), [format!("a.rs -> {other} -> a.rs")]);
        }
    }

    #[test]
    fn parent_and_child_are_no_circle() {
        let files = [
            ("lib.rs", "mod a; pub struct Top;"),
            ("a.rs", "mod child; use child::C; pub struct A(C);"),
            ("a/child.rs", "use super::A; pub struct C; impl C { fn f(_: &A) {} }"),
        ];
        assert!(circles(&files).is_empty());
    }

    #[test]
    fn tests_do_not_count() {
        let files = [
            LIB,
            ("a.rs", "use crate::b::B; pub struct A;"),
            ("b.rs", "pub struct B; #[cfg(test)] mod tests { use crate::a::A; } #[test] fn f() { crate::a::A; }"),
            ("c.rs", "#[cfg(all(test, unix))] use crate::a::A; #[cfg(test)] mod tests;"),
        ];
        assert!(circles(&files).is_empty());
    }

    #[test]
    fn comments_texts_and_declarations_do_not_count() {
        let files = [
            LIB,
            ("a.rs", "use crate::b::B; pub struct A;"),
            (
                "b.rs",
                "//! See [`crate::a::A`].\n/* crate::a::A */ /// crate::a::A\n pub struct B; const S: &str = \"crate::a::A\";",
            ),
            ("c.rs", "pub(in crate::c) struct C; fn f() { let a = std::a::A; }"),
        ];
        assert!(circles(&files).is_empty());
    }

    #[test]
    fn a_file_that_is_missing_or_not_rust_is_reported() {
        let read = |path: &str| (path == "lib.rs").then(|| "mod gone;".to_owned());
        assert_eq!(
            graph("lib.rs", &read).unwrap_err(),
            "The module gone of lib.rs is in neither gone.rs nor gone/mod.rs."
        );
        let read = |_: &str| Some("fn".to_owned());
        assert!(graph("lib.rs", &read).unwrap_err().starts_with("lib.rs can't be read as Rust: "));
    }
}
