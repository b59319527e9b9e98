//! What a path names, seen from the module that contains it.

use super::tree::{Id, Tree};

/// What a name refers to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Definition {
    /// A module.
    Module(Id),
    /// An item. What belongs to a type or a trait counts as the type.
    Item {
        /// Its name in the module that defines it.
        name: String,
        /// The module that defines it, then the modules that re-export it.
        modules: Vec<Id>,
    },
}

impl Definition {
    fn item(module: Id, name: &str) -> Self {
        Self::Item { name: name.to_owned(), modules: vec![module] }
    }

    fn passed_on_by(mut self, module: Id) -> Self {
        if let Self::Item { modules, .. } = &mut self {
            modules.push(module);
        }
        self
    }
}

/// Returns everything that a path names, because a name can be a module and a function at once. What another crate
/// defines isn't returned.
pub fn resolve(tree: &Tree, from: Id, path: &[String]) -> Vec<Definition> {
    follow(tree, from, path, &mut Vec::new())
}

/// The names that are being looked up, because imports can name each other in a circle.
type Open = Vec<(Id, String)>;

fn follow(tree: &Tree, from: Id, path: &[String], open: &mut Open) -> Vec<Definition> {
    let Some((first, rest)) = path.split_first() else { return Vec::new() };
    let mut here = match first.as_str() {
        "crate" => vec![Definition::Module(0)],
        "self" => vec![Definition::Module(from)],
        "super" => tree.modules[from].parent.map(Definition::Module).into_iter().collect(),
        name => look_up(tree, from, name, open),
    };
    for name in rest {
        here = here.iter().flat_map(|definition| step(tree, definition, name, open)).collect();
    }
    here
}

fn step(tree: &Tree, from: &Definition, name: &str, open: &mut Open) -> Vec<Definition> {
    match from {
        Definition::Item { .. } => vec![from.clone()],
        Definition::Module(id) if name == "super" => {
            tree.modules[*id].parent.map(Definition::Module).into_iter().collect()
        }
        Definition::Module(id) => {
            let found = look_up(tree, *id, name, open);
            // Made by a macro, or re-exported from another crate.
            if found.is_empty() { vec![Definition::item(*id, name)] } else { found }
        }
    }
}

fn look_up(tree: &Tree, module: Id, name: &str, open: &mut Open) -> Vec<Definition> {
    let here = &tree.modules[module];
    let children = here.children.get(name).into_iter().flatten();
    let mut found: Vec<_> = children.map(|&child| Definition::Module(child)).collect();
    if here.items.contains(name) {
        found.push(Definition::item(module, name));
    }
    let key = (module, name.to_owned());
    if open.contains(&key) {
        return found;
    }
    open.push(key);
    for (_, path) in here.imports.iter().filter(|(import, _)| import == name) {
        found.extend(follow(tree, module, path, open).into_iter().map(|definition| definition.passed_on_by(module)));
    }
    if found.is_empty() {
        for definition in here.globs.iter().flat_map(|glob| follow(tree, module, glob, open)).collect::<Vec<_>>() {
            if let Definition::Module(id) = definition {
                let names = look_up(tree, id, name, open).into_iter();
                found.extend(names.map(|definition| definition.passed_on_by(module)));
            }
        }
    }
    open.pop();
    found
}
