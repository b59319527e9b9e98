//! The paths that a module's own items name, in imports, in code, in macros and in attributes.

use std::collections::BTreeSet;

use proc_macro2::{TokenStream, TokenTree};
use syn::{
    Attribute, ImplItem, Item, ItemUse, Macro, Path, UseTree,
    visit::{self, Visit},
};

use super::attributes;

/// A path as its segments.
pub type Segments = Vec<String>;

/// What a module names.
#[derive(Debug, Default)]
pub struct Found {
    /// The names that it imports, and the path of each.
    pub imports: Vec<(String, Segments)>,
    /// The paths of which it imports everything.
    pub globs: Vec<Segments>,
    /// Every path, imports included.
    pub paths: BTreeSet<Segments>,
}

/// Returns what these items name. Skips modules among them, and tests.
pub fn of(items: &[Item]) -> Found {
    let mut found = Found::default();
    for item in items.iter().filter(|item| !matches!(item, Item::Mod(_))) {
        found.visit_item(item);
    }
    found
}

impl<'ast> Visit<'ast> for Found {
    fn visit_item(&mut self, item: &'ast Item) {
        if !attributes::is_for_tests(attributes_of(item)) {
            visit::visit_item(self, item);
        }
    }

    fn visit_impl_item(&mut self, item: &'ast ImplItem) {
        if !matches!(item, ImplItem::Fn(function) if attributes::is_for_tests(&function.attrs)) {
            visit::visit_impl_item(self, item);
        }
    }

    fn visit_item_use(&mut self, item: &'ast ItemUse) {
        if item.leading_colon.is_none() {
            self.import(&mut Vec::new(), &item.tree);
        }
    }

    fn visit_path(&mut self, path: &'ast Path) {
        if path.leading_colon.is_none() {
            self.paths.insert(path.segments.iter().map(|segment| segment.ident.to_string()).collect());
        }
        visit::visit_path(self, path);
    }

    fn visit_macro(&mut self, call: &'ast Macro) {
        self.tokens(call.tokens.clone());
        visit::visit_macro(self, call);
    }

    fn visit_attribute(&mut self, attribute: &'ast Attribute) {
        for path in attributes::paths_for_serde(attribute) {
            self.visit_path(&path);
        }
        visit::visit_attribute(self, attribute);
    }
}

impl Found {
    fn import(&mut self, before: &mut Segments, tree: &UseTree) {
        match tree {
            UseTree::Path(path) => {
                before.push(path.ident.to_string());
                self.import(before, &path.tree);
                before.pop();
            }
            UseTree::Name(name) if name.ident == "self" => {
                self.import_as(before.last().cloned().unwrap_or_default(), before.clone());
            }
            UseTree::Name(name) => {
                let name = name.ident.to_string();
                self.import_as(name.clone(), [&before[..], &[name]].concat());
            }
            UseTree::Rename(renamed) if renamed.ident == "self" => {
                self.import_as(renamed.rename.to_string(), before.clone());
            }
            UseTree::Rename(renamed) => {
                self.import_as(renamed.rename.to_string(), [&before[..], &[renamed.ident.to_string()]].concat());
            }
            UseTree::Glob(_) => self.globs.push(before.clone()),
            UseTree::Group(group) => group.items.iter().for_each(|tree| self.import(before, tree)),
        }
    }

    fn import_as(&mut self, name: String, path: Segments) {
        self.paths.insert(path.clone());
        self.imports.push((name, path));
    }

    /// Treats each run of names with `::` between them as a path. What follows a dot is a field or a method.
    fn tokens(&mut self, tokens: TokenStream) {
        let mut path = Segments::new();
        let mut before = String::new();
        for token in tokens {
            match token {
                TokenTree::Ident(name) => {
                    if before != "::" {
                        self.end(&mut path);
                    }
                    if before != "." {
                        path.push(name.to_string());
                    }
                    before.clear();
                }
                TokenTree::Punct(mark) if mark.as_char() == ':' && before == ":" => before.push(':'),
                TokenTree::Punct(mark) => {
                    if mark.as_char() != ':' {
                        self.end(&mut path);
                    }
                    before = mark.to_string();
                }
                TokenTree::Group(group) => {
                    self.end(&mut path);
                    self.tokens(group.stream());
                    before.clear();
                }
                TokenTree::Literal(_) => before.clear(),
            }
        }
        self.end(&mut path);
    }

    fn end(&mut self, path: &mut Segments) {
        if !path.is_empty() {
            self.paths.insert(std::mem::take(path));
        }
    }
}

fn attributes_of(item: &Item) -> &[Attribute] {
    match item {
        Item::Const(item) => &item.attrs,
        Item::Enum(item) => &item.attrs,
        Item::ExternCrate(item) => &item.attrs,
        Item::Fn(item) => &item.attrs,
        Item::ForeignMod(item) => &item.attrs,
        Item::Impl(item) => &item.attrs,
        Item::Macro(item) => &item.attrs,
        Item::Mod(item) => &item.attrs,
        Item::Static(item) => &item.attrs,
        Item::Struct(item) => &item.attrs,
        Item::Trait(item) => &item.attrs,
        Item::TraitAlias(item) => &item.attrs,
        Item::Type(item) => &item.attrs,
        Item::Union(item) => &item.attrs,
        Item::Use(item) => &item.attrs,
        _ => &[],
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn paths(code: &str) -> Vec<String> {
        let found = of(&syn::parse_file(code).unwrap().items);
        found.paths.iter().map(|path| path.join("::")).filter(|path| path.contains("::")).collect()
    }

    #[test]
    fn nested_imports_are_read_apart() {
        let found = of(&syn::parse_file("use a::{b::{self, C as D}, e::*, f::self as g};").unwrap().items);
        let imports: Vec<_> = found.imports.iter().map(|(name, path)| format!("{name}={}", path.join("::"))).collect();
        assert_eq!(imports, ["b=a::b", "D=a::b::C", "g=a::f"]);
        assert_eq!(found.globs, [["a", "e"]]);
    }

    #[test]
    fn paths_are_found_inside_macros() {
        assert_eq!(paths("fn f() { g!(a::b(c.d::e, \"h::i\"), j::<k::l>::m) }"), ["a::b", "k::l"]);
        assert_eq!(paths("macro_rules! g { ($x:ident) => { $crate::a::B } }"), ["crate::a::B"]);
    }

    #[test]
    fn a_path_from_the_outside_is_not_ours() {
        assert_eq!(paths("use ::a::b; fn f() { ::a::c() }"), Vec::<String>::new());
    }
}
